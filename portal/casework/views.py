"""Public pages of cases: published answers, the list behind each figure, one published case."""

import re
from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, Response, render_template, request
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.casework import choosing, queries
from portal.casework.choosing import Chosen
from portal.casework.clock.told import moved_by
from portal.casework.figures import Figure, list_behind_figure
from portal.casework.models import Case, CaseEvent, PublicCase
from portal.casework.pictures import queries as pictures
from portal.casework.pictures.rules import PictureState
from portal.casework.public_place import public_place
from portal.casework.rules import Act, CaseKind, WordsKind
from portal.casework.service.ownership import RAISED, RAISED_UP
from portal.files.serving import send_stored
from portal.kernel import places
from portal.kernel.errors import NotFound
from portal.kernel.redaction import Reason
from portal.kernel.thai_calendar import fiscal_year
from portal.kernel.thai_text import pick
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import Key, Page, next_url, paginate, per_page
from portal.web.database import db
from portal.web.forms import say
from portal.web.language import language, path_in
from portal.web.page_cache import public_page
from portal.web.runtime import runtime

bp = Blueprint("cases", __name__)

_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9-]{0,39}")
#: Acts whose day everybody may know; their words and people stay with sender and agency.
SHOWN_ACTS = (
    *(Act.SUBMIT, Act.PUT_OUT, Act.OWE, Act.FORWARD_AGENCY, Act.REPLY, Act.CLOSE, Act.REFER, Act.CONTEST, Act.CONFIRM, Act.PUBLISH),
    *(Act.PAUSE, Act.RESUME, Act.EXTEND),
)


@bp.get("/cases")
@audience(Audience.PUBLIC)
@public_page(seconds=30)
def index() -> str:
    """Published answers, newest first; with ``?list=`` what a figure counts, of unpublished cases their bare facts."""
    moment = now()
    chosen = choosing.read(db.session, request.args, moment)
    page = _published(chosen) if chosen.figure is None else _behind(chosen.figure, chosen, moment)
    cases = [row.case if isinstance(row, PublicCase) else row for row in page.items]
    return render_template(
        "cases/index.html" if chosen.figure is None else "cases/figure.html",
        chosen=chosen,
        page=page,
        next_url=next_url(page),
        agencies=agencies.addressable(db.session),
        kinds=CaseKind,
        years=_years(moment),
        year=chosen.year or fiscal_year(moment),
        place=_place(chosen),
        noindex=chosen.figure is not None or any(case.is_sample for case in cases),
    )


@bp.get("/cases/<number>")
@audience(Audience.PUBLIC)
@public_page(seconds=60)
def show(number: str) -> str | tuple[str, int]:
    """One published case: the public text, the answer, its days. 410 once it is withdrawn, 404 otherwise."""
    if not _NUMBER.fullmatch(number):
        raise NotFound
    public = queries.public_by_number(db.session, number)
    if public is None:
        return _gone(number)
    reasons = [(Reason(code).label, count) for code, count in public.redactions.items() if code in list(Reason)]
    events = _shown_events(public.case)
    return render_template(
        "cases/show.html",
        public=public,
        case=public.case,
        events=events,
        titles={one.id: RAISED_UP if one.detail.get(RAISED) else one.act.label for one in events},
        moves={one.id: say(moved) for one in events if (moved := moved_by(one.act, one.detail, language()))},
        reasons=reasons,
        area=public_place(public.case),
        pictures=pictures.shown_of(public.case),
        page_url=runtime().settings.base_url + path_in(language(), f"/cases/{number}"),
        stamp=_stamp(public),
        noindex=public.case.is_sample,
    )


@bp.get("/cases/<number>/pictures/<address>")
@audience(Audience.PUBLIC)
def picture(number: str, address: str) -> Response:
    """The covered copy of a picture, while it is public; 410 once it was, 404 otherwise."""
    if not _NUMBER.fullmatch(number):
        raise NotFound
    row = pictures.for_everybody(db.session, number, address)
    if row is not None and row.state is PictureState.RELEASED and row.copy is not None:
        return send_stored(runtime().store, row.copy, public=True)
    if not pictures.was_public(db.session, number, address):
        raise NotFound
    return Response(status=410, mimetype="text/plain", headers={"Cache-Control": "no-store"})


def _published(chosen: Chosen) -> Page[PublicCase]:
    query = queries.public_list(kind=chosen.kind).options(joinedload(PublicCase.case).joinedload(Case.unit))
    if chosen.agency:
        query = query.where(Case.agency_id.in_(_with_children(chosen.agency)) | (Case.unit_id == chosen.agency.id))
    if chosen.year:
        query = query.where(Case.fiscal_year == chosen.year)
    keys: Sequence[Key] = [(PublicCase.published_at, "desc"), (PublicCase.case_id, "desc")]
    return paginate(db.session, query, keys, per_page(), request.args.get("cursor"))


def _behind(figure: Figure, chosen: Chosen, moment: datetime) -> Page[Case]:
    year = chosen.year or fiscal_year(moment)
    query = list_behind_figure(figure, _counted_at(chosen), year, moment, chosen.channel, chosen.counted_days, chosen.narrow)
    query = query.options(joinedload(Case.agency), joinedload(Case.unit), joinedload(Case.public))
    longest_first: Sequence[Key] = [(Case.due_on, "asc"), (Case.id, "asc")]
    newest_first: Sequence[Key] = [(Case.received_at, "desc"), (Case.id, "desc")]
    keys = longest_first if figure is Figure.OVERDUE else newest_first
    return paginate(db.session, query, keys, per_page(), request.args.get("cursor"))


def _counted_at(chosen: Chosen) -> list[int] | None:
    """Channels, reports and pages of figures are one agency's own, so those of the agencies below it are not counted with it."""
    if chosen.agency is None:
        return None
    return [chosen.agency.id] if chosen.is_own else _with_children(chosen.agency)


def _place(chosen: Chosen) -> str:
    place = places.by_code(chosen.province) if chosen.province else None
    return pick(language(), place.label_th, place.name_en) if place else ""


def _with_children(agency: Agency) -> list[int]:
    return sorted(agencies.subtree_ids(db.session, [agency.id]))


def _years(moment: datetime) -> list[int]:
    """Fiscal years with counted cases, newest first."""
    first = db.session.scalar(select(func.min(Case.fiscal_year)).where(Case.counted)) or fiscal_year(moment)
    return list(range(fiscal_year(moment), first - 1, -1))


def _shown_events(case: Case) -> Sequence[CaseEvent]:
    acts = select(CaseEvent).where(CaseEvent.case_id == case.id, CaseEvent.act.in_(SHOWN_ACTS))
    return db.session.scalars(acts.order_by(CaseEvent.id)).all()


def _stamp(public: PublicCase) -> dict[str, object]:
    """Who answers for the public text: the officer who confirmed it."""
    officer, place = public.confirmed_by, public.case.unit or public.case.agency
    name = pick(language(), officer.name_th, officer.name_en) if officer else None
    return {"responsible": name, "unit": pick(language(), place.name_th, place.name_en), "updated_at": public.updated_at}


def _gone(number: str) -> tuple[str, int]:
    public = queries.tombstone(db.session, number)
    if public is None:
        raise NotFound
    words = [row for row in queries.words_of(db.session, public.case, for_citizen=True) if row.kind is WordsKind.TOMBSTONE]
    reason = words[-1].body if words and public.case.publish_consent else None
    return render_template("cases/tombstone.html", public=public, case=public.case, reason=reason, noindex=True), 410
