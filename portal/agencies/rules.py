"""What kinds of agency there are. ``kind`` decides which rules of law apply, ``level`` the place in the tree."""

import re
from enum import StrEnum

from portal.kernel.messages import N_


class AgencyLevel(StrEnum):
    """Place in the tree of the state."""

    MINISTRY = "ministry"
    DEPARTMENT = "department"
    DIVISION = "division"
    PROVINCE = "province"
    LOCAL = "local"
    SERVICE_POINT = "service_point"

    @property
    def label(self) -> str:
        """English source text."""
        return LEVEL_LABELS[self]


class AgencyKind(StrEnum):
    """Legal kind: the compulsory indicator holds for government agencies (ส่วนราชการ) only."""

    GOVERNMENT = "government"
    LOCAL = "local"
    PUBLIC_ORG = "public_org"
    SOE = "soe"


LEVEL_LABELS = {
    AgencyLevel.MINISTRY: N_("Ministry"),
    AgencyLevel.DEPARTMENT: N_("Department"),
    AgencyLevel.DIVISION: N_("Division"),
    AgencyLevel.PROVINCE: N_("Province"),
    AgencyLevel.LOCAL: N_("Local body"),
    AgencyLevel.SERVICE_POINT: N_("Service point"),
}
SLUG = re.compile(r"[a-z0-9-]{1,60}")
CODE = re.compile(r"[A-Z][A-Z0-9]{1,19}")
#: Levels whose agencies citizens write to; divisions are units inside them.
ADDRESSABLE = tuple(level for level in AgencyLevel if level is not AgencyLevel.DIVISION)


def is_slug(text: str) -> bool:
    """False for what cannot be an agency's address; PostgreSQL refuses some characters (NUL), so it is not even asked."""
    return SLUG.fullmatch(text) is not None


def is_code(text: str) -> bool:
    """True for what may stand at the front of case numbers."""
    return CODE.fullmatch(text) is not None
