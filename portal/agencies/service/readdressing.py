"""Another address and code for an agency that has given out no number yet."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies import policy
from portal.agencies.models import Agency
from portal.agencies.service.acts import allow, changed
from portal.agencies.service.creating import check_address
from portal.kernel.actor import Actor


def readdress(session: Session, actor: Actor, now: datetime, agency: Agency, slug: str, code: str) -> None:
    """Change slug and code. The caller has made sure that no case number carries the code. Raises ``Invalid`` by field."""
    allow(policy.rules_everything(actor))
    check_address(session, slug, code, but=agency.id)
    before, agency.slug, agency.code = agency.slug, slug, code
    changed(session, actor, now, agency, "agency.readdressed", {"from": before})
