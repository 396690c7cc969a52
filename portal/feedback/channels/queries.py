"""Named reads of the register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import Grant, User
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.casework.figures import Figures, figures_by_channel
from portal.casework.rules import Channel
from portal.feedback.channels.models import AgencyChannel


@dataclass(frozen=True)
class Counted:
    """One line of the list: a channel with its figures. Without ``entry`` the agency has not described it."""

    code: Channel
    entry: AgencyChannel | None
    figures: Figures


def register_of(session: Session, agency_id: int) -> list[AgencyChannel]:
    """The agency's entries in the order of the kinds, collectors and documents loaded."""
    loaded = select(AgencyChannel).where(AgencyChannel.agency_id == agency_id)
    rows = session.scalars(loaded.options(joinedload(AgencyChannel.collector), joinedload(AgencyChannel.appointment_file)))
    return sorted(rows, key=lambda entry: list(Channel).index(entry.channel))


def by_code(session: Session, agency_id: int, code: str) -> AgencyChannel | None:
    """The agency's entry for this kind; anything may be asked for."""
    if code not in list(Channel):
        return None
    wanted = select(AgencyChannel).where(AgencyChannel.agency_id == agency_id, AgencyChannel.channel == Channel(code))
    return session.scalar(wanted.options(joinedload(AgencyChannel.collector), joinedload(AgencyChannel.appointment_file)))


def line_account_of(session: Session, agency_id: int, today: date) -> str | None:
    """Address of the agency's official account in LINE, while that channel has not ended."""
    still = or_(AgencyChannel.open_until.is_(None), AgencyChannel.open_until >= today)
    return session.scalar(
        select(AgencyChannel.line_url).where(AgencyChannel.agency_id == agency_id, AgencyChannel.channel == Channel.LINE, still)
    )


def counted(session: Session, agency_id: int, fiscal_year: int, now: datetime) -> list[Counted]:
    """Every entry, then every other channel by which something came: together they add up to the agency's own figures. Four queries."""
    found = figures_by_channel(session, agency_id, fiscal_year, now)
    described = [Counted(entry.channel, entry, found.pop(entry.channel, nothing(fiscal_year))) for entry in register_of(session, agency_id)]
    return [*described, *(Counted(code, None, found[code]) for code in Channel if code in found)]


def nothing(fiscal_year: int) -> Figures:
    """Figures of a year in which nothing came."""
    return Figures(fiscal_year, received=0, answered=0, in_time=0, late=0, overdue=0, median_days=None)


def collectors(session: Session, agency: Agency) -> Sequence[User]:
    """People with an open account of the agency or of its units, by name."""
    places = sorted(agencies.subtree_ids(session, [agency.id]))
    there = or_(User.unit_id.in_(places), User.grants.any(Grant.agency_id.in_(places)))
    return session.scalars(select(User).where(User.disabled_at.is_(None), there).order_by(User.name_th, User.id)).all()
