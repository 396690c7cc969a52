"""Public pages: you said, we did."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

from flask import Blueprint, Response, render_template, request

from portal.agencies import queries as agencies
from portal.agencies.options import value_of
from portal.disclosures import queries as disclosures
from portal.files.serving import send_stored
from portal.kernel.errors import NotFound
from portal.kernel.thai_text import pick
from portal.outcomes.improvements import queries
from portal.outcomes.improvements.models import Improvement
from portal.outcomes.improvements.rules import OVER, ImprovementKind, ImprovementState
from portal.outcomes.options import CHAIN_DAYS
from portal.outcomes.reports.views import chosen_agency
from portal.outcomes.rules import FEW
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import Key, next_url, paginate, per_page
from portal.web.database import db
from portal.web.language import language, path_in
from portal.web.page_cache import public_page
from portal.web.runtime import runtime

bp = Blueprint("improvements", __name__)
Code = TypeVar("Code", bound=StrEnum)
_SLUG = re.compile(r"[a-z0-9-]{1,100}")
NEWEST_FIRST: Sequence[Key] = [(Improvement.updated_at, "desc"), (Improvement.id, "desc")]


@bp.get("/improvements")
@audience(Audience.PUBLIC)
@public_page(seconds=300)
def index() -> str:
    """What moved last first, and how many chains are broken; ``?agency=``, ``?state=`` and ``?kind=`` narrow it."""
    session, agency = db.session, chosen_agency()
    state, kind = _code(ImprovementState, "state"), _code(ImprovementKind, "kind")
    ids = agencies.subtree_ids(session, [agency.id]) if agency else None
    page = paginate(session, queries.listed(ids, state, kind), NEWEST_FIRST, per_page(), request.args.get("cursor"))
    days = int(value_of(session, CHAIN_DAYS, agency.id if agency else None))
    return render_template(
        "improvements/index.html",
        page=page,
        next_url=next_url(page),
        counts=queries.counts_behind(session, [row.id for row in page.items]),
        few=FEW,
        agency=agency,
        agencies=agencies.addressable(session),
        state=state,
        states=list(ImprovementState),
        kind=kind,
        kinds=list(ImprovementKind),
        broken=queries.broken(session, now(), days, ids),
        noindex=any(row.agency.is_sample for row in page.items),
    )


@bp.get("/improvements/<slug>")
@audience(Audience.PUBLIC)
@public_page(seconds=300)
def show(slug: str) -> str:
    """One improvement: the problem, the opinions behind it, what is done, before and after."""
    session, row = db.session, _row(slug)
    said = queries.helped(session, row) if row.state in OVER else None
    page = disclosures.shown(row.evidence_page, language()) if row.evidence_page else None
    return render_template(
        "improvements/show.html",
        row=row,
        behind=queries.behind(session, row),
        events=queries.history(session, row),
        helped=said,
        few=FEW,
        evidence_title=page[1].title if page else "",
        page_url=runtime().settings.base_url + path_in(language(), f"/improvements/{row.slug}"),
        stamp=_stamp(row),
        noindex=row.agency.is_sample,
    )


@bp.get("/improvements/<slug>/evidence")
@audience(Audience.PUBLIC)
def evidence(slug: str) -> Response:
    """The file that shows what was done."""
    row = _row(slug)
    if row.evidence_file is None:
        raise NotFound
    return send_stored(runtime().store, row.evidence_file, public=True)


def _row(slug: str) -> Improvement:
    row = queries.by_slug(db.session, slug) if _SLUG.fullmatch(slug) else None
    if row is None:
        raise NotFound
    return row


def _code(codes: type[Code], name: str) -> Code | None:
    """Raises ``NotFound`` for no such code: a wrong filter must not pass for an answer."""
    asked = request.args.get(name, "").strip()
    if asked and asked not in list(codes):
        raise NotFound
    return codes(asked) if asked else None


def _stamp(row: Improvement) -> dict[str, object]:
    """Who answers for it: the person who is named, else the unit."""
    unit = pick(language(), row.unit.name_th, row.unit.name_en)
    person = pick(language(), row.named.name_th, row.named.name_en) if row.named else None
    return {"responsible": person or unit, "unit": unit if person else None, "updated_at": row.updated_at}
