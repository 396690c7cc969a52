"""The sixty cases of the demonstration, each step played by whoever would do it, at the time of its day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.casework import queries, service
from portal.casework.models import Case
from portal.casework.rules import Channel, KeyScope
from portal.casework.service import Submission
from portal.demo.boxes import OnPaper, type_case
from portal.demo.reading import read
from portal.kernel.actor import CITIZEN, VISITOR, Actor
from portal.kernel.keyring import Keyring
from portal.kernel.thai_calendar import office_day

COORDINATOR = "coordinator@demo.example"
HOME = "opdc"
SENT_ON = "เรื่องนี้อยู่ในงานของส่วนงานนี้"
SAME_MATTER = "เป็นเรื่องเดียวกัน ติดตามต่อที่เรื่องเดิม"
BY_THEMSELVES = (Channel.WEB, Channel.API)
TEXTS = ("kind", "subject", "body", "anonymity", "agency", "name", "email", "phone", "address", "answer_by", "place", "channel", "language")


@dataclass
class Stage:
    """What a step needs to be played."""

    session: Session
    keyring: Keyring
    agencies: Mapping[str, Agency]
    people: Mapping[str, User]
    #: What was written on a slip of a box, by its place in the file.
    papers: Mapping[int, OnPaper]
    cases: list[Case] = field(default_factory=list)
    _actors: dict[int, Actor] = field(default_factory=dict)

    def actor(self, user: User) -> Actor:
        """The actor of a person, read once."""
        if user.id not in self._actors:
            self._actors[user.id] = accounts.actor_for(self.session, user)
        return self._actors[user.id]

    @property
    def coordinator(self) -> Actor:
        """Who routes."""
        return self.actor(self.people[COORDINATOR])

    def worker(self, case: Case) -> Actor:
        """The owner, or the coordinator of a case that nobody holds."""
        owner = next((user for user in self.people.values() if user.id == case.owner_id), None)
        return self.actor(owner) if owner else self.coordinator


Step = Mapping[str, Any]
Play = Callable[[Stage, Case, datetime, Step], object]


def load_cases(
    session: Session,
    now: datetime,
    keyring: Keyring,
    agencies: Mapping[str, Agency],
    people: Mapping[str, User],
    papers: Mapping[int, OnPaper],
) -> list[Case]:
    """Play all cases, oldest first; returns them in the order of the file."""
    stage = Stage(session, keyring, agencies, people, papers)
    for place, entry in enumerate(read("cases")):
        stage.cases.append(play(stage, now, place, entry))
    return stage.cases


def play(stage: Stage, now: datetime, place: int, entry: Mapping[str, Any]) -> Case:
    """One case with all its steps; ``place`` tells it from the others."""
    elapsed = sum(float(step["after_days"]) for step in entry["steps"])
    noise = timedelta(minutes=place * 37 % 240)
    moment = now - timedelta(days=max(float(entry["days_ago"]), elapsed)) - noise
    if place in stage.papers:
        moment = max(moment, stage.papers[place].ready_at)
    case = _submit(stage, moment, place, entry)
    if entry.get("unit") and entry["steps"] and case.unit_id != stage.agencies[entry["unit"]].id:  # unless a rule placed it there
        moment += timedelta(minutes=20)
        service.forward(
            stage.session, stage.coordinator, moment, case, stage.agencies[entry["unit"]], SENT_ON, row_version=case.row_version
        )
    for step in entry["steps"]:
        moment += timedelta(days=float(step["after_days"]))
        PLAYS[step["do"]](stage, case, moment, step)
    return case


def _submit(stage: Stage, moment: datetime, place: int, entry: Mapping[str, Any]) -> Case:
    if place in stage.papers:
        return type_case(stage.session, stage.coordinator, moment, stage.keyring, stage.papers[place], entry)
    typed: dict[str, Any] = {name: str(entry.get(name) or "") for name in TEXTS}
    submission = Submission(**typed, publish_consent=bool(entry["publish_consent"]), answers=entry.get("answers") or {})
    themselves = Channel(entry["channel"]) in BY_THEMSELVES
    receipt = service.submit(
        stage.session,
        VISITOR if themselves else stage.coordinator,
        moment,
        stage.keyring,
        submission,
        service.agency_of(stage.session, submission),
        scope=KeyScope.FORM if themselves else KeyScope.DESK,
        key=f"demonstration-{place}",
        home_agency=stage.agencies[HOME],
    )
    case = queries.by_number(stage.session, receipt.case_number)
    assert case
    return case


def _assign(stage: Stage, case: Case, at: datetime, step: Step) -> object:
    return service.assign(stage.session, stage.coordinator, at, case, stage.people[step["to"]], row_version=case.row_version)


def _start(stage: Stage, case: Case, at: datetime, _step: Step) -> object:
    return service.start(stage.session, stage.worker(case), at, case, row_version=case.row_version)


def _ask(stage: Stage, case: Case, at: datetime, step: Step) -> object:
    return service.ask(stage.session, stage.worker(case), at, case, step["body"], row_version=case.row_version)


def _note(stage: Stage, case: Case, at: datetime, step: Step) -> object:
    return service.note(stage.session, stage.worker(case), at, case, step["body"], row_version=case.row_version)


def _reply(stage: Stage, case: Case, at: datetime, step: Step) -> object:
    worker = stage.worker(case)
    return service.reply(stage.session, worker, at, case, step["body"], row_version=case.row_version, publish=case.publish_consent)


def _close(stage: Stage, case: Case, at: datetime, step: Step) -> object:
    words = {name: str(step.get(name) or "") for name in ("result", "disposition", "reason", "proof")}
    return service.close(stage.session, stage.worker(case), at, case, **words, row_version=case.row_version)


def _decline(stage: Stage, case: Case, at: datetime, step: Step) -> object:
    return service.decline(stage.session, stage.worker(case), at, case, step["reason"], row_version=case.row_version)


def _refer(stage: Stage, case: Case, at: datetime, step: Step) -> object:
    return service.refer(stage.session, stage.worker(case), at, case, step["to_th"], step["reason"], row_version=case.row_version)


def _merge(stage: Stage, case: Case, at: datetime, step: Step) -> object:
    into = stage.cases[step["into"]]
    return service.merge(stage.session, stage.coordinator, at, case, into, SAME_MATTER, row_version=case.row_version)


def _publish(stage: Stage, case: Case, at: datetime, _step: Step) -> object:
    text = service.propose_public_text(stage.session, case, stage.keyring)
    return service.publish(stage.session, stage.coordinator, at, case, text.subject, text.body, text.answer)


def _confirm(stage: Stage, case: Case, at: datetime, _step: Step) -> object:
    return service.confirm(stage.session, CITIZEN, at, case)


def _mark_about(stage: Stage, case: Case, at: datetime, step: Step) -> object:
    unit = stage.agencies[step["unit"]]
    return service.mark_about(stage.session, stage.coordinator, at, case, [], [unit], row_version=case.row_version)


def _pause(stage: Stage, case: Case, at: datetime, step: Step) -> object:
    until = (office_day(at) + timedelta(days=step["days"])).isoformat()
    worker = stage.worker(case)
    return service.pause(stage.session, worker, at, case, step["reason"], until, step["words"], row_version=case.row_version)


def _extend(stage: Stage, case: Case, at: datetime, step: Step) -> object:
    coordinator, days = stage.coordinator, str(step["days"])
    return service.extend(stage.session, coordinator, at, case, step["reason"], days, step["words"], row_version=case.row_version)


def _withdraw(stage: Stage, case: Case, at: datetime, step: Step) -> object:
    return service.withdraw(stage.session, CITIZEN, at, case, step.get("reason") or "", pressed=bool(step.get("pressed")))


PLAYS: dict[str, Play] = {
    "assign": _assign,
    "start": _start,
    "ask": _ask,
    "citizen_answer": lambda stage, case, at, step: service.citizen_answer(stage.session, CITIZEN, at, case, step["body"]),
    "citizen_add": lambda stage, case, at, step: service.citizen_add(stage.session, CITIZEN, at, case, step["body"]),
    "note": _note,
    "reply": _reply,
    "close": _close,
    "decline": _decline,
    "refer": _refer,
    "merge": _merge,
    "publish": _publish,
    "contest": lambda stage, case, at, step: service.contest(stage.session, CITIZEN, at, case, step["body"]),
    "confirm": _confirm,
    "mark_about": _mark_about,
    "withdraw": _withdraw,
    "pause": _pause,
    "extend": _extend,
}
