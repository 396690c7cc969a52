"""Public records of an agency, found by the address at which they can be read.

Rooms above this one offer finders for their own addresses (``portal.outcomes.records``); the registry puts them together.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.casework import choosing
from portal.casework.queries.public import public_by_number
from portal.disclosures import queries as disclosures
from portal.feedback.boxes.models import BoxOpening
from portal.feedback.boxes.queries import boxes
from portal.feedback.channels.queries import by_code
from portal.kernel.errors import NotFound

PATH_MOST = 300
_OPENING = re.compile(r"opening-(\d{1,6})")
_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9-]{0,39}")


@dataclass(frozen=True)
class Address:
    """An address of this portal, taken apart: ``/boxes/smt-1#opening-3`` has the parts ("boxes", "smt-1")."""

    parts: tuple[str, ...]
    query: Mapping[str, str]
    fragment: str


@dataclass(frozen=True)
class Record:
    """A public record: whose it is, where it stands (without host and language), what it is called."""

    agency_id: int
    path: str
    name_th: str
    name_en: str = ""


Finder = Callable[[Session, datetime, Address], Record | None]


def address_of(typed: str, base_url: str) -> Address | None:
    """With or without host and language; None for what is no address, or one of another host."""
    try:
        split, base = urlsplit(typed.strip()), urlsplit(base_url)
    except ValueError:
        return None
    if split.netloc and split.netloc.lower() != base.netloc.lower():
        return None
    path = split.path.removeprefix("/en") if split.path.startswith("/en/") else split.path
    if not path.startswith("/") or len(typed) > PATH_MOST or not typed.strip().isprintable():
        return None
    parts = tuple(part for part in path.split("/") if part)
    return Address(parts, dict(parse_qsl(split.query)), split.fragment) if parts else None


def found_at(
    session: Session, now: datetime, address: Address, agency_ids: Collection[int], finders: Mapping[str, Finder]
) -> Record | None:
    """The record at the address, if it is public and one of these agencies'."""
    finder = finders.get(address.parts[0])
    record = finder(session, now, address) if finder else None
    return record if record is not None and record.agency_id in agency_ids and len(record.path) <= PATH_MOST else None


def _page(session: Session, now: datetime, address: Address) -> Record | None:
    page = disclosures.by_slug(session, address.parts[1]) if len(address.parts) == 2 else None
    texts = {text.language: text.version.title for text in page.translations if text.is_public and text.version} if page else {}
    if page is None or not texts:
        return None
    return Record(page.agency_id, f"/disclosures/{page.slug}", texts.get("th") or texts["en"], texts.get("en", ""))


def _box(session: Session, now: datetime, address: Address) -> Record | None:
    """A box, or one of its openings by its fragment."""
    box = boxes.by_slug(session, address.parts[1]) if len(address.parts) == 2 else None
    opening = _OPENING.fullmatch(address.fragment)
    if box is None or (address.fragment and not opening):
        return None
    if opening is None:
        return Record(box.agency_id, f"/boxes/{box.slug}", box.name_th, box.name_en)
    number = int(opening[1])
    there = session.scalar(select(BoxOpening).where(BoxOpening.box_id == box.id, BoxOpening.number == number))
    if there is None or there.taken_back:
        return None
    names = (f"{box.name_th} เปิดครั้งที่ {number}", f"{box.name_en}, opening {number}" if box.name_en else "")
    return Record(box.agency_id, f"/boxes/{box.slug}#opening-{number}", *names)


def _cases(session: Session, now: datetime, address: Address) -> Record | None:
    """A published case, or a list of cases by agency, channel and span."""
    if len(address.parts) == 2:
        public = public_by_number(session, address.parts[1]) if _NUMBER.fullmatch(address.parts[1]) else None
        is_public = public is not None and public.case.publish_consent
        return Record(public.case.agency_id, f"/cases/{public.case.number}", public.subject) if public and is_public else None
    try:
        chosen = choosing.read(session, address.query, now)
    except NotFound:
        return None
    if len(address.parts) != 1 or chosen.agency is None:
        return None
    asked = urlencode(sorted((name, text) for name, text in address.query.items() if text))
    return Record(chosen.agency.id, f"/cases?{asked}", LIST_TH, LIST_EN)


#: What a list is called beside an activity; its days and channel stand in its address.
LIST_TH, LIST_EN = "รายการเรื่องที่รับฟัง", "List of what was heard"


def _channel(session: Session, now: datetime, address: Address) -> Record | None:
    """A channel of the register: ``/agencies/<agency>/channels/<code>``."""
    if len(address.parts) != 4 or address.parts[2] != "channels":
        return None
    agency = agencies.by_slug(session, address.parts[1])
    entry = by_code(session, agency.id, address.parts[3]) if agency else None
    path = "/".join(("", *address.parts))
    return Record(agency.id, path, entry.name_th, entry.name_en) if agency and entry else None


#: By the first part of the address.
FINDERS: Mapping[str, Finder] = {"disclosures": _page, "boxes": _box, "cases": _cases, "agencies": _channel}
