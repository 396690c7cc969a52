"""Level 3 of 2549: what was heard is managed, considered, and improves something."""

from datetime import date

from portal.kernel.evidence.base import Fact


class CaseQuarter(Fact, frozen=True, kw_only=True):
    """Cases received in a quarter (1 to 4), as far as they stand in the figures; ``on`` is its last day or the day of the look."""

    quarter: int
    received: int
    #: Have a topic or a theme, or were declined or taken back.
    classified: int
    #: Have or had a unit or an officer, or an answer.
    assigned: int
    #: Answered for the first time, by calendar days from receipt: pairs of days and number of cases.
    answered_after: tuple[tuple[int, int], ...] = ()
    #: Open without an answer, by days since receipt: pairs of days and number of cases.
    waiting_for: tuple[tuple[int, int], ...] = ()
    #: Ended, and of these ended with a disposition and a reason.
    ended: int = 0
    ended_with_reason: int = 0


class OpinionReportFact(Fact, frozen=True, kw_only=True):
    """A report on how opinions were considered; ``on`` is the day of its first publication."""

    first_on: date
    last_on: date
    due_on: date
    opinions: int = 0


class ImprovementFact(Fact, frozen=True, kw_only=True):
    """An improvement (แผนปรับปรุง); ``on`` is the day on which it was planned, or done once it is."""

    planned_on: date
    is_done: bool
    is_abandoned: bool = False
    #: Opinions stand behind it; how many is not told, because from one to four nobody is (``docs/rules/improvements.md``).
    has_opinions: bool = False
    has_before: bool = False
    has_after: bool = False
    has_evidence: bool = False
