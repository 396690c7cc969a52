"""Level 5 of 2549, levels 4 and 5 of 2550: following progress and results, and reporting them."""

from datetime import date

from portal.kernel.evidence.base import Fact, Lasting


class Mechanism(Lasting, frozen=True, kw_only=True):
    """A mechanism by which the public follows the work."""

    has_mandate: bool = False
    public_members: int = 0


class MonitoringRound(Fact, frozen=True, kw_only=True):
    """A round of looking."""

    mechanism: str
    #: Entered by a public member's own account.
    by_public_member: bool = False
    covers_progress: bool = False
    #: The final success, not only how far it has come.
    covers_success: bool = False


class MonitoringFinding(Fact, frozen=True, kw_only=True):
    """Something that was found in a round."""

    mechanism: str
    round: str
    answered_on: date | None = None
    #: "changed", "refused" or "".
    outcome: str = ""
    has_reasons: bool = False


class RoundOfMeasuring(Fact, frozen=True, kw_only=True):
    """A round in which the indicators of an issue are measured together; ``on`` is the day of the agency's entry, or planned."""

    issue: str
    planned_on: date
    agency_entered_on: date | None = None
    #: A member of the public side entered or verified it.
    member_entered_on: date | None = None
    acknowledged_on: date | None = None
    #: Of the members, how many acknowledged it, and how many there are.
    acknowledged_by: int = 0
    members: int = 0
    #: Differences between figure and target that nobody explained.
    unexplained: int = 0


class ExecutiveReport(Fact, frozen=True, kw_only=True):
    """What was reported to an executive."""

    issue: str
    received_on: date | None = None
    #: "directive", "noted" or "".
    answer: str = ""


class ReportSeries(Lasting, frozen=True, kw_only=True):
    """A series of public reports on an issue."""

    issue: str
    has_schedule: bool = False
    has_audience: bool = False
    has_data_file: bool = False
    has_feed: bool = False
    takes_replies: bool = False
    replies: int = 0
    replies_answered: int = 0
    #: The day of the oldest reply that nobody has answered.
    unanswered_since: date | None = None
    next_due_on: date | None = None


class ProgressReport(Fact, frozen=True, kw_only=True):
    """A published report of a series."""

    series: str
    issue: str
    indicators: int = 0
    with_latest_value: int = 0
    #: To how many of those concerned it was sent.
    delivered: int = 0
