"""Levels 2 and 3 of 2550: choosing issues together, and setting targets for them.

What was agreed lasts as long as the issue is worked on.
"""

from datetime import date

from portal.kernel.evidence.base import Lasting


class GroupConsultation(Lasting, frozen=True, kw_only=True):
    """The group with this key consulted others about what to work on."""

    group: str
    has_minutes: bool = False
    people: int = 0


class Shortlist(Lasting, frozen=True, kw_only=True):
    """The issues from which the group chose."""

    group: str
    issues: int


class Consensus(Lasting, frozen=True, kw_only=True):
    """The record of how an issue was accepted; ``on`` is the day of its publication."""

    group: str
    issue: str
    #: The group took the issue on. A record of how no agreement was reached is shown, and asks for nothing.
    chosen: bool = True
    #: Code of a node of the strategy tree, or of a core mission; empty where it points to neither.
    strategy: str = ""
    core_mission: str = ""
    in_favour: int = 0
    against: int = 0
    undecided: int = 0
    objections: int = 0
    objections_answered: int = 0


class JointIndicator(Lasting, frozen=True, kw_only=True):
    """An indicator of an issue with its target and method; ``on`` is the day of the later of both approvals, or of its first saving."""

    group: str
    issue: str
    has_baseline: bool = False
    has_target: bool = False
    target_on: date | None = None
    has_formula: bool = False
    has_unit: bool = False
    has_direction: bool = False
    #: The method: source, collector, frequency, verification.
    has_source: bool = False
    has_collector: bool = False
    has_frequency: bool = False
    has_verification: bool = False
    agency_approved_on: date | None = None
    civil_society_approved_on: date | None = None
    first_measured_on: date | None = None
