"""Rows of a file as submissions: what each would be as a case, and every fault by row and column. Asks no database."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from portal.casework.rules import Anonymity, AnswerBy
from portal.casework.service import Checked, Submission, validate
from portal.casework.texts import tidy, tidy_line
from portal.feedback.sheets.fields import CODED, FIXED, LEFT_OUT, NO_TOPIC, YES, Field
from portal.feedback.sheets.plan import Plan, headings
from portal.feedback.sheets.reading.book import Cell, Sheet, letter, place, row_of
from portal.feedback.sheets.reading.days import DayColumn, read, study
from portal.feedback.sheets.reading.values import folded, phone_of, point_of, text_of
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import office_day
from portal.kernel.thai_text import excerpt

#: Characters of the details that become the subject where there is none.
SUBJECT_OF_BODY = 100
REFERENCE_MOST = 120


@dataclass(frozen=True)
class RowFault:
    """What is wrong with one row; ``column`` is the letter, empty where it is the row as a whole."""

    row: int
    column: str
    heading: str
    message: Message


@dataclass(frozen=True)
class Candidate:
    """A row that can be taken."""

    row: int
    checked: Checked
    received_at: datetime
    topic: str
    reference: str
    #: What the row says, the same for the same words: its identity where there is no reference.
    content: tuple[str, ...]


@dataclass(frozen=True)
class Judgement:
    """A whole file. ``repeated``: rows that say what an earlier row of the file says; ``left_out`` by their state."""

    candidates: list[Candidate]
    faults: list[RowFault]
    days: DayColumn | None
    left_out: int = 0
    repeated: list[int] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many rows there were to judge."""
        return len(self.candidates) + len(self.bad_rows) + self.left_out + len(self.repeated)

    @property
    def bad_rows(self) -> set[int]:
        """Numbers of the rows that have a fault."""
        return {fault.row for fault in self.faults}


def judge(sheet: Sheet, plan: Plan, now: datetime, agency: str, most: int) -> Judgement:
    """Every row below the headings; ``agency`` is the slug, ``most`` how many rows an import may have."""
    judge_of = _Judge(sheet, plan, now, agency)
    rows = [(number, cells) for number, cells in sheet.rows if number > plan.header_row]
    if len(rows) > most:
        text = N_("The file has %(count)s rows, an import takes %(most)s; split the file and import the parts one after the other")
        return Judgement([], [RowFault(0, "", "", Message(text, {"count": f"{len(rows):,}", "most": f"{most:,}"}))], None)
    return judge_of.all(rows)


class _Judge:
    """Holds what is the same for all rows."""

    def __init__(self, sheet: Sheet, plan: Plan, now: datetime, agency: str) -> None:
        self._sheet, self._plan, self._now, self._agency = sheet, plan, now, agency
        names = headings(sheet, plan.header_row)
        self._names = names
        self._places = {key: names.index(name) for key, name in plan.columns.items() if name in names}
        self._also = [(name, names.index(name)) for name in plan.also if name in names]
        self._used = {*self._places.values(), *(column for _, column in self._also)}
        self._days = self._studied()
        self._broken = _broken_by_row(sheet.broken)

    def all(self, rows: Sequence[tuple[int, list[Cell]]]) -> Judgement:
        candidates: list[Candidate] = []
        faults: list[RowFault] = []
        left_out, repeated = 0, []
        seen: dict[tuple[str, ...], Candidate] = {}
        for number, cells in rows:
            if self._code(Field.TAKE, cells) == LEFT_OUT:
                left_out += 1
                continue
            found = self._one(number, cells)
            if isinstance(found, list):
                faults += sorted(found, key=_by_column)
            elif (earlier := _same(seen, found)) is None:
                seen[("reference", found.reference) if found.reference else found.content] = found
                seen.setdefault(found.content, found)
                candidates.append(found)
            elif earlier.content == found.content:
                repeated.append(number)
            else:
                faults.append(
                    self._fault(
                        number,
                        Field.REFERENCE,
                        Message(N_("Row %(row)s has the same number and says something else"), {"row": earlier.row}),
                    )
                )
        return Judgement(candidates, faults, self._days, left_out, repeated, self._merged())

    def _one(self, number: int, cells: list[Cell]) -> Candidate | list[RowFault]:
        faults = list(self._broken_cells(number))
        said_at = self._said_at(number, cells, faults)
        submission = self._submission(number, cells, faults)
        reference = tidy_line(self._text(Field.REFERENCE, cells))
        if len(reference) > REFERENCE_MOST:
            faults.append(self._fault(number, Field.REFERENCE, Message(N_("At most %(most)d characters"), {"most": REFERENCE_MOST})))
        checked = self._checked(number, submission, faults)
        if faults or checked is None:
            return faults
        received_at = min(said_at or self._now, self._now)  # nine o'clock of today may be still to come
        return Candidate(number, checked, received_at, submission.topic, reference, _content(checked, said_at))

    def _said_at(self, number: int, cells: list[Cell], faults: list[RowFault]) -> datetime | None:
        """When it came in by its own column; None without one."""
        if self._days is None:
            return None
        cell = self._cell(Field.RECEIVED_AT, cells)
        moment = read(cell, self._days)
        if moment is None:
            text = N_("Write a day, for example 5/12/2570 or 5 ธันวาคม 2570")
            faults.append(self._fault(number, Field.RECEIVED_AT, Message(text)))
        elif moment > self._now and office_day(moment) > office_day(self._now):
            faults.append(self._fault(number, Field.RECEIVED_AT, Message(N_("The day of receipt cannot lie in the future"))))
        return moment

    def _submission(self, number: int, cells: list[Cell], faults: list[RowFault]) -> Submission:
        body = self._body(cells)
        subject = tidy_line(self._text(Field.SUBJECT, cells)) or excerpt(tidy(self._text(Field.BODY, cells)), SUBJECT_OF_BODY)
        email = self._text(Field.EMAIL, cells).strip()
        codes = {key: self._coded(number, key, cells, faults) for key in CODED if key is not Field.TAKE}
        lat, lon = self._point(number, cells, faults)
        answer_by = codes[Field.ANSWER_BY] or (AnswerBy.EMAIL.value if email else AnswerBy.CODE.value)
        return Submission(
            kind=codes[Field.KIND],
            subject=subject,
            body=body,
            anonymity=codes[Field.ANONYMITY],
            agency=self._agency,
            topic="" if codes[Field.TOPIC] == NO_TOPIC else codes[Field.TOPIC],
            phone=phone_of(self._cell(Field.PHONE, cells)),
            answer_by=answer_by,
            lat=lat,
            lon=lon,
            publish_consent=codes[Field.PUBLISH_CONSENT] == YES,
            channel=codes[Field.CHANNEL],
            name=self._text(Field.NAME, cells),
            email=email,
            address=self._text(Field.ADDRESS, cells),
            place=self._text(Field.PLACE, cells),
        )

    def _body(self, cells: list[Cell]) -> str:
        """The details, and below them the other questions, each under its heading."""
        parts = [self._text(Field.BODY, cells)]
        for name, column in self._also:
            if text := text_of(_at(cells, column)).strip():
                parts.append(f"{name}: {text}")
        return "\n".join(part for part in parts if part.strip())

    def _checked(self, number: int, submission: Submission, faults: list[RowFault]) -> Checked | None:
        try:
            checked = validate(submission)
        except Invalid as invalid:
            known = {fault.heading for fault in faults}
            for name, messages in invalid.fields.items():
                if name == Field.SUBJECT and Field.SUBJECT not in self._places:
                    continue  # made of the details, which are at fault themselves
                fault = self._fault(number, Field(name) if name in list(Field) else None, messages[0])
                if not fault.heading or fault.heading not in known:
                    faults.append(fault)
            return None
        hidden = [submission.name, submission.phone, submission.address]
        if checked.anonymity is Anonymity.ANONYMOUS and any(text.strip() for text in hidden):
            text = N_("Name, number and address are not kept without a name: take them out, or choose another answer here")
            faults.append(self._fault(number, Field.ANONYMITY, Message(text)))
        return checked

    def _coded(self, number: int, key: Field, cells: list[Cell], faults: list[RowFault]) -> str:
        """The code, or the one for the whole file where nothing stands; a value that nobody matched is a fault."""
        code = self._code(key, cells)
        if code is None:
            value = excerpt(self._text(key, cells), 60)
            faults.append(self._fault(number, key, Message(N_("Nobody has said what “%(value)s” means"), {"value": value})))
        return code or ""

    def _code(self, key: Field, cells: list[Cell]) -> str | None:
        text = self._text(key, cells).strip()
        if not text:
            return self._plan.fixed.get(key, "") if key in FIXED else ""
        return self._plan.values.get(key, {}).get(folded(text)) or None

    def _point(self, number: int, cells: list[Cell], faults: list[RowFault]) -> tuple[str, str]:
        text = self._text(Field.POINT, cells).strip()
        if not text:
            return self._text(Field.LAT, cells).strip(), self._text(Field.LON, cells).strip()
        point = point_of(text)
        if point is None:
            faults.append(self._fault(number, Field.POINT, Message(N_("Latitude and longitude are given together, as numbers of degrees"))))
        return point or ("", "")

    def _text(self, key: Field, cells: list[Cell]) -> str:
        return text_of(self._cell(key, cells))

    def _cell(self, key: Field, cells: list[Cell]) -> Cell:
        return _at(cells, self._places[key]) if key in self._places else None

    def _fault(self, number: int, key: Field | None, message: Message) -> RowFault:
        if key is None or key not in self._places:
            return RowFault(
                number, "", "", message if key is None else Message("%(field)s: %(said)s", {"field": Message(key.label), "said": message})
            )
        column = self._places[key]
        return RowFault(number, letter(column), self._names[column], message)

    def _studied(self) -> DayColumn | None:
        if Field.RECEIVED_AT not in self._places:
            return None
        column = self._places[Field.RECEIVED_AT]
        cells = (_at(cells, column) for number, cells in self._sheet.rows if number > self._plan.header_row)
        return study(cells, office_day(self._now), self._plan.day_order)

    def _broken_cells(self, number: int) -> Iterator[RowFault]:
        for name, what in self._broken.get(number, ()):
            column = next((column for column in self._used if place(number, column) == name), None)
            if column is not None:
                yield RowFault(number, letter(column), self._names[column], _broken_message(name, what))

    def _merged(self) -> list[str]:
        """Ranges that reach below the headings."""
        return [one for one in self._sheet.merged if row_of(one.partition(":")[2]) > self._plan.header_row]


def _same(seen: Mapping[tuple[str, ...], Candidate], found: Candidate) -> Candidate | None:
    """An earlier row with the same number, or that says the same and has no number of its own."""
    if found.reference:
        return seen.get(("reference", found.reference))
    return seen.get(found.content)


def _by_column(fault: RowFault) -> tuple[bool, int, str]:
    """In the order of the sheet; what is no column's comes last."""
    return not fault.column, len(fault.column), fault.column


def _content(checked: Checked, said_at: datetime | None) -> tuple[str, ...]:
    contact = checked.contact
    day = said_at.isoformat() if said_at else ""
    parts = (checked.subject, checked.body, checked.place, contact.name, contact.email, contact.phone)
    return (day, *map(tidy_line, parts))  # another spelling of the same words is the same row


def _broken_message(name: str, what: str) -> Message:
    if what == "formula":
        return Message(
            N_("Cell %(cell)s is a formula that was saved without its value; open the file in a spreadsheet program and save it"),
            {"cell": name},
        )
    return Message(N_("Cell %(cell)s shows the error %(error)s"), {"cell": name, "error": what[:20]})


def _broken_by_row(broken: Mapping[str, str]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    for name, what in broken.items():
        found.setdefault(row_of(name), []).append((name, what))
    return found


def _at(cells: Sequence[Cell], column: int) -> Cell:
    return cells[column] if column < len(cells) else None
