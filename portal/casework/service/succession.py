"""A case that comes to life again after its agency was closed."""

from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.casework.models import Case


def to_open_agency(session: Session, case: Case) -> dict[str, int | None]:
    """A case that was over when its agency was closed stayed there; open again, it goes on at the successor. What the history is told."""
    successor = agencies.successor_of(session, case.agency) if case.agency.is_closed else None
    if successor is None:
        return {}
    root = agencies.root_of(session, successor)
    before = {"agency_before": case.agency_id, "unit_before": case.unit_id, "topic_before": case.topic_id}
    case.agency, case.unit_id, case.topic_id, case.hops = root, None, None, case.hops + 1
    return {**before, "agency": root.id}
