"""Themes, reports and improvements of the invented agencies, played by the services on their days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.agencies.options.service import set_option
from portal.casework.models import Case
from portal.casework.rules import Status
from portal.demo.reading import read
from portal.kernel.actor import SYSTEM, Actor
from portal.kernel.thai_calendar import format_date, office_day
from portal.outcomes.improvements import service as improvements
from portal.outcomes.improvements.entry import Entry
from portal.outcomes.improvements.models import Improvement
from portal.outcomes.options import REPORTS_A_YEAR
from portal.outcomes.reports import drafting
from portal.outcomes.reports import service as reports
from portal.outcomes.reports.rules import period_of
from portal.outcomes.reports.words import Words
from portal.outcomes.themes import service as themes

COORDINATOR = "coordinator@demo.example"
TEXTS = ("introduction_th", "introduction_en", "conclusion_th", "conclusion_en")


@dataclass(frozen=True)
class Office:
    """One agency with its people and cases; cases by subject."""

    session: Session
    now: datetime
    agency: Agency
    people: Mapping[str, User]
    cases: Mapping[str, Case]

    def actor(self, email: str) -> Actor:
        """Somebody of the demonstration."""
        return accounts.actor_for(self.session, self.people[email])


def load_outcomes(
    session: Session, now: datetime, agencies: Mapping[str, Agency], people: Mapping[str, User], cases: Sequence[Case]
) -> None:
    """Improvements come before the report that tells of them."""
    by_subject = {case.subject: case for case in cases}
    for entry in read("outcomes"):
        office = Office(session, now, agencies[entry["agency"]], people, by_subject)
        set_option(session, SYSTEM, now, REPORTS_A_YEAR, office.agency, str(entry["reports_a_year"]), 0)
        remarks = _themes(office, entry["themes"])
        for improvement in entry.get("improvements", ()):
            improve(office, improvement)
        _report(office, entry["report"], remarks, int(entry["reports_a_year"]))


def _themes(office: Office, entries: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    """Themes and their cases; returns the remarks that a report makes to them."""
    session, actor, remarks = office.session, office.actor(COORDINATOR), {}
    for entry in entries:
        theme = themes.add_theme(session, actor, office.now, office.agency, entry["th"], entry["en"])
        chosen = {office.cases[subject].number: theme.slug for subject in entry["cases"]}
        themes.give_themes(session, actor, office.now, office.agency, chosen, {})
        remarks[theme.slug] = {"th": entry.get("remark_th", ""), "en": entry.get("remark_en", "")}
    return remarks


def improve(office: Office, entry: Mapping[str, Any]) -> None:
    """Plan it and take its steps, so many days ago."""
    session, actor, at = office.session, office.actor(entry["actor"]), office.now - timedelta(days=entry["days_ago"])
    there = [office.cases[subject] for subject in entry["cases"]]
    linked = [case for case in there if case.status is not Status.WITHDRAWN]
    typed = _typed(office, entry)
    row = improvements.plan(session, actor, at, office.agency, typed, " ".join(case.number for case in linked))
    for step in entry["steps"]:
        at += timedelta(days=step["after_days"])
        if "after_value" in step:
            measured = {"after_value": step["after_value"], "after_on": format_date(office_day(at), "th")}
            improvements.edit(session, actor, at, row, Entry(**{**vars(typed), **measured}), row.row_version)
        improvements.step(session, actor, at, row, step["do"], row.row_version, step)
    _answers(office, row, entry.get("helped", {}), at + timedelta(days=3))


def _typed(office: Office, entry: Mapping[str, Any]) -> Entry:
    given = {name: str(entry.get(name) or "") for name in Entry.__dataclass_fields__}
    if entry.get("before_days_ago"):
        given["before_on"] = format_date(office_day(office.now - timedelta(days=entry["before_days_ago"])), "th")
    if entry.get("due_in_days"):
        given["due_on"] = format_date(office_day(office.now + timedelta(days=entry["due_in_days"])), "th")
    given["owner"] = office.people[entry["owner"]].public_id
    return Entry(**given)


def _answers(office: Office, row: Improvement, answers: Mapping[str, str], at: datetime) -> None:
    for subject, answer in answers.items():
        improvements.say_whether_helped(office.session, at, office.cases[subject], row.slug, answer)


def _report(office: Office, entry: Mapping[str, Any], remarks: dict[str, dict[str, str]], parts: int) -> None:
    """Of the last period that has ended; a published one came out three weeks after its end, or today where that is still to come."""
    session, writer = office.session, office.actor(entry["writer"])
    period = period_of(office_day(office.now), parts).before()
    ended = office.now - timedelta(days=(office_day(office.now) - period.last).days)
    at = min(ended + timedelta(days=21), office.now)
    report = reports.open_report(session, SYSTEM, min(ended + timedelta(days=1), office.now), office.agency, period)
    words = Words(
        **{name: entry.get(name) or "" for name in TEXTS}, responsible=office.people[entry["responsible"]].public_id, remarks=remarks
    )
    reports.write(session, writer, at, report, words, report.row_version)
    if entry["publish"]:
        reports.submit(session, writer, at, report, report.row_version)
    drafting.count_here(session, at if entry["publish"] else office.now, report)
    if entry["publish"]:
        publisher = office.actor(entry["publisher"])
        reports.publish(session, publisher, at + timedelta(hours=4) if at < office.now else at, report, report.row_version)
