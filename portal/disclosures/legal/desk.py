"""Publishers' pages: the lists of their agencies, what is missing, and which page serves which item."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE
from portal.db import unit_of_work
from portal.disclosures import policy
from portal.disclosures.legal import queries, service
from portal.disclosures.legal.forms import PageForm
from portal.disclosures.legal.likeness import alike
from portal.disclosures.legal.rules import Item, ListFile
from portal.disclosures.models import Disclosure
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.thai_calendar import fiscal_year, office_day
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.language import language

bp = Blueprint("legal_lists_desk", __name__)
Answer = Response | str | tuple[str, int]


@dataclass(frozen=True)
class AtHand:
    """A list of an agency of the actor's."""

    agency: Agency
    list: ListFile

    def item(self, code: str) -> Item:
        """The item; raises ``NotFound`` for one that is not on the list."""
        found = self.list.item(code)
        if found is None:
            raise NotFound
        return found


@bp.get("/desk/legal-lists")
@audience(Audience.DESK, *policy.ROLES)
def index() -> str:
    """One list with everything that serves it; ``?agency=``, ``?list=`` choose it, ``?show=missing`` leaves what is not disclosed."""
    mine = _mine()
    agency = _chosen(mine)
    lists = queries.ever_for(agency, fiscal_year(now())) if agency else []
    chosen = _asked(lists)
    rows = queries.rows_of(db.session, agency, chosen, language()) if agency and chosen else []
    only_missing = request.args.get("show") == "missing"
    return render_template(
        "legal_lists/desk_index.html",
        mine=mine,
        agency=agency,
        lists=lists,
        chosen=chosen,
        rows=[row for row in rows if row.is_missing or not only_missing],
        counts={"all": len(rows), "missing": sum(row.is_missing for row in rows), "served": sum(row.is_served for row in rows)},
        only_missing=only_missing,
        suggested=_suggested(agency, [row.item for row in rows if row.is_missing and not row.pages]) if agency else {},
        today=office_day(now()),
        done=request.args.get("done"),
        noindex=True,
    )


@bp.get("/desk/legal-lists/<slug>/<code>/<item>")
@audience(Audience.DESK, *policy.ROLES)
def show(slug: str, code: str, item: str) -> str:
    """One item: its pages, those that sound like it, and all others to choose from."""
    return _item_page(_at_hand(slug, code), item, PageForm())


@bp.post("/desk/legal-lists/<slug>/<code>/<item>/link")
@audience(Audience.DESK, *policy.ROLES)
def link(slug: str, code: str, item: str) -> Answer:
    """Let a page serve the item."""
    form = PageForm(request.form)
    hand = _at_hand(slug, code)
    form.offer(queries.candidates(db.session, hand.agency), _("Not chosen"))
    if not form.validate():
        return _item_page(hand, item, form), 422
    try:
        _act(slug, code, item, form.disclosure.data, service.link)
    except Invalid as invalid:
        form.errors_from(invalid)
        return _item_page(_at_hand(slug, code), item, form), 422
    return _back(slug, code, "linked")


@bp.post("/desk/legal-lists/<slug>/<code>/<item>/unlink")
@audience(Audience.DESK, *policy.ROLES)
def unlink(slug: str, code: str, item: str) -> Answer:
    """Let a page serve the item no more."""
    _act(slug, code, item, request.form.get("disclosure", ""), service.unlink)
    return _back(slug, code, "unlinked")


@bp.post("/desk/legal-lists/<slug>/<code>/<item>/begin")
@audience(Audience.DESK, *policy.ROLES)
def begin(slug: str, code: str, item: str) -> Answer:
    """A draft that serves the item once it is published; straight into the editor."""
    with unit_of_work(db.session) as session:
        hand = _at_hand(slug, code)
        page = service.begin_page(session, current_actor(), now(), hand.agency, hand.list, hand.item(item))
        return redirect(url_for("disclosures_desk.edit", slug=page.slug, text_language="th"), 303)


Act = Callable[[Session, Actor, datetime, Agency, ListFile, Item, Disclosure], None]


def _act(slug: str, code: str, item: str, page_slug: str, act: Act) -> None:
    with unit_of_work(db.session) as session:
        hand = _at_hand(slug, code)
        page = next((one for one in queries.candidates(session, hand.agency) if one.slug == page_slug), None)
        if page is None:
            raise NotFound
        act(session, current_actor(), now(), hand.agency, hand.list, hand.item(item), page)


def _mine() -> list[Agency]:
    """Agencies whose lists the actor keeps; units have none."""
    own = agencies.by_ids(db.session, current_actor().agencies(*policy.ROLES)).values()
    return agencies.in_order(one for one in own if one.level in ADDRESSABLE)


def _chosen(mine: Sequence[Agency]) -> Agency | None:
    slug = request.args.get("agency", "")
    if slug and slug not in {one.slug for one in mine}:
        raise NotFound
    return next((one for one in mine if one.slug == slug), mine[0] if mine else None)


def _asked(lists: Sequence[ListFile]) -> ListFile | None:
    """The list that was asked for; the first one where the agency that was chosen has no such list."""
    code = request.args.get("list", "")
    return next((one for one in lists if one.code == code), lists[0] if lists else None)


def _at_hand(slug: str, code: str) -> AtHand:
    agency = next((one for one in _mine() if one.slug == slug), None)
    found = next((one for one in queries.ever_for(agency, fiscal_year(now())) if one.code == code), None) if agency else None
    if agency is None or found is None:
        raise NotFound
    return AtHand(agency, found)


def _titles(pages: Sequence[Disclosure]) -> list[tuple[Disclosure, str]]:
    return [(page, next((one.title for one in page.translations if one.language == "th"), "")) for page in pages]


def _suggested(agency: Agency, items: Sequence[Item]) -> dict[str, Disclosure]:
    """For each item the page that sounds most like it, by code."""
    titles = _titles(queries.candidates(db.session, agency)) if items else []
    found = {item.code: alike(item.words.th, titles) for item in items if item.words}
    return {code: pages[0] for code, pages in found.items() if pages}


def _item_page(hand: AtHand, code: str, form: PageForm) -> str:
    item = hand.item(code)
    pages = queries.candidates(db.session, hand.agency)
    row = next(one for one in queries.rows_of(db.session, hand.agency, hand.list, language()) if one.item.code == code)
    serving = {one.page.id for one in row.pages}
    free = [page for page in pages if page.id not in serving]
    form.offer(free, _("Not chosen"))
    alike_pages = alike(item.words.th, _titles(free)) if item.words else []
    return render_template(
        "legal_lists/desk_show.html",
        hand=hand,
        row=row,
        form=form,
        alike=alike_pages,
        today=office_day(now()),
        noindex=True,
    )


def _back(slug: str, code: str, done: str) -> Response:
    return redirect(url_for("legal_lists_desk.index", agency=slug, list=code, done=done), 303)
