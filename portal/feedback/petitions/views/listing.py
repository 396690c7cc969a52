"""The list, and one petition."""

from dataclasses import dataclass
from datetime import datetime

from flask import render_template, request

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.casework.models import PublicCase
from portal.feedback.petitions import queries
from portal.feedback.petitions.models import Petition
from portal.feedback.petitions.queries import ORDER, Tab
from portal.feedback.petitions.rules import Act, State, days_late, takes_support
from portal.feedback.petitions.views.blueprint import at, bp
from portal.kernel.errors import NotFound
from portal.kernel.thai_calendar import office_day
from portal.kernel.thai_text import normalise, pick
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db
from portal.web.language import language, path_in
from portal.web.page_cache import public_page
from portal.web.runtime import runtime

WORDS_MOST = 100
#: What everybody reads of the history; single supports are none of it.
SHOWN_ACTS = frozenset(Act)


@dataclass(frozen=True)
class Standing:
    """How a petition stands today. Days are whole; ``left`` is None where nothing runs."""

    today: datetime
    open: bool
    left: int | None
    late: int
    review_late: int

    @classmethod
    def of(cls, petition: Petition, moment: datetime) -> "Standing":
        """At this moment."""
        today, owed = office_day(moment), petition.state is State.ANSWER_OWED
        until = petition.answer_due_on if owed else petition.closes_on if petition.state is State.COLLECTING else None
        done = office_day(petition.answered_at) if petition.answered_at else today
        answering = petition.state in (State.ANSWER_OWED, State.ANSWERED)
        return cls(
            moment,
            takes_support(petition.state, petition.closes_on, moment),
            (until - today).days if until else None,
            days_late(petition.answer_due_on, done) if answering else 0,
            days_late(petition.review_due_on, today) if petition.state is State.IN_REVIEW else 0,
        )


@bp.get("/petitions")
@audience(Audience.PUBLIC)
@public_page(seconds=30)
def index() -> str:
    """``?tab=`` a part of the list, ``?agency=`` of one agency and its units, ``?q=`` words of title or text."""
    moment, tab, agency, words = now(), _tab(), _agency(), _words()
    ids = None if agency is None else agencies.subtree_ids(db.session, [agency.id])
    page = paginate(db.session, queries.listed(tab, ids, words), ORDER[tab], per_page(), request.args.get("cursor"))
    return render_template(
        "petitions/index.html",
        tab=tab,
        tabs=list(Tab),
        agency=agency,
        words=words,
        rows=[(petition, Standing.of(petition, moment)) for petition in page.items],
        next_url=next_url(page),
        agencies=agencies.addressable(db.session),
        figures=queries.figures(db.session, ids, moment),
        noindex=any(petition.agency.is_sample for petition in page.items),
    )


@bp.get("/petitions/<slug>")
@audience(Audience.PUBLIC)
@public_page(seconds=30)
def show(slug: str) -> str | tuple[str, int]:
    """One petition: text, supports, answer, history. Of one that is not public, how it stands; 410 where the text was taken back."""
    petition, moment = at(slug), now()
    standing = Standing.of(petition, moment)
    if not queries.is_shown(petition):
        return _not_shown(petition, standing)
    answer = queries.answer_of(db.session, petition) if petition.state is State.ANSWERED else None
    return render_template(
        "petitions/show.html",
        petition=petition,
        case=petition.case,
        standing=standing,
        answer=answer,
        events=[event for event in queries.history(db.session, petition) if event.act in SHOWN_ACTS],
        page_url=runtime().settings.base_url + path_in(language(), f"/petitions/{slug}"),
        stamp=_stamp(petition, answer),
        noindex=petition.agency.is_sample,
    )


def _not_shown(petition: Petition, standing: Standing) -> tuple[str, int]:
    taken_back = petition.opened_at is not None and not petition.case.publish_consent
    into = petition.merged_into if petition.merged_into and queries.is_shown(petition.merged_into) else None
    page = render_template("petitions/not_shown.html", petition=petition, standing=standing, into=into, taken_back=taken_back, noindex=True)
    return page, 410 if taken_back else 200


def _tab() -> Tab:
    typed = request.args.get("tab", Tab.OPEN.value)
    if typed not in list(Tab):
        raise NotFound
    return Tab(typed)


def _agency() -> Agency | None:
    """Raises ``NotFound`` for what is no agency: a wrong filter must not pass for an answer."""
    typed = request.args.get("agency", "").strip()
    found = next((one for one in agencies.all_agencies(db.session) if one.slug == typed), None)
    if typed and found is None:
        raise NotFound
    return found


def _words() -> str:
    return " ".join(normalise(request.args.get("q", ""))[:WORDS_MOST].split())


def _stamp(petition: Petition, answer: PublicCase | None) -> dict[str, object]:
    """Who answers for it: the owner of its case, else the agency that holds it."""
    case, code = petition.case, language()
    name = pick(code, case.agency.name_th, case.agency.name_en)
    owner = pick(code, case.owner.name_th, case.owner.name_en) if case.owner else None
    updated = max(petition.updated_at, answer.updated_at) if answer else petition.updated_at
    return {"responsible": owner or name, "unit": name if owner else None, "updated_at": updated}
