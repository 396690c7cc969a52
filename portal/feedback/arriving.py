"""How a submission came: what the entrances of citizens know beside the words. In words: ``docs/rules/abuse.md``."""

from collections.abc import Mapping

from portal.casework.rules.abuse import PROOF_BITS, Arrival, proves
from portal.casework.service import under_pressure
from portal.feedback.tokens import FormToken
from portal.web.clock import now
from portal.web.database import db
from portal.web.limits import limiter, network

#: The field that people do not see; a name that robots like to fill in.
TRAP = "website"
PROOF = "proof"


def of_form(fields: Mapping[str, str], token: FormToken) -> Arrival | None:
    """By the form; None where limits are off, and nothing is weighed."""
    if not limiter.enabled:
        return None
    proven = proves(fields.get("form_token", ""), fields.get(PROOF, ""))
    return Arrival(network(), token.seconds, trapped=bool(fields.get(TRAP, "").strip()), proven=proven)


def of_api() -> Arrival | None:
    """By another system, which has no page."""
    return Arrival(network()) if limiter.enabled else None


def proof_bits() -> int:
    """How much work the page of the form asks of the browser now; 0 means none."""
    return PROOF_BITS if limiter.enabled and under_pressure(db.session, now()) else 0
