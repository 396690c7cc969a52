"""Taking in many cases that an officer brings at once: the same rows as ``submit`` makes, computed before the write and written in one go.

``prepare_many`` needs no lock: it looks up deadlines, encrypts identities, makes every value. ``submit_many``, inside a unit of work, draws
the numbers and writes. Why: ``docs/decisions/010-spreadsheets-in-one-short-write.md``. A test holds the rows to those of ``submit``.
"""

import json
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from portal.agencies.areas import area_of
from portal.agencies.models import Agency
from portal.audit.models import AuditEntry
from portal.audit.service import entry_values
from portal.casework import receipts
from portal.casework.models import Case, CaseEvent, CaseIdentity, SubmissionKey
from portal.casework.provinces import province_of
from portal.casework.queries.deadlines import Promises
from portal.casework.rules import Act, KeyScope, Status
from portal.casework.service.door import audit_detail, event_values
from portal.casework.service.making import case_values, check_received, count_on, identity_of, number_of
from portal.casework.service.submission import Checked
from portal.casework.tallies.keeping import keep
from portal.casework.tallies.rules import Cell, Facts, cells_of
from portal.db.bulk import Row, Rows, new_ids
from portal.kernel.actor import Actor
from portal.kernel.keyring import Keyring
from portal.outbox.evidence import evidence_changed
from portal.outbox.models import OutboxEvent

#: Between two mails of an import: others' mails pass between them.
MAIL_EVERY = timedelta(seconds=0.25)
#: What the key of an acknowledged case is a hash of; nobody holds it.
_NOBODYS_KEY_BYTES = 32
#: What the counters ask of a case that nobody has worked yet.
FRESH = {"unit_id": None, "counted": True, "is_open": True, "escalation_level": 0}


@dataclass(frozen=True)
class Incoming:
    """One matter. ``acknowledge``: it gets a code, and a mail with it where there is an address."""

    checked: Checked
    received_at: datetime
    topic_id: int | None = None
    acknowledge: bool = False


@dataclass
class _Made:
    """The rows of one case, with what their completion needs."""

    year: int
    detail: str
    case: Row
    event: Row
    entry: Row
    identity: Row | None = None
    key: Row | None = None
    mail: Row | None = None


@dataclass
class ManyPrepared:
    """Cases ready to be written, in their order."""

    agency_id: int
    made: list[_Made]
    cases: Rows
    events: Rows
    entries: Rows
    identities: Rows
    keys: Rows
    mails: Rows
    #: When they are stored.
    at: datetime = field(kw_only=True)
    #: What the figures gain by them.
    tally: Counter[Cell] = field(default_factory=Counter, kw_only=True)
    area: Sequence[str] = field(default=(), kw_only=True)


@dataclass(frozen=True)
class Taken:
    """A case that is in the database now."""

    case_id: int
    number: str


def prepare_many(
    session: Session, actor: Actor, now: datetime, keyring: Keyring, agency: Agency, incoming: Iterable[Incoming], mark: Mapping[str, str]
) -> ManyPrepared:
    """Everything that can be done before the lock. ``mark`` (codes) goes into the history and the trail of each, beside its channel.

    Raises ``Invalid`` for a day of receipt that is still to come.
    """
    dialect = session.get_bind().dialect
    tables = [Rows(model, dialect) for model in (Case, CaseEvent, AuditEntry, CaseIdentity, SubmissionKey, OutboxEvent)]
    prepared = ManyPrepared(agency.id, [], *tables, at=now, area=area_of(session, agency.id))
    promises = Promises(session, agency)
    for one in incoming:
        check_received(one.received_at, now)
        _add(prepared, actor, now, keyring, one, promises, mark)
    return prepared


def submit_many(session: Session, agency: Agency, prepared: ManyPrepared) -> Sequence[Taken]:
    """Write them, inside a unit of work that does little else. Whether the actor may is asked by who calls."""
    assert agency.id == prepared.agency_id
    count = len(prepared.made)
    ids, event_ids = new_ids(session, Case, count), new_ids(session, CaseEvent, count)
    numbers = _numbers(session, agency, [made.year for made in prepared.made])
    taken = [Taken(case_id, number) for case_id, number in zip(ids, numbers, strict=True)]
    for made, case, event_id in zip(prepared.made, taken, event_ids, strict=True):
        _complete(prepared, made, case, event_id)
    session.flush()
    connection = session.connection()
    for rows in (prepared.cases, prepared.identities, prepared.events, prepared.entries, prepared.keys, prepared.mails):
        rows.insert(connection)
    keep(connection, prepared.tally)
    evidence_changed(session, prepared.at, agency.id, ("cases", "channels"))
    return taken


def _add(
    prepared: ManyPrepared, actor: Actor, now: datetime, keyring: Keyring, one: Incoming, promises: Promises, mark: Mapping[str, str]
) -> None:
    checked = one.checked
    values = case_values(now, checked, prepared.agency_id, one.received_at, promises.of(checked.kind, one.received_at))
    issued = receipts.issue(keyring) if one.acknowledge else receipts.nobodys()
    province = province_of(checked.place, checked.lat, checked.lon, prepared.area)
    values |= {
        "topic_id": one.topic_id,
        "province": province,
        "receipt_key_id": issued.key_id,
        "receipt_hash": issued.hash,
        "row_version": 1,
    }
    detail = {"channel": checked.channel.value, **mark}
    event = event_values(actor, now, Act.SUBMIT, None, Status.RECEIVED, detail, 1)
    entry = entry_values(actor, now, Act.SUBMIT.event, "case", agency_id=prepared.agency_id)
    made = _Made(
        year=values["fiscal_year"],
        detail=json.dumps(audit_detail(None, Status.RECEIVED, detail))[1:],
        case=prepared.cases.add(values),
        event=prepared.events.add(event),
        entry=prepared.entries.add(entry | {"object_key": "", "detail": None}),
    )
    if row := identity_of(keyring, prepared.agency_id, checked):
        made.identity = prepared.identities.add(_columns(row))
    if one.acknowledge:
        made.key = prepared.keys.add(_key(keyring, now, receipts.seal(keyring, issued.code)))
    if one.acknowledge and checked.contact.email:
        due_at = now + MAIL_EVERY * len(prepared.mails.rows)
        made.mail = prepared.mails.add({"name": Act.SUBMIT.event, "payload": None, "created_at": now, "due_at": due_at})
    prepared.tally.update(cells_of(Facts._make(values.get(name, FRESH.get(name)) for name in Facts._fields)))
    prepared.made.append(made)


def _columns(row: CaseIdentity) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in inspect(CaseIdentity).column_attrs}


def _key(keyring: Keyring, now: datetime, receipt_enc: str) -> dict[str, Any]:
    """A row under which the first mail finds the code."""
    key_hash = keyring.mac("submission key", secrets.token_hex(_NOBODYS_KEY_BYTES))[1]
    return {"scope": KeyScope.DESK, "key_hash": key_hash, "body_hash": "", "receipt_enc": receipt_enc, "created_at": now}


def _numbers(session: Session, agency: Agency, years: Sequence[int]) -> list[str]:
    """In the order of the cases; of each fiscal year the counter is asked once."""
    following = {year: count_on(session, agency.id, year, count) - count for year, count in sorted(Counter(years).items())}
    numbers = []
    for year in years:
        following[year] += 1
        numbers.append(number_of(agency, year, following[year]))
    return numbers


def _complete(prepared: ManyPrepared, made: _Made, case: Taken, event_id: int) -> None:
    prepared.cases.set(made.case, "id", case.case_id)
    prepared.cases.set(made.case, "number", case.number)
    prepared.events.set(made.event, "id", event_id)
    prepared.events.set(made.event, "case_id", case.case_id)
    prepared.entries.set(made.entry, "object_key", case.number)
    prepared.entries.set(made.entry, "detail", f'{{"event": {event_id}, {made.detail}')
    if made.identity:
        prepared.identities.set(made.identity, "case_id", case.case_id)
    if made.key:
        prepared.keys.set(made.key, "case_id", case.case_id)
    if made.mail:
        prepared.mails.set(made.mail, "payload", f'{{"case_id": {case.case_id}, "event_id": {event_id}}}')
