"""Joining a province and leaving it. Raise ``NotAllowed``, ``Invalid`` by field, ``Conflict`` where it is so already."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies.areas import area_of
from portal.agencies.joining import policy
from portal.agencies.joining.models import ProvinceJoining
from portal.agencies.joining.queries import joining
from portal.agencies.joining.rules import REASON_MOST, touches
from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE, AgencyLevel
from portal.agencies.service.acts import allow, checked_texts
from portal.audit import service as audit
from portal.db.revision import raise_public_revision
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.messages import N_, Message

JOINED, LEFT = "province.joined", "province.left"


def join(
    session: Session, actor: Actor, now: datetime, agency: Agency, province: Agency | None, reason_th: str, reason_en: str = ""
) -> ProvinceJoining:
    """From now on the governor of the province reads the agency's new cases along. The reason is public."""
    allow(policy.can_join(actor, agency))
    texts = _reason(reason_th, reason_en, Message(N_("Write why the agency joins; everybody reads it")))
    session.refresh(agency, with_for_update=True)  # of two who decide at once the second is told
    place = _province(session, agency, province)
    if joining(session, place.id, agency.id):
        raise Conflict(Message(N_("This agency has joined already")))
    row = ProvinceJoining(province_id=place.id, agency_id=agency.id, joined_at=now, **texts)
    session.add(row)
    return _done(session, actor, now, row, JOINED, agency, place)


def leave(
    session: Session, actor: Actor, now: datetime, agency: Agency, province: Agency, reason_th: str, reason_en: str = ""
) -> ProvinceJoining:
    """The governor reads nothing of the agency any more. The reason is public."""
    allow(policy.can_leave(actor, agency, province))
    texts = _reason(reason_th, reason_en, Message(N_("Write why the agency leaves; everybody reads it")))
    row = joining(session, province.id, agency.id, lock=True)
    if row is None:
        raise Conflict(Message(N_("This agency has left already")))
    row.left_at, row.left_reason_th, row.left_reason_en = now, texts["reason_th"], texts["reason_en"]
    return _done(session, actor, now, row, LEFT, agency, province)


def _reason(reason_th: str, reason_en: str, empty: Message) -> dict[str, str]:
    most = {"reason_th": REASON_MOST, "reason_en": REASON_MOST}
    return checked_texts({"reason_th": reason_th, "reason_en": reason_en}, most, {"reason_th": empty})


def _province(session: Session, agency: Agency, province: Agency | None) -> Agency:
    wrong = None
    if province is None or province.level is not AgencyLevel.PROVINCE or province.is_closed:
        wrong = Message(N_("Choose a province"))
    elif province.id == agency.id or agency.level not in ADDRESSABLE:
        wrong = Message(N_("The governor sees the matters of the province itself anyway"))
    elif not touches(area_of(session, agency.id), area_of(session, province.id)):
        wrong = Message(N_("This agency works nowhere in that province"))
    if wrong or province is None:
        raise Invalid({"province": [wrong or Message(N_("Choose a province"))]})
    return province


def _done(
    session: Session, actor: Actor, now: datetime, row: ProvinceJoining, act: str, agency: Agency, province: Agency
) -> ProvinceJoining:
    session.flush()
    audit.record(session, actor, now, act, "agency", agency.slug, agency_id=agency.id, detail={"province": province.id})
    raise_public_revision(session)
    return row
