"""Saying which page serves which item."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.audit import service as audit
from portal.disclosures import policy
from portal.disclosures.legal.models import LegalListPage
from portal.disclosures.legal.rules import Item, ListFile
from portal.disclosures.models import Disclosure
from portal.disclosures.rules import DisclosureKind
from portal.disclosures.service import PageSettings, TextDraft, acts, create_draft
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import excerpt

UNKNOWN = Message(N_("Nobody here knows yet what this item asks for, so no page can serve it"))
FOREIGN = Message(N_("Choose a page of this agency or of one of its units"))
INVENTED = Message(N_("An invented page serves no item of a real agency"))
TITLE_MOST = 200


def link(session: Session, actor: Actor, now: datetime, agency: Agency, wanted: ListFile, item: Item, page: Disclosure) -> None:
    """Let a page serve an item; said again, nothing changes. Raises ``Invalid`` at "disclosure" for a page that cannot, ``Conflict`` for an
    item that is not known."""
    policy.check_write(actor, agency.id)
    if not item.is_known:
        raise Conflict(UNKNOWN)
    _check_page(session, agency, page)
    key = (agency.id, wanted.code, item.code, page.id)
    if session.get(LegalListPage, key) is None:
        session.add(LegalListPage(agency_id=agency.id, list_code=wanted.code, item=item.code, disclosure_id=page.id, linked_at=now))
        _record(session, actor, now, "disclosure.item_linked", agency, wanted, item, page)


def unlink(session: Session, actor: Actor, now: datetime, agency: Agency, wanted: ListFile, item: Item, page: Disclosure) -> None:
    """Let a page serve an item no more. Raises ``NotFound`` if it did not."""
    policy.check_write(actor, agency.id)
    row = session.get(LegalListPage, (agency.id, wanted.code, item.code, page.id))
    if row is None:
        raise NotFound
    session.delete(row)
    _record(session, actor, now, "disclosure.item_unlinked", agency, wanted, item, page)


def begin_page(session: Session, actor: Actor, now: datetime, agency: Agency, wanted: ListFile, item: Item) -> Disclosure:
    """A draft that is called like the item and serves it from the day on which it is published."""
    if item.words is None:
        raise Conflict(UNKNOWN)
    settings = PageSettings(kind=DisclosureKind.PAGE, responsible_user_id=actor.user_id, responsible_unit_id=agency.id)
    page = create_draft(session, actor, now, agency, TextDraft(title=excerpt(item.words.th, TITLE_MOST)), settings=settings)
    link(session, actor, now, agency, wanted, item, page)
    return page


def _check_page(session: Session, agency: Agency, page: Disclosure) -> None:
    if page.agency_id not in agencies.with_units(session, agency.id):
        raise Invalid({"disclosure": [FOREIGN]})
    if page.is_sample and not agency.is_sample:
        raise Invalid({"disclosure": [INVENTED]})


def _record(
    session: Session, actor: Actor, now: datetime, act: str, agency: Agency, wanted: ListFile, item: Item, page: Disclosure
) -> None:
    detail = {"list": wanted.code, "item": item.code, "agency": agency.slug}
    audit.record(session, actor, now, act, "disclosure", page.slug, agency_id=page.agency_id, detail=detail)
    acts.public_may_have_changed(session, page)
