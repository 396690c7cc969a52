"""Slips by their number and by their code."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from portal.casework import receipts
from portal.feedback.boxes.models import Box, BoxSlip, BoxSlipSeries
from portal.feedback.boxes.slip_number import SlipNumber
from portal.kernel.keyring import Keyring


@dataclass(frozen=True)
class Printed:
    """A series and how many of its slips are cases."""

    series: BoxSlipSeries
    used: int


def series_of(session: Session, box: Box) -> list[Printed]:
    """The series of a box, newest first; two queries."""
    wanted = select(BoxSlipSeries).where(BoxSlipSeries.box_id == box.id).options(joinedload(BoxSlipSeries.printed_by))
    rows: Sequence[BoxSlipSeries] = session.scalars(wanted.order_by(BoxSlipSeries.number.desc())).all()
    used = select(BoxSlip.series_id, func.count()).where(BoxSlip.series_id.in_([row.id for row in rows]), BoxSlip.case_id.is_not(None))
    counted = dict(session.execute(used.group_by(BoxSlip.series_id)).all())
    return [Printed(row, counted.get(row.id, 0)) for row in rows]


def series_by_number(session: Session, box: Box, number: int, *, lock: bool = False) -> BoxSlipSeries | None:
    """A series of the box."""
    wanted = select(BoxSlipSeries).where(BoxSlipSeries.box_id == box.id, BoxSlipSeries.number == number)
    return session.scalar(wanted.with_for_update() if lock else wanted)


def by_number(session: Session, number: SlipNumber, *, lock: bool = False) -> BoxSlip | None:
    """The slip of the whole portal with this number."""
    there = BoxSlipSeries.number == number.series, BoxSlip.serial == number.serial
    wanted = select(BoxSlip).join(BoxSlipSeries).where(*there).options(joinedload(BoxSlip.series).joinedload(BoxSlipSeries.box))
    return session.scalar(wanted.with_for_update(of=BoxSlip).execution_options(populate_existing=True) if lock else wanted)


def of_sheet(session: Session, sheet_id: int) -> BoxSlip | None:
    """What the sheet was taken for, its series loaded."""
    return session.scalar(select(BoxSlip).where(BoxSlip.sheet_id == sheet_id).options(joinedload(BoxSlip.series)))


def waiting(session: Session, keyring: Keyring, digits: str, today: date) -> BoxSlip | None:
    """The slip whose stub has this code (digits) while nothing was typed from it and its series is good."""
    good = BoxSlipSeries.cancelled_at.is_(None), BoxSlipSeries.good_until >= today
    there = BoxSlip.code_hash.in_(receipts.hashes(keyring, digits)), BoxSlip.case_id.is_(None)
    loaded = joinedload(BoxSlip.series).joinedload(BoxSlipSeries.box).joinedload(Box.agency)
    return session.scalar(select(BoxSlip).join(BoxSlipSeries).where(*there, *good).options(loaded))
