"""An opening as it was typed, and what it says once it is read."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from portal.feedback.boxes.models import Box, BoxKeyHolder, BoxOpening
from portal.feedback.boxes.reading import Reading
from portal.feedback.boxes.rules import COUNT_MOST, ROLE_MOST, WITNESSES_MOST, WORDS_MOST, Seal, Sector
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import BANGKOK, format_datetime, office_day
from portal.kernel.thai_text import normalise

NAME_MOST = 200
#: Before names, so that "นายมานะ ดี" and "มานะ ดี" are one person.
_TITLES = re.compile(r"^(?:นางสาว|น\.ส\.|นาง|นาย|ด\.ช\.|ด\.ญ\.|ดร\.|mrs|mr|ms|miss|dr)\.?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class WitnessEntry:
    """One row of witnesses; an empty one is left out."""

    name: str = ""
    sector: str = ""
    role: str = ""
    shows_name: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing was typed."""
        return not (self.name.strip() or self.sector or self.role.strip())


@dataclass(frozen=True)
class OpeningEntry:
    """The fields of an opening; ``openers`` are numbers of key holders."""

    day: str = ""
    time: str = ""
    openers: Sequence[str] = ()
    witnesses: Sequence[WitnessEntry] = field(default=())
    seal: str = ""
    slips: str = ""
    note: str = ""


@dataclass(frozen=True)
class Checked:
    """An opening that can be kept."""

    opened_at: datetime
    seal: Seal
    slips: int
    note: str
    openers: Sequence[BoxKeyHolder]
    witnesses: Sequence[dict[str, Any]]


def checked_opening(
    typed: OpeningEntry, now: datetime, box: Box, holders: Sequence[BoxKeyHolder], before: BoxOpening | None, insiders: Collection[str]
) -> Checked:
    """Raises ``Invalid`` with every field at fault. ``before`` is the opening recorded last, ``insiders`` names of the agency."""
    read = Reading()
    opened_at = _moment(read, typed, now, box, before)
    openers = _openers(read, typed.openers, holders, opened_at)
    witnesses = _witnesses(read, typed.witnesses, {same_name(name) for name in insiders})
    seal = read.code("seal", typed.seal, Seal)
    slips = read.whole("slips", typed.slips, 0, COUNT_MOST)
    note = read.line("note", typed.note, WORDS_MOST)
    read.done()
    assert opened_at is not None
    assert seal is not None
    assert slips is not None
    return Checked(opened_at, seal, slips, note, openers, witnesses)


def same_name(name: str) -> str:
    """What makes two spellings one name."""
    return _TITLES.sub("", " ".join(normalise(name).split())).replace(" ", "").casefold()


def _moment(read: Reading, typed: OpeningEntry, now: datetime, box: Box, before: BoxOpening | None) -> datetime | None:
    day = read.day("day", typed.day, N_("Write on which day the box was opened"))
    clock = read.time("time", typed.time)
    if day is None or clock is None:
        return None
    moment = datetime.combine(day, clock, tzinfo=BANGKOK)
    if moment > now:
        read.fault("day" if day > office_day(now) else "time", N_("A box cannot have been opened in the future"))
    elif day < box.set_up_on:
        read.fault("day", N_("The box was not there yet on this day"))
    elif before is not None and moment <= before.opened_at:
        words = N_("The opening before was at %(moment)s; openings are recorded in their order, each once")
        read.fault("day", words, moment=format_datetime(before.opened_at, "th"))
    return moment


def _openers(read: Reading, typed: Sequence[str], holders: Sequence[BoxKeyHolder], moment: datetime | None) -> list[BoxKeyHolder]:
    chosen = [holder for holder in holders if str(holder.number) in typed]
    if not chosen:
        read.fault("openers", N_("Choose at least one key holder who opened the box"))
    if moment and "day" not in read.wrong and not all(holder.held_on(office_day(moment)) for holder in chosen):
        read.fault("openers", N_("One of these did not hold the key on that day; look at the list of key holders"))
    return chosen


def _witnesses(read: Reading, typed: Sequence[WitnessEntry], insiders: Collection[str]) -> list[dict[str, Any]]:
    rows = [(place, witness) for place, witness in enumerate(typed[:WITNESSES_MOST]) if not witness.is_empty]
    if not rows:
        read.fault("witness_0_name", N_("Name at least one witness from outside the agency"))
    return [_witness(read, f"witness_{place}", witness, insiders) for place, witness in rows]


def _witness(read: Reading, prefix: str, typed: WitnessEntry, insiders: Collection[str]) -> dict[str, Any]:
    name = read.line(f"{prefix}_name", typed.name, NAME_MOST, N_("Write the name of the witness; it need not be shown in public"))
    if name and same_name(name) in insiders:
        read.fault(f"{prefix}_name", N_("This is somebody of the agency; a witness comes from outside"))
    sector = read.code(f"{prefix}_sector", typed.sector, Sector)
    role = read.line(f"{prefix}_role", typed.role, ROLE_MOST)
    return {"name": name, "sector": sector, "role": role, "shows_name": typed.shows_name}
