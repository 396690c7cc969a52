"""Keeping the register. Raise ``NotAllowed``, ``Invalid`` by field, ``Conflict`` when somebody saved first."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.agencies.policy import can_administer
from portal.audit import service as audit
from portal.casework.rules import Channel
from portal.db.revision import raise_public_revision
from portal.feedback.channels import queries
from portal.feedback.channels.entry import Entry, checked
from portal.feedback.channels.models import AgencyChannel
from portal.files import service as files
from portal.files.service import Received
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import office_day


def add_channel(
    session: Session, actor: Actor, now: datetime, agency: Agency, code: str, typed: Entry, document: Received | None = None
) -> AgencyChannel:
    """Describe one more channel of the agency. ``document`` is the appointment, received before the unit of work."""
    _allow(actor, agency)
    if code not in list(Channel):
        raise Invalid({"code": [Message(N_("Choose which channel it is"))]})
    if queries.by_code(session, agency.id, code) is not None:
        raise Invalid({"code": [Message(N_("This channel is in the register already; change its entry instead"))]})
    values = checked(typed, Channel(code), queries.collectors(session, agency), office_day(now))
    entry = AgencyChannel(agency_id=agency.id, channel=Channel(code), recorded_at=now, **values)
    session.add(entry)
    return _saved(session, actor, now, agency, entry, document, "channel.added")


def edit_channel(
    session: Session, actor: Actor, now: datetime, entry: AgencyChannel, typed: Entry, version: int, document: Received | None = None
) -> AgencyChannel:
    """Say something else of the channel; without ``document`` the one that is attached stays."""
    _allow(actor, entry.agency)
    if entry.row_version != version:
        raise Conflict(Message(N_("Somebody else has changed this channel since you opened the page; look at it again")))
    for column, value in checked(typed, entry.channel, queries.collectors(session, entry.agency), office_day(now)).items():
        setattr(entry, column, value)
    return _saved(session, actor, now, entry.agency, entry, document, "channel.edited")


def _saved(
    session: Session, actor: Actor, now: datetime, agency: Agency, entry: AgencyChannel, document: Received | None, act: str
) -> AgencyChannel:
    entry.updated_at = now
    if document is not None:
        entry.appointment_file_id = files.keep(session, now, document).id
    session.flush()
    audit.record(session, actor, now, act, "channel", f"{agency.slug}/{entry.channel.value}", agency_id=agency.id)
    raise_public_revision(session)
    return entry


def _allow(actor: Actor, agency: Agency) -> None:
    if not can_administer(actor, agency):
        raise NotAllowed
