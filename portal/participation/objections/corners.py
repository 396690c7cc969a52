"""What stands about an objection on the pages of its case: the public page, the sender's and the officer's."""

from flask import render_template

from portal.casework.models import Case
from portal.kernel.thai_text import pick
from portal.participation.assessing import policy
from portal.participation.assessing.near import near_to
from portal.participation.objections import queries
from portal.participation.objections.models import Objection
from portal.participation.scales import scale_for
from portal.web.actor import current_actor
from portal.web.database import db
from portal.web.language import language


def of_public_case(case: Case) -> str:
    """The score that the published case objects to."""
    row = queries.of_case(db.session, case.id)
    return render_template("participation/of_case/public.html", row=row, target=target_words(row)) if row else ""


def of_tracked_case(case: Case, _form_token: str) -> str:
    """The same for its sender, who may want to see how it stands beside the score."""
    row = queries.of_case(db.session, case.id)
    return render_template("participation/of_case/tracked.html", row=row, target=target_words(row)) if row else ""


def of_desk_case(case: Case) -> str:
    """For officers: what it objects to, and that an assessor has to answer; who may answer it is led there."""
    row = queries.of_case(db.session, case.id)
    if row is None:
        return ""
    return render_template("participation/of_case/desk.html", row=row, case=case, target=target_words(row), may_answer=_may_answer(row))


def target_words(row: Objection) -> str:
    """Name of the level and wording of the check, in the reader's language; empty for a scale that no longer holds."""
    scale = scale_for(row.scale, row.fiscal_year)
    if scale is None:
        return ""
    level = scale.level(row.level)
    checks = [check.words for criterion in level.criteria for check in criterion.checks if check.id == row.check_id]
    return " · ".join(pick(language(), words.th, words.en) for words in (level.name, *checks))


def _may_answer(row: Objection) -> bool:
    actor = current_actor()
    return row.state.is_open and not row.case.guarded and policy.can_assess(actor, near_to(db.session, actor), row.agency_id)
