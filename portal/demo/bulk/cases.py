"""One synthetic case after the other, as rows for the tables of casework; the number and the events' ids are given by who writes them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from random import Random
from typing import Any

from portal.casework.models import Case
from portal.casework.receipts import NO_KEY
from portal.casework.rules import ANSWERING, OPEN, Act, Anonymity, AnswerBy, Channel, Status
from portal.demo.bulk import lives
from portal.demo.bulk.binding import Binding, codes
from portal.demo.bulk.cast import Desk
from portal.demo.bulk.lives import Beat, Life
from portal.demo.bulk.words import Said, Words
from portal.kernel.actor import ActorKind
from portal.kernel.places import provinces
from portal.kernel.thai_calendar import BANGKOK, fiscal_year, office_day

Row = dict[str, Any]
WEB_SHARE = 0.6
#: Beside the website; all but the API are entered by the coordinator.
OTHER_CHANNELS = (Channel.TELEPHONE, Channel.WALK_IN, Channel.LINE, Channel.LETTER, Channel.BOX, Channel.FACEBOOK, Channel.API)
BY_THEMSELVES = frozenset({Channel.WEB.value, Channel.API.value})
CITIZENS_ACTS = frozenset({Act.CONTEST, Act.WITHDRAW})
COORDINATORS_ACTS = frozenset({Act.ASSIGN, Act.MERGE, Act.DECLINE, Act.REFER})
PROVINCES = tuple(sorted((place.code for place in provinces()), key=lambda code: (int(code) * 31) % 97))
BANGKOK_SECONDS = int(datetime(2026, 1, 1, tzinfo=BANGKOK).utcoffset().total_seconds())  # type: ignore[union-attr]  # aware
#: What a column says that nobody speaks of.
DEFAULTS: Row = {column.name: column.default.arg if column.default else None for column in Case.__table__.columns}
FIRST: Row = {
    **DEFAULTS,
    "language": "th",
    "anonymity": Anonymity.ANONYMOUS.value,
    "answer_by": AnswerBy.CODE.value,
    "receipt_key_id": NO_KEY,
}


@dataclass
class Made:
    """A case with its history: rows ready for ``binding.write``. ``words`` pair each row with the place of its event."""

    desk: Desk
    life: Life
    said: Said
    case: Row
    received_on: date
    first_due_on: date
    events: list[Row] = field(default_factory=list)
    words: list[tuple[int, Row]] = field(default_factory=list)
    barred_id: int | None = None


@dataclass
class Maker:
    """Makes cases for one load; ``start`` and ``now`` are seconds since 1970."""

    rng: Random
    words: Words
    desks: Mapping[str, Desk]
    binding: Binding
    start: float
    now: float
    #: By agency: a case that others may be merged into.
    _targets: dict[int, int] = field(default_factory=dict)

    def make(self, case_id: int, moment: float) -> Made:
        """A case received at ``moment``, with the life it had until now."""
        said = self.words.submission(self.rng)
        life = lives.draw(self.rng, said.matter.kind, (self.now - moment) / (self.now - self.start))
        made = self._received(case_id, said, life, moment)
        for beat, seconds in zip(life.beats, lives.times(self.rng, life, moment, self.now), strict=False):
            if beat.act is Act.MERGE and made.case["agency_id"] not in self._targets:
                break
            self._play(made, beat, seconds)
        if made.case["status"] not in (Status.MERGED, Status.WITHDRAWN):
            self._targets[made.case["agency_id"]] = case_id
        return made

    def _received(self, case_id: int, said: Said, life: Life, seconds: float) -> Made:
        at, desk, (day, year) = self.binding.moment(seconds), self.desks[said.matter.unit], day_of(seconds)
        due, basis = desk.office.promise(said.matter.kind, year, day)
        due_on = self.binding.day(due)
        channel = Channel.WEB if self.rng.random() < WEB_SHARE else self.rng.choice(OTHER_CHANNELS)
        case = {
            **FIRST,
            "id": case_id,
            "agency_id": desk.office.agency_id,
            "unit_id": desk.unit_id,
            "fiscal_year": year,
            "kind": said.matter.kind.value,
            "channel": channel.value,
            "subject": said.subject,
            "body": said.body,
            "place": said.place,
            "received_at": at,
            "recorded_at": at,
            "due_on": due_on,
            "first_due_on": due_on,
            "due_basis": basis,
            "province": self._province(),
            "receipt_hash": f"{self.rng.getrandbits(256):064x}",
        }
        return Made(desk, life, said, case, day, due)

    def _province(self) -> str:
        """Most of it from a few provinces, something from every one, and a third from nobody knows where."""
        return "" if self.rng.random() < 1 / 3 else PROVINCES[int(len(PROVINCES) * self.rng.random() ** 3)]

    def _play(self, made: Made, beat: Beat, seconds: float) -> None:
        case, at, version = made.case, self.binding.moment(seconds), len(made.events) + 1
        kind, actor_id = _actor(made, beat.act)
        detail = self._change(made, beat.act, at, seconds)
        case["status"], case["row_version"] = beat.new_code, version
        case["is_open"], case["counted"] = beat.new in OPEN, beat.new is not Status.MERGED
        event = {
            "case_id": case["id"],
            "at": at,
            "act": beat.act.value,
            "old_status": beat.old_code,
            "new_status": beat.new_code,
            "actor_kind": kind,
            "actor_id": actor_id,
            "detail": detail,
            "visible_to_citizen": beat.shown,
            "version": version,
        }
        made.events.append(event)
        for words, body in self.words.of_act(self.rng, beat.act, made.said.matter, made.life.disposition):
            row = {
                "case_id": case["id"],
                "kind": words.value,
                "author_kind": kind,
                "author_id": actor_id,
                "at": at,
                "body": body,
                "is_public": False,
            }
            made.words.append((version - 1, row))

    def _change(self, made: Made, act: Act, at: Any, seconds: float) -> str:
        """What the act does to the case beside its status; returns the codes and ids that its history keeps, as JSON."""
        case = made.case
        if act in ANSWERING:
            _count_answer(made, at, seconds)
        match act:
            case Act.SUBMIT:
                return codes(channel=case["channel"])
            case Act.ASSIGN:
                case["owner_id"] = self.rng.choice(made.desk.office.officer_ids)
                return codes(owner=case["owner_id"], owner_before=None)
            case Act.CLOSE | Act.REFER:
                assert made.life.disposition
                case["disposition"], case["closed_at"] = made.life.disposition.value, at
                return codes(disposition=case["disposition"])
            case Act.MERGE:
                case["merged_into_id"] = self._targets[case["agency_id"]]
                return codes(into=case["merged_into_id"])
            case Act.WITHDRAW:
                return codes(pressed=False)
            case Act.CONTEST:
                return self._contest(made, seconds)
        return codes()

    def _contest(self, made: Made, seconds: float) -> str:
        """One level up, without owner and unit, on a clock of its own; who answered keeps away."""
        case, owner = made.case, made.case["owner_id"]
        made.barred_id, case["owner_id"], case["unit_id"], case["escalation_level"] = owner, None, None, 1
        day, year = day_of(seconds)
        due, case["due_basis"] = made.desk.office.promise(made.said.matter.kind, year, day)
        case["due_on"] = self.binding.day(due)
        return codes(owner_before=owner, disposition_before=None)


def day_of(seconds: float) -> tuple[date, int]:
    """The Bangkok day and its fiscal year."""
    return _day((int(seconds) + BANGKOK_SECONDS) // 86_400)


@lru_cache(maxsize=5_000)
def _day(number: int) -> tuple[date, int]:
    day = office_day(datetime.fromtimestamp(number * 86_400 - BANGKOK_SECONDS, UTC))
    return day, fiscal_year(day)


def _actor(made: Made, act: Act) -> tuple[str, int | None]:
    office = made.desk.office
    if act is Act.SUBMIT and made.case["channel"] in BY_THEMSELVES:
        return ActorKind.VISITOR.value, None
    if act in CITIZENS_ACTS:
        return ActorKind.CITIZEN.value, None
    by_coordinator = act is Act.SUBMIT or act in COORDINATORS_ACTS
    return ActorKind.USER.value, office.coordinator_id if by_coordinator else made.case["owner_id"]


def _count_answer(made: Made, at: Any, seconds: float) -> None:
    case = made.case
    case["outcome_at"] = at
    if case["answered_at"] is None:
        day = day_of(seconds)[0]
        case["answered_at"] = at
        case["days_to_answer"] = (day - made.received_on).days
        case["answered_in_time"] = day <= made.first_due_on
