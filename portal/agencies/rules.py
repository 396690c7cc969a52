"""What kinds of agency there are. ``kind`` decides which rules of law apply, ``level`` the place in the tree."""

import re
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum

from portal.kernel.messages import N_, Message


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

    @property
    def label(self) -> str:
        """English source text."""
        return KIND_LABELS[self]


LEVEL_LABELS = {
    AgencyLevel.MINISTRY: N_("Ministry"),
    AgencyLevel.DEPARTMENT: N_("Department"),
    AgencyLevel.DIVISION: N_("Division"),
    AgencyLevel.PROVINCE: N_("Province"),
    AgencyLevel.LOCAL: N_("Local body"),
    AgencyLevel.SERVICE_POINT: N_("Service point"),
}
KIND_LABELS = {
    AgencyKind.GOVERNMENT: N_("Government agency"),
    AgencyKind.LOCAL: N_("Local government"),
    AgencyKind.PUBLIC_ORG: N_("Public organisation"),
    AgencyKind.SOE: N_("State enterprise"),
}
SLUG = re.compile(r"[a-z0-9-]{1,60}")
CODE = re.compile(r"[A-Z][A-Z0-9]{1,19}")
WEB_ADDRESS = re.compile(r"https?://[^\s<>\"']{3,292}")
ITEM_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
WEB_ADDRESS_FAULT = Message(N_("Write the whole address of the website, beginning with https://"))
#: Levels whose agencies citizens write to; divisions are units inside them.
ADDRESSABLE = tuple(level for level in AgencyLevel if level is not AgencyLevel.DIVISION)

#: Home where neither the environment nor anybody has said another: the slug of OPDC, whose facts the demonstration has.
DEFAULT_HOME = "opdc"


def is_slug(text: str) -> bool:
    """False for what cannot be an agency's address; PostgreSQL refuses some characters (NUL), so it is not even asked."""
    return SLUG.fullmatch(text) is not None


def is_code(text: str) -> bool:
    """True for what may stand at the front of case numbers."""
    return CODE.fullmatch(text) is not None


def loops(parents: Mapping[int, int | None], moved: int, onto: int | None) -> bool:
    """True if ``moved`` would lie below itself when put below ``onto``; ``parents`` maps each id to the one above."""
    seen: set[int] = set()
    while onto is not None and onto not in seen:
        if onto == moved:
            return True
        seen.add(onto)
        onto = parents.get(onto)
    return False


def place_fault(level: AgencyLevel, above: Sequence[AgencyLevel]) -> Message | None:
    """What is wrong with putting something of this level below these levels (nearest first); None if nothing."""
    if level is AgencyLevel.DIVISION and not any(one in ADDRESSABLE for one in above):
        return Message(N_("A unit lies inside an agency that people can write to; choose which"))
    return None


def level_fault(before: AgencyLevel, after: AgencyLevel) -> Message | None:
    """A unit does not become an agency by editing, nor an agency a unit: their cases lie in different places."""
    if (before in ADDRESSABLE) == (after in ADDRESSABLE):
        return None
    return Message(N_("A unit does not become an agency this way, nor an agency a unit: add the new one and merge this one into it"))


def is_web_address(text: str) -> bool:
    """True for what may stand behind a link on the agency's page: nothing that a browser would run."""
    return WEB_ADDRESS.fullmatch(text) is not None


def is_item_code(text: str) -> bool:
    """True for what may name a mission or a node of the strategy tree, in addresses too."""
    return ITEM_CODE.fullmatch(text) is not None


def free_code(wanted: str, prefix: str, taken: Collection[str]) -> str:
    """``wanted`` if nobody has it, else with ``prefix`` before it, else with a number behind; at most 40 characters."""
    numbered = (f"{prefix}-{wanted}"[:36] + f"-{number}" for number in range(2, len(taken) + 3))
    return next(code for code in (wanted, f"{prefix}-{wanted}"[:40], *numbered) if code not in taken)
