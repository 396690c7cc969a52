"""Slips: printed with codes, given to cases, cancelled, wiped when they are over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, or_, select, text, update
from sqlalchemy.orm import Session

from portal.casework import receipts
from portal.casework.models import Case
from portal.feedback.boxes import policy
from portal.feedback.boxes.models import Box, BoxSlip, BoxSlipSeries
from portal.feedback.boxes.queries import slips
from portal.feedback.boxes.reading import Reading
from portal.feedback.boxes.rules import SERIES_LIFE, SLIPS_MOST
from portal.feedback.boxes.service.acts import allow, check_hangs, done
from portal.feedback.boxes.slip_number import Mistyped, SlipNumber, read_slip_number
from portal.feedback.transcribing.models import Sheet
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message
from portal.kernel.receipt_code import format_code
from portal.kernel.thai_calendar import office_day

#: Any fixed number; one series at a time on PostgreSQL, SQLite has one writer anyway.
SERIES_LOCK = 255002


@dataclass(frozen=True)
class Fresh:
    """A slip to be printed; ``code`` (five groups) is nowhere else."""

    number: SlipNumber
    code: str


def new_series(
    session: Session, actor: Actor, now: datetime, keyring: Keyring, box: Box, count: str
) -> tuple[BoxSlipSeries, Sequence[Fresh]]:
    """A series of slips and their codes. Print them only after the unit of work has committed. Raises ``Invalid`` for "count"."""
    allow(policy.can_keep(actor, box.agency_id))
    check_hangs(box)
    read = Reading()
    wanted = read.whole("count", count, 1, SLIPS_MOST)
    read.done()
    assert wanted is not None
    today = office_day(now)
    series = BoxSlipSeries(
        box_id=box.id,
        number=_next_number(session),
        slips=wanted,
        printed_at=now,
        printed_by_id=actor.user_id,
        good_until=today + SERIES_LIFE,
    )
    session.add(series)
    session.flush()
    issued = [receipts.issue(keyring) for _ in range(wanted)]
    rows = [
        {"series_id": series.id, "serial": place, "code_key_id": one.key_id, "code_hash": one.hash}
        for place, one in enumerate(issued, start=1)
    ]
    session.execute(insert(BoxSlip), rows)
    done(session, actor, now, box, "box.slips_printed", {"series": series.number, "slips": wanted})
    return series, [Fresh(SlipNumber(series.number, place), format_code(one.code)) for place, one in enumerate(issued, start=1)]


def cancel_series(session: Session, actor: Actor, now: datetime, box: Box, series: BoxSlipSeries) -> None:
    """Lost, misprinted or copied: codes that are not a case's yet hold no more."""
    allow(policy.can_keep(actor, box.agency_id))
    if series.cancelled_at is not None:
        raise Conflict(Message(N_("This series is cancelled already")))
    series.cancelled_at = now
    _wipe(session, [series.id])
    done(session, actor, now, box, "box.slips_cancelled", {"series": series.number})


def find_slip(session: Session, now: datetime, box: Box, sheet: Sheet, typed: str) -> BoxSlip:
    """The slip with this number, locked, for a sheet of an opening of ``box``. Raises ``Invalid`` for "slip_number" with what is wrong."""
    try:
        number = read_slip_number(typed)
    except Mistyped:
        raise _wrong(N_("This number stands on no slip; compare it letter by letter. It looks like ก12-0345")) from None
    slip = slips.by_number(session, number, lock=True)
    fault = _fault(slip, box, sheet, now)
    if fault or slip is None:
        raise _wrong(fault)
    return slip


def bind(session: Session, sheet: Sheet, slip: BoxSlip | None) -> None:
    """The sheet is this slip, or none that was printed here; what it was taken for before is free again."""
    before = slips.of_sheet(session, sheet.id)
    if before is not None and before is not slip:
        before.sheet_id = None
        session.flush()
    if slip is not None:
        slip.sheet_id = sheet.id
        session.flush()


def give_code(session: Session, slip: BoxSlip, case: Case) -> None:
    """The case gets the code that its writer tore off; the hash moves, so that the code opens one thing."""
    assert slip.code_key_id is not None
    assert slip.code_hash is not None
    key_id, digest = slip.code_key_id, slip.code_hash
    slip.case_id, slip.code_key_id, slip.code_hash = case.id, None, None
    session.flush()
    receipts.take_over(session, case, key_id, digest)


def renew(session: Session, keyring: Keyring, slip_id: int, code: str) -> None:
    """Keep the hash of a code that somebody knows (digits) under the newest key."""
    key_id, digest = receipts.hashed(keyring, code)
    old = BoxSlip.id == slip_id, BoxSlip.code_hash.in_(receipts.hashes(keyring, code)), BoxSlip.code_key_id != key_id
    session.execute(update(BoxSlip).where(*old).values(code_key_id=key_id, code_hash=digest))


def sweep(session: Session, now: datetime) -> None:
    """Wipe the hashes of series that are over."""
    over = select(BoxSlipSeries.id).where(or_(BoxSlipSeries.good_until < office_day(now), BoxSlipSeries.cancelled_at.is_not(None)))
    session.execute(
        update(BoxSlip).where(BoxSlip.series_id.in_(over), BoxSlip.code_hash.is_not(None)).values(code_hash=None, code_key_id=None)
    )


def _fault(slip: BoxSlip | None, box: Box, sheet: Sheet, now: datetime) -> str:
    if slip is None:
        return N_("No slip with this number was ever printed here; type it without a number")
    if slip.series.box.agency_id != box.agency_id:
        return N_("This slip was printed for a box of another agency; type it without a number")
    if slip.series.box_id != box.id:
        return N_("This slip was printed for another box; type it without a number")
    if slip.case_id is not None or slip.sheet_id not in (None, sheet.id):
        return N_("This slip was typed already; look whether it is the same sheet")
    if slip.series.cancelled_at is not None:
        return N_("The series of this slip is cancelled, its code holds no more; type it without a number")
    if slip.code_hash is None or slip.series.good_until < office_day(now):
        return N_("This slip is too old, its code holds no more; type it without a number")
    return ""


def _wrong(text: str) -> Invalid:
    return Invalid({"slip_number": [Message(text)]})


def _wipe(session: Session, series_ids: Sequence[int]) -> None:
    session.execute(update(BoxSlip).where(BoxSlip.series_id.in_(series_ids)).values(code_hash=None, code_key_id=None))


def _next_number(session: Session) -> int:
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": SERIES_LOCK})
    return (session.scalar(select(func.max(BoxSlipSeries.number))) or 0) + 1
