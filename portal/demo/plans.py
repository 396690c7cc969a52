"""Listening plans of the invented agencies, played by the services on their days: the year that is over, the one that runs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.demo.reading import read
from portal.disclosures import queries as disclosures
from portal.feedback.boxes.models import Box, BoxOpening
from portal.kernel.actor import Actor
from portal.kernel.thai_calendar import BANGKOK, fiscal_year, fiscal_year_bounds, format_date, office_day
from portal.outcomes import records as outcomes
from portal.outcomes.improvements.models import Improvement
from portal.outcomes.reports.models import OpinionReport
from portal.plans import queries, service
from portal.plans.entry import PARTS, Happened, Planned
from portal.plans.models import PlanActivity
from portal.plans.records import FINDERS
from portal.plans.service import Reason

BASE = "http://localhost"
EVERY_FINDER = {**FINDERS, **outcomes.FINDERS}
MOVED = Reason("ห้องประชุมตรงกับวันเลือกตั้งท้องถิ่น จึงเลื่อนไปหนึ่งสัปดาห์", "The hall is needed for the local election; a week later")


@dataclass
class Planner:
    """Plays the plans of one agency; ``acts`` are done in the order of their moments, those that are still to come are left out."""

    session: Session
    now: datetime
    agency: Agency
    entry: Mapping[str, Any]
    people: Mapping[str, User]
    acts: list[tuple[datetime, Callable[[datetime], object]]] = field(default_factory=list)

    def actor(self, who: str) -> Actor:
        """Somebody by a key of the entry."""
        return accounts.actor_for(self.session, self.people[self.entry[who]])

    def at(self, day: date, do: Callable[[datetime], object]) -> None:
        """Do this in the morning of the day."""
        moment = datetime(day.year, day.month, day.day, 10, 0, tzinfo=BANGKOK)
        self.acts.append((moment, do))

    def play(self) -> None:
        """Everything that lies behind; what falls on today after this hour happens now."""
        for moment, do in sorted(self.acts, key=lambda act: act[0]):
            if office_day(moment) <= office_day(self.now):
                do(min(moment, self.now))


def load_plans(session: Session, now: datetime, agencies: Mapping[str, Agency], people: Mapping[str, User]) -> None:
    """After pages, boxes and outcomes, which activities link to."""
    for entry in read("plans"):
        planner, year = Planner(session, now, agencies[entry["agency"]], entry, people), fiscal_year(now)
        if "head" in entry:
            _year(planner, year - 1, is_over=True)
            _year(planner, year, is_over=False)
        else:
            _waiting(planner, year)
        planner.play()


def _year(planner: Planner, year: int, *, is_over: bool) -> None:
    """Opened in August, approved before the year begins; then what was planned happens, but for what has a fate of its own."""
    first = fiscal_year_bounds(year)[0]
    entries = [one for one in planner.entry["activities"] if is_over or "fate" not in one]
    planner.at(first - timedelta(days=50), lambda at: _write(planner, at, year, entries))
    planner.at(first - timedelta(days=20), lambda at: _hand_in(planner, at, year))
    planner.at(first - timedelta(days=13), lambda at: _approve(planner, at, year))
    for number, one in enumerate(entries, start=1):
        _happens(planner, year, number, one)


def _waiting(planner: Planner, year: int) -> None:
    """Handed in some days ago, and not approved."""
    today = office_day(planner.now)
    planner.at(today - timedelta(days=12), lambda at: _write(planner, at, year, planner.entry["activities"]))
    planner.at(today - timedelta(days=5), lambda at: _hand_in(planner, at, year))


def _write(planner: Planner, at: datetime, year: int, entries: Sequence[Mapping[str, Any]]) -> None:
    session, actor = planner.session, planner.actor("writer")
    plan = service.open_plan(session, actor, at, planner.agency, year)
    for one in entries:
        service.add(session, actor, at, plan, _typed(planner, one, year))


def _hand_in(planner: Planner, at: datetime, year: int) -> None:
    plan = queries.of_year(planner.session, planner.agency, year)
    assert plan is not None
    service.hand_in(planner.session, planner.actor("writer"), at, plan, plan.row_version)


def _approve(planner: Planner, at: datetime, year: int) -> None:
    plan = queries.of_year(planner.session, planner.agency, year)
    assert plan is not None
    number, on = f"สมม 0017/{year % 100}12", format_date(at, "th")
    service.approve(planner.session, planner.actor("head"), at, plan, plan.row_version, number, on)


def _happens(planner: Planner, year: int, number: int, one: Mapping[str, Any]) -> None:
    if one.get("fate") == "cancelled":
        planner.at(day_in(year, one["day"]) - timedelta(days=4), lambda at: _cancel(planner, at, year, number, one))
    if "fate" in one:
        return
    if "moved" in one:
        planner.at(day_in(year, one["day"]) - timedelta(days=20), lambda at: _move(planner, at, year, number, one))
    held = day_in(year, one.get("moved", one["day"]))
    planner.at(held + timedelta(days=1), lambda at: _tell(planner, at, year, number, one))


def _typed(planner: Planner, one: Mapping[str, Any], year: int, on: str = "") -> Planned:
    budget, staff_days = one["plan"]
    return Planned(
        mission=one["mission"],
        method=one["method"],
        unit=one.get("unit", planner.entry["unit"]),
        owner=planner.people[one["owner"]].public_id,
        channel=one.get("channel", ""),
        about_strategy="1" if one.get("strategy") else "",
        planned_on=format_date(day_in(year, on or one["day"]), "th"),
        budget=str(budget),
        staff_days=str(staff_days),
        least_people=str(one.get("least", "")),
        **_pair("title", one["title"]),
        **_pair("groups", one["groups"]),
    )


def _move(planner: Planner, at: datetime, year: int, number: int, one: Mapping[str, Any]) -> None:
    row = _activity(planner, year, number)
    typed = _typed(planner, one, year, one["moved"])
    service.change(planner.session, planner.actor("writer"), at, row, typed, row.row_version, MOVED)


def _cancel(planner: Planner, at: datetime, year: int, number: int, one: Mapping[str, Any]) -> None:
    row = _activity(planner, year, number)
    service.cancel(planner.session, planner.actor("writer"), at, row, row.row_version, Reason(*one["why"]))


def _tell(planner: Planner, at: datetime, year: int, number: int, one: Mapping[str, Any]) -> None:
    session, actor, row = planner.session, planner.actor("writer"), _activity(planner, year, number)
    held, (people, officers), (money, staff_days) = row.planned_on, one["people"], one["spent"]
    notice = format_date(held - timedelta(days=14), "th")
    told = Happened(notice, format_date(held, "th"), str(people), str(officers), str(money), str(staff_days))
    service.tell(session, actor, at, row, told, row.row_version)
    words = {name: text for part in PARTS for name, text in _pair(part, one[part]).items()}
    service.write_words(session, actor, at, row, words, row.row_version)
    for record in one.get("records", ()):
        if address := _address(planner, record, held, year):
            service.link(session, actor, at, row, address, BASE, EVERY_FINDER)


def _address(planner: Planner, record: str, held: date, year: int) -> str | None:
    """Of what the activity produced; None where the demonstration has nothing of the kind. Of this year there is less than of the last."""
    kind, _, what = record.partition(":")
    slug, session, first = planner.agency.slug, planner.session, fiscal_year_bounds(year)[0]
    if kind == "cases":
        return f"/cases?agency={slug}&list=received&channel={what}&from={first.isoformat()}&until={held.isoformat()}"
    if kind == "box":
        return _opening(session, planner.agency, held)
    if kind == "channel":
        return f"/agencies/{slug}/channels/{what}"
    if kind == "page":
        return f"/disclosures/{what}" if disclosures.by_slug(session, what) else None
    model = OpinionReport if kind == "report" else Improvement
    there = session.scalars(select(model.slug).where(model.agency_id == planner.agency.id).order_by(model.id)).all()
    return f"/{kind}s/{there[0]}" if there and year < fiscal_year(planner.now) else None


def _opening(session: Session, agency: Agency, held: date) -> str | None:
    """The last opening of the agency's first box up to that day, else the box."""
    box = session.scalar(select(Box).where(Box.agency_id == agency.id).order_by(Box.id))
    if box is None:
        return None
    opened = session.scalars(select(BoxOpening).where(BoxOpening.box_id == box.id).order_by(BoxOpening.number))
    numbers = [one.number for one in opened if office_day(one.opened_at) <= held]
    return f"/boxes/{box.slug}" + (f"#opening-{numbers[-1]}" if numbers else "")


def _activity(planner: Planner, year: int, number: int) -> PlanActivity:
    plan = queries.of_year(planner.session, planner.agency, year)
    row = queries.activity_of(plan, number) if plan else None
    assert row is not None
    return row


def day_in(year: int, written: str) -> date:
    """Month and day in the fiscal year (B.E.); a weekend is moved to the Friday before, which lies in the year as well."""
    month, day = (int(part) for part in written.split("-"))
    first = fiscal_year_bounds(year)[0]
    found = date(first.year + (month < first.month), month, day)
    return found - timedelta(days=max(0, found.weekday() - 4))


def _pair(name: str, texts: Sequence[str]) -> dict[str, str]:
    return {f"{name}_th": texts[0], f"{name}_en": texts[1]}
