"""Who may read and work a report. ``kept`` is who is kept away from it (``sealing.kept_away_of``)."""

from portal.corruption.models import CorruptionReport
from portal.corruption.sealing import KeptAway
from portal.kernel.actor import Actor, Role


def is_collector(actor: Actor, agency_id: int) -> bool:
    """Named for this very agency: a grant at an agency above opens nothing, whatever it spreads to."""
    return actor.user_id is not None and actor.holds_itself((Role.INTEGRITY,), agency_id)


def desks_of(actor: Actor) -> list[int]:
    """Ids of the agencies whose reports the actor collects."""
    return sorted(agency_id for agency_id in actor.agencies(Role.INTEGRITY) if is_collector(actor, agency_id))


def is_kept_away(actor: Actor, about_id: int | None, kept: KeptAway) -> bool:
    """Named by the reporter or a collector; or the reporter trusts nobody with a role in the agency that it is about."""
    if actor.user_id in kept.user_ids:
        return True
    return kept.outside and about_id is not None and actor.holds_itself(tuple(actor.roles), about_id)


def can_see(actor: Actor, report: CorruptionReport, kept: KeptAway) -> bool:
    """May find, open, count and work the report."""
    return is_collector(actor, report.desk_agency_id) and not is_kept_away(actor, report.agency_id, kept)
