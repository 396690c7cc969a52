"""Boxes of the invented agencies: opened month after month before witnesses, one forgotten. Their cases are among the sixty."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.casework import queries as cases
from portal.casework.models import Case
from portal.demo.reading import read
from portal.feedback.boxes import service
from portal.feedback.boxes.entry import BoxEntry, HolderEntry
from portal.feedback.boxes.models import Box, BoxOpening
from portal.feedback.boxes.round import OpeningEntry, WitnessEntry
from portal.feedback.calls.taking import Taken
from portal.feedback.transcribing import service as transcribing
from portal.feedback.transcribing.models import Sheet
from portal.feedback.transcribing.rules import Aside
from portal.kernel.actor import SYSTEM, Actor
from portal.kernel.keyring import Keyring
from portal.kernel.thai_calendar import BANGKOK, format_date, office_day
from portal.kernel.workdays import ONE_DAY, SATURDAY

COORDINATOR = "coordinator@demo.example"
TEXTS = ("name_th", "name_en", "place_th", "place_en")
WORDS = ("kind", "subject", "body", "anonymity", "place")
#: The hour of the openings, and how long after it they are entered.
MORNING, ENTERED = time(9, 30), timedelta(hours=1)


@dataclass(frozen=True)
class OnPaper:
    """The sheet on which a case of the demonstration stands; ``slip`` is the number printed on it, or empty."""

    sheet: Sheet
    ready_at: datetime
    slip: str = ""


def load_boxes(
    session: Session, now: datetime, keyring: Keyring, agencies: Mapping[str, Agency], people: Mapping[str, User]
) -> dict[int, OnPaper]:
    """Play each box from the day on which it was hung; gives the sheets to be typed, by the place of their case."""
    coordinator, papers = accounts.actor_for(session, people[COORDINATOR]), dict[int, OnPaper]()
    for entry in read("boxes"):
        box = _hang(session, now - timedelta(days=entry["since"]), agencies[entry["agency"]], people, entry)
        numbers = iter(_printed(session, now, keyring, coordinator, box, entry))
        for ago in entry["opened"]:
            sheets = _open(session, _morning(now, ago), coordinator, box, entry, ago)
            if ago in entry["typed"]:
                ready_at = _morning(now, ago) + ENTERED + timedelta(minutes=30)
                papers[entry["typed"][ago]] = OnPaper(sheets[0], ready_at, next(numbers, ""))
        if entry["posted"]:
            moment = now - timedelta(days=entry["posted"])
            service.record_posting(session, coordinator, moment, box, _day(moment), moment)
    return papers


def type_case(session: Session, actor: Actor, moment: datetime, keyring: Keyring, paper: OnPaper, entry: Mapping[str, Any]) -> Case:
    """A case of the demonstration, typed from its slip."""
    words: dict[str, Any] = {name: str(entry.get(name) or "") for name in WORDS}
    taken = Taken(**words, publish_consent=bool(entry["publish_consent"]))
    transcribing.begin(session, actor, moment, paper.sheet)
    version = paper.sheet.row_version
    saved = service.save_sheet(session, actor, moment, keyring, paper.sheet, taken, "", paper.slip, row_version=version)
    case = cases.by_number(session, saved.receipt.case_number) if saved.receipt else None
    assert case
    return case


def _hang(session: Session, moment: datetime, agency: Agency, people: Mapping[str, User], entry: Mapping[str, Any]) -> Box:
    typed = BoxEntry(**{name: entry[name] for name in TEXTS}, set_up_on=_day(moment))
    box = service.add_box(session, SYSTEM, moment, agency, typed)
    holder = HolderEntry(people[entry["key_holder"]].public_id, entry["position_th"], entry["position_en"], _day(moment))
    service.add_holder(session, SYSTEM, moment, box, holder)
    return box


def _printed(session: Session, now: datetime, keyring: Keyring, actor: Actor, box: Box, entry: Mapping[str, Any]) -> list[str]:
    if not entry["prints"]:
        return []
    moment = now - timedelta(days=entry["since"] - 1)
    _series, fresh = service.new_series(session, actor, moment, keyring, box, str(entry["prints"]))
    return [str(slip.number) for slip in fresh]


def _open(session: Session, moment: datetime, actor: Actor, box: Box, entry: Mapping[str, Any], ago: int) -> list[Sheet]:
    witnesses = [WitnessEntry(one["name"], one["sector"], one["role"], one["shows"]) for one in entry["witnesses"]]
    blank = entry["blank"].get(ago, 0)
    typed = OpeningEntry(_day(moment), moment.strftime("%H:%M"), ["1"], witnesses, "intact", str(blank + (ago in entry["typed"])))
    entered = moment + ENTERED + timedelta(days=entry.get("late", {}).get(ago, 0))
    opening = service.record_opening(session, actor, entered, box, typed)
    sheets = _sheets(session, opening)
    for sheet in sheets[len(sheets) - blank :]:
        version = sheet.row_version
        transcribing.set_aside(session, actor, moment + 2 * ENTERED, sheet, Aside.BLANK.value, "", row_version=version)
    return sheets


def _sheets(session: Session, opening: BoxOpening) -> list[Sheet]:
    return session.query(Sheet).filter_by(batch_id=opening.batch_id).order_by(Sheet.position).all() if opening.batch_id else []


def _morning(now: datetime, ago: int) -> datetime:
    day = office_day(now) - timedelta(days=ago)
    while day.weekday() >= SATURDAY:
        day -= ONE_DAY
    return datetime.combine(day, MORNING, tzinfo=BANGKOK)


def _day(moment: datetime) -> str:
    return format_date(office_day(moment), "th")
