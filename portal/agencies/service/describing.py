"""What an agency is called, where it is reached, its seal."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies import policy
from portal.agencies.models import Agency
from portal.agencies.rules import WEB_ADDRESS_FAULT, AgencyKind, AgencyLevel, is_web_address, level_fault
from portal.agencies.service.acts import CLOSED, allow, changed, checked_texts, renamed, take
from portal.files import service as files
from portal.files.rules import Kind
from portal.files.service import Received
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.messages import N_, Message

#: Texts that an administrator writes, and how many characters each may have.
MOST = {
    "name_th": 200,
    "name_en": 200,
    "short_th": 60,
    "short_en": 60,
    "address_th": 1000,
    "address_en": 1000,
    "phone": 60,
    "fax": 60,
    "hotline": 20,
    "email": 254,
    "website": 300,
    "hours_th": 200,
    "hours_en": 200,
}
EDITABLE = tuple(MOST)
NAMES = ("name_th", "name_en", "short_th", "short_en")
REQUIRED = {"name_th": Message(N_("Write the official name in Thai"))}


def describe(
    session: Session,
    actor: Actor,
    now: datetime,
    agency: Agency,
    values: Mapping[str, str],
    level: AgencyLevel,
    kind: AgencyKind,
    *,
    row_version: int,
    is_compulsory: bool | None = None,
) -> None:
    """Write names, contacts, level and kind. ``is_compulsory`` is for system administrators; from others it changes nothing."""
    allow(policy.can_administer(actor, agency))
    texts = checked_texts({name: values.get(name, "") for name in EDITABLE}, MOST, REQUIRED)
    if texts["website"] and not is_web_address(texts["website"]):
        raise Invalid({"website": [WEB_ADDRESS_FAULT]})
    if fault := level_fault(agency.level, level):
        raise Invalid({"level": [fault]})
    take(session, agency, row_version)
    wanted: dict[str, object] = {**texts, "level": level, "kind": kind}
    if is_compulsory is not None and policy.rules_everything(actor):
        wanted["is_compulsory"] = is_compulsory
    different = sorted(name for name, value in wanted.items() if getattr(agency, name) != value)
    for name in different:
        setattr(agency, name, wanted[name])
    if different:
        changed(session, actor, now, agency, "agency.described", {"fields": different})
    if set(different) & set(NAMES):
        renamed(session, now, agency)


def set_seal(session: Session, actor: Actor, now: datetime, agency: Agency, received: Received) -> None:
    """Show this picture as the agency's seal; asks for no version, as a new picture overwrites nothing. Raises ``Invalid``."""
    allow(policy.can_administer(actor, agency))
    if agency.is_closed:
        raise Conflict(Message(CLOSED))
    if received.media_type is Kind.PDF:
        raise Invalid({"seal": [Message(N_("A seal is a picture: JPEG, PNG or WebP"))]})
    agency.seal = files.keep(session, now, received)
    changed(session, actor, now, agency, "agency.seal_set")
