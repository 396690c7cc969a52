"""Which provinces somebody governs, and for which agencies they decide, at the desk."""

from collections.abc import Sequence

from sqlalchemy import select

from portal.agencies import queries as agencies
from portal.agencies.joining import policy
from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE
from portal.kernel.errors import NotFound
from portal.web.actor import current_actor
from portal.web.database import db


def governed_by_me() -> list[Agency]:
    """The provinces, in Thai dictionary order."""
    return [one for one in _held() if policy.governs(current_actor(), one)]


def decided_by_me() -> list[Agency]:
    """The agencies for which one may join, in Thai dictionary order."""
    return [one for one in _held() if one.level in ADDRESSABLE and policy.can_join(current_actor(), one)]


def agency_at_hand(slug: str) -> Agency:
    """The agency with this address; raises ``NotFound`` for whoever does not decide for it."""
    return one_of(decided_by_me(), slug)


def one_of(mine: Sequence[Agency], slug: str) -> Agency:
    """The one of these with this address, without an address the first; raises ``NotFound``."""
    found = next((one for one in mine if slug in ("", one.slug)), None)
    if found is None:
        raise NotFound
    return found


def _held() -> list[Agency]:
    held = sorted(current_actor().agencies(*policy.DECIDERS))
    return agencies.in_order(db.session.scalars(select(Agency).where(Agency.id.in_(held))))
