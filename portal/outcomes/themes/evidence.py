"""Evidence of how cases are handled, where a theme classifies a case as well as a topic does."""

from collections.abc import Sequence

from sqlalchemy import exists
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.casework import evidence
from portal.casework.models import Case
from portal.kernel.evidence import Fact, Look
from portal.outcomes.themes.models import Theme, ThemedCase


def facts_of(session: Session, agencies: Sequence[Agency], look: Look) -> dict[int, list[Fact]]:
    """``casework.evidence`` with the themes that the agency holding the case gave it, as they are now; two queries."""
    themed = exists().where(ThemedCase.case_id == Case.id, ThemedCase.theme_id == Theme.id, Theme.agency_id == Case.agency_id)
    return evidence.facts_of(session, agencies, look, themed)
