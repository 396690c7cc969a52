"""Saying which mission a page is about."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies.models import Agency, Mission
from portal.disclosures.missions import queries
from portal.disclosures.models import Disclosure, DisclosureMission
from portal.kernel.messages import N_, Message

FOREIGN = Message(N_("Choose a mission of this agency, or of the agency that the unit belongs to"))


def mission_for(session: Session, agency_id: int, mission_id: int | None) -> Mission | None:
    """The mission if a page of the agency can be about it; None for another agency's or for none."""
    agency = session.get(Agency, agency_id) if mission_id else None
    return next((one for one in queries.choosable(session, agency).values() if one.id == mission_id), None) if agency else None


def set_mission(page: Disclosure, mission: Mission | None, now: datetime) -> None:
    """Let the page be about this mission, or about none; the same one keeps the day on which it was said."""
    if mission is None:
        page.about = None
    elif page.about is None:
        page.about = DisclosureMission(mission=mission, linked_at=now)
    elif page.about.mission_id != mission.id:
        page.about.mission, page.about.linked_at = mission, now
