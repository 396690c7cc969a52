"""The last complete fiscal year of an invented agency: what its level 3 stands on, on days of that year whenever it is loaded."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.casework.models import Case
from portal.demo.cases import Stage, play
from portal.demo.outcomes import COORDINATOR, TEXTS, Office, improve
from portal.demo.reading import read
from portal.kernel.actor import SYSTEM
from portal.kernel.keyring import Keyring
from portal.kernel.thai_calendar import BANGKOK, BUDDHIST_OFFSET, fiscal_year, fiscal_year_bounds, office_day
from portal.outcomes.reports import drafting
from portal.outcomes.reports import service as reports
from portal.outcomes.reports.rules import day_begins, period_of
from portal.outcomes.reports.words import Words
from portal.outcomes.themes import queries as themes
from portal.outcomes.themes import service as theming

#: Places of these cases in the file go on after all others, so that their keys do.
AFTER = 1000
#: Who publishes the reports: nobody who hands in the score.
PUBLISHER, WRITER = "publisher@demo.example", "manee@demo.example"
#: What is the same of each case.
PLAIN = {"channel": "web", "language": "th", "anonymity": "anonymous", "answer_by": "code", "publish_consent": True}
HOUR = time(9, 20)


def load_last_year(
    session: Session, now: datetime, keyring: Keyring, agencies: Mapping[str, Agency], people: Mapping[str, User]
) -> list[Case]:
    """Cases, an improvement that they led to, the two reports; at last what has no theme yet gets one. Returns the cases."""
    stage = Stage(session, keyring, agencies, people, {})
    for entry in read("last_year"):
        agency = agencies[entry["agency"]]
        for place, case in enumerate(entry["cases"], start=AFTER):
            ago = (office_day(now) - _day(now, case["dated"])).days
            stage.cases.append(play(stage, now, place, {**PLAIN, **case, "agency": agency.slug, "days_ago": ago}))
        office = Office(session, now, agency, people, {case.subject: case for case in stage.cases})
        _classify(office)
        improve(office, _dated(now, entry["improvement"]))
        for report in entry["reports"]:
            _report(office, report)
    return stage.cases


def _day(now: datetime, dated: Mapping[str, int]) -> date:
    """A day of the fiscal year that is over (0) or of the one before (-1)."""
    ends_in = fiscal_year(now) - 1 + dated["year"] - BUDDHIST_OFFSET
    return date(ends_in - (dated["month"] >= 10), dated["month"], dated["day"])


def _dated(now: datetime, entry: Mapping[str, Any]) -> dict[str, Any]:
    """An improvement as ``outcomes`` plays it: days before now."""
    ago = (office_day(now) - _day(now, entry["dated"])).days
    return {**entry, "days_ago": ago, "before_days_ago": ago + entry["before_days"]}


def _classify(office: Office) -> None:
    """What the agency received before this fiscal year and has no theme gets that of its services."""
    session, actor = office.session, office.actor(COORDINATOR)
    begins = day_begins(fiscal_year_bounds(fiscal_year(office.now))[0])
    bare = session.scalars(themes.with_theme(SYSTEM, office.agency.id, None).where(Case.received_at < begins).order_by(Case.id)).all()
    theme = themes.themes_of(session, office.agency.id)[1]
    theming.give_themes(session, actor, office.now, office.agency, {case.number: theme.slug for case in bare}, {})


def _report(office: Office, entry: Mapping[str, Any]) -> None:
    """Of the half-year that had ended on that day."""
    session, day = office.session, _day(office.now, entry["dated"])
    at = datetime.combine(day, HOUR, tzinfo=BANGKOK)
    period, writer = period_of(day).before(), office.actor(WRITER)
    report = reports.open_report(session, SYSTEM, day_begins(period.last + timedelta(days=1)), office.agency, period)
    typed: dict[str, Any] = {name: entry.get(name) or "" for name in TEXTS}
    words = Words(**typed, responsible=office.people[WRITER].public_id)
    reports.write(session, writer, at, report, words, report.row_version)
    reports.submit(session, writer, at + timedelta(hours=1), report, report.row_version)
    drafting.count_here(session, at + timedelta(hours=2), report)
    reports.publish(session, office.actor(PUBLISHER), at + timedelta(hours=5), report, report.row_version)
