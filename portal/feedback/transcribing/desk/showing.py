"""Everything that stands on the page of a sheet, put together for one officer."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request
from flask_babel import gettext as _

from portal.agencies.options import value_of
from portal.casework import policy as cases
from portal.feedback.boxes import service as boxes
from portal.feedback.offer import offer
from portal.feedback.transcribing import policy, queries
from portal.feedback.transcribing.forms import SheetForm
from portal.feedback.transcribing.models import Sheet
from portal.feedback.transcribing.options import TWO_PEOPLE
from portal.feedback.transcribing.rules import ASIDE_KEPT, WAITING, SheetState
from portal.feedback.transcribing.service.holding import is_held_by_other
from portal.kernel.messages import N_
from portal.web.actor import current_actor
from portal.web.clock import now
from portal.web.database import db

DONE = {
    "saved": N_("The sheet before this one is stored"),
    "aside": N_("The sheet before this one is set aside"),
}


@dataclass(frozen=True)
class Shown:
    """A sheet and its form; ``changes`` a second officer is asked to look at once more, ``seen`` marks these very words."""

    sheet: Sheet
    form: SheetForm
    changes: Sequence[object] = ()
    seen: str = ""


def sheet_page(shown: Shown) -> str:
    """The page; a form that could not be saved is shown whatever became of the sheet meanwhile, so that its words can be copied."""
    sheet, form, actor = shown.sheet, shown.form, current_actor()
    assert sheet.batch
    two = bool(value_of(db.session, TWO_PEOPLE, sheet.batch.agency_id))
    offered = offer(db.session, now(), sheet.batch.agency.slug, only=True)
    form.topic.data = offered.topic(form.topic.data or "", sheet.batch.agency.slug)
    form.row_version.data = str(sheet.row_version) if not form.errors else form.row_version.data
    form.seen.data = shown.seen
    return render_template(
        "transcribing/sheet.html",
        sheet=sheet,
        batch=sheet.batch,
        form=form,
        topics=offered.topics,
        files=queries.files_of(db.session, sheet),
        twins=queries.twins(db.session, actor, sheet) if sheet.state in WAITING else [],
        standing=queries.standing(db.session, [sheet.batch.id])[sheet.batch.id],
        types=bool(form.errors) or bool(shown.changes) or _types(sheet),
        held_by=sheet.held_by if is_held_by_other(sheet, actor, now()) else None,
        own_check=sheet.state is SheetState.TO_CHECK and two and sheet.typed_by_id == actor.user_id,
        checks=policy.can_check(actor, sheet, by_two=two),
        case=sheet.case if sheet.case is not None and cases.can_see(actor, sheet.case) else None,
        changes=shown.changes,
        goes_back=sheet.aside_at is not None and sheet.aside_at > now() - ASIDE_KEPT,
        of_box=boxes.slip_number_of(db.session, sheet) is not None,
        done=_done(),
        before=_before(),
        noindex=True,
    )


def _types(sheet: Sheet) -> bool:
    return sheet.state in WAITING and sheet.held_by_id == current_actor().user_id


def _done() -> str:
    done = DONE.get(request.args.get("done", ""))
    return _(done) if done else ""


def _before() -> Sheet | None:
    """The sheet that was just stored, if it became a case that the officer sees."""
    after = request.args.get("after", "")
    return queries.case_of(db.session, current_actor(), after) if after else None
