"""Level 5 of 2550: a system of reporting exists, and reporting has really begun (r10), for every issue."""

from datetime import timedelta

from portal.kernel.evidence import Consensus, ProgressReport, ReportSeries
from portal.kernel.messages import N_
from portal.participation.rules.predicates.amounts import Count
from portal.participation.rules.predicates.base import Held, lacks, predicate
from portal.participation.rules.predicates.issues import IssuesAsked, Shown, each_issue
from portal.participation.rules.predicates.judging import lacking
from portal.participation.rules.predicates.targets import in_use
from portal.participation.rules.results import Finding, Missing


class SeriesAsked(IssuesAsked, frozen=True, kw_only=True):
    """With ``details`` the series has a schedule, and says whom it is for."""

    details: bool = False


class BegunAsked(IssuesAsked, frozen=True, kw_only=True):
    """With ``every_indicator`` the report holds the latest value of each indicator of the issue."""

    every_indicator: bool = False


class RepliesAsked(IssuesAsked, frozen=True, kw_only=True):
    """A reply may wait so many calendar days for its answer."""

    days: Count


def _series(held: Held, issue: Consensus) -> list[ReportSeries]:
    return [one for one in held.counting(ReportSeries) if one.issue == issue.issue]


def _none(issue: Consensus, found: list[ReportSeries]) -> tuple[Missing, ...]:
    return () if found else (lacks(issue, N_("It has no series of public reports")),)


@predicate(SeriesAsked)
def report_series(held: Held, given: SeriesAsked) -> Finding:
    """Each issue has a series of public reports."""

    def look(issue: Consensus) -> Shown:
        found = _series(held, issue)
        good = [one for one in found if not _series_lacks(one, given)]
        return good or found, () if good else (*_none(issue, found), *(lack for one in found for lack in _series_lacks(one, given)))

    return each_issue(held, ReportSeries, given, N_("Issues with a series of reports: %(have)s of %(all)s"), look)


def _series_lacks(one: ReportSeries, given: SeriesAsked) -> tuple[Missing, ...]:
    return lacking(
        one,
        (one.has_schedule or not given.details, N_("It is not said when it appears")),
        (one.has_audience or not given.details, N_("It is not said whom it is for")),
    )


def _reports(held: Held, issue: Consensus) -> list[ProgressReport]:
    """The reports of the issue's own series that were published in the year."""
    keys = {one.key for one in _series(held, issue)}
    return [one for one in held.counting(ProgressReport) if one.series in keys]


@predicate(BegunAsked)
def reporting_begun(held: Held, given: BegunAsked) -> Finding:
    """A report of each issue was published in the year, with values of its indicators."""

    def look(issue: Consensus) -> Shown:
        reports = _reports(held, issue)
        good = [one for one in reports if not _report_lacks(held, one, issue, given)]
        none = () if reports else (lacks(issue, N_("No report has been published in this year")),)
        flawed = (lack for one in reports for lack in _report_lacks(held, one, issue, given))
        return good or reports, () if good else (*none, *flawed)

    return each_issue(held, ProgressReport, given, N_("Issues on which reporting has begun: %(have)s of %(all)s"), look)


def _report_lacks(held: Held, one: ProgressReport, issue: Consensus, given: BegunAsked) -> tuple[Missing, ...]:
    """The indicators of the issue that were measured by then are asked for, whatever the report says of their number."""
    measured = [each for each in in_use(held, issue.issue) if each.first_measured_on is not None and each.first_measured_on <= one.on]
    need = max(one.indicators, len(measured), 1) if given.every_indicator else 1
    if one.with_latest_value >= need:
        return ()
    return (lacks(one, N_("Indicators with their latest value: %(have)s of %(need)s"), have=one.with_latest_value, need=need),)


@predicate(IssuesAsked)
def open_data(held: Held, given: IssuesAsked) -> Finding:
    """The values of each issue can be had as a data file and followed by a feed."""

    def look(issue: Consensus) -> Shown:
        found = _series(held, issue)
        lacking_of = {one.key: lacking(one, (one.has_data_file, N_("No data file")), (one.has_feed, N_("No feed"))) for one in found}
        good = [one for one in found if not lacking_of[one.key]]
        return good or found, () if good else (*_none(issue, found), *(lack for some in lacking_of.values() for lack in some))

    return each_issue(held, ReportSeries, given, N_("Issues with data file and feed: %(have)s of %(all)s"), look)


@predicate(IssuesAsked)
def delivered(held: Held, given: IssuesAsked) -> Finding:
    """A report of each issue was sent to those concerned."""

    def look(issue: Consensus) -> Shown:
        sent = [one for one in _reports(held, issue) if one.delivered > 0]
        return sent, lacking(issue, (bool(sent), N_("No report has been sent to those concerned")))

    return each_issue(held, ProgressReport, given, N_("Issues reported to those concerned: %(have)s of %(all)s"), look)


@predicate(RepliesAsked)
def replies(held: Held, given: RepliesAsked) -> Finding:
    """Each series takes replies, and none waits for its answer too long; that nobody has replied is no fault."""

    def look(issue: Consensus) -> Shown:
        found = _series(held, issue)
        return found, (*_none(issue, found), *(lack for one in found for lack in _unanswered(held, one, given.days)))

    return each_issue(held, ReportSeries, given, N_("Issues whose reports can be answered: %(have)s of %(all)s"), look)


def _unanswered(held: Held, one: ReportSeries, days: int) -> tuple[Missing, ...]:
    waits = one.unanswered_since is not None and held.subject.as_of - one.unanswered_since > timedelta(days=days)
    return lacking(
        one,
        (one.takes_replies, N_("Nobody can reply to it")),
        (not waits, N_("A reply has waited too long for its answer")),
    )


@predicate(IssuesAsked)
def next_not_overdue(held: Held, given: IssuesAsked) -> Finding:
    """The next report of each series has a day, and it is not over; a series that has ended needs none."""

    def look(issue: Consensus) -> Shown:
        found = _series(held, issue)
        return found, (*_none(issue, found), *(lack for one in found for lack in _overdue(held, one)))

    return each_issue(held, ReportSeries, given, N_("Issues whose next report is not overdue: %(have)s of %(all)s"), look)


def _overdue(held: Held, one: ReportSeries) -> tuple[Missing, ...]:
    if one.until is not None and one.until <= held.subject.as_of:
        return ()
    known = one.next_due_on is not None
    over = one.next_due_on is not None and one.next_due_on < held.subject.as_of
    return lacking(one, (known, N_("It is not said when the next report is due")), (not over, N_("The next report is overdue")))
