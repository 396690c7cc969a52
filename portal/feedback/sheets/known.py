"""Exports that are recognised without a profile: Google Forms and Traffy Fondue."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from portal.casework.rules import Anonymity, CaseKind, Channel
from portal.feedback.sheets.fields import Field, guessed_columns
from portal.feedback.sheets.plan import Plan, found_header_row, headings
from portal.feedback.sheets.reading.book import Book
from portal.feedback.sheets.reading.values import folded
from portal.kernel.messages import N_


@dataclass(frozen=True)
class KnownExport:
    """An export of another system: headings that it always has, and what they mean."""

    key: str
    label: str
    #: Each a group of spellings; one of every group must be there.
    marks: Sequence[Sequence[str]]
    fixed: dict[Field, str]
    #: The first group stands in the first column, always.
    leads: bool = False

    def fits(self, names: Sequence[str]) -> bool:
        """True if the headings are those of this export."""
        there = [folded(name) for name in names]
        leads = not self.leads or (there[:1] and there[0] in self.marks[0])
        return bool(leads) and all(set(there) & set(group) for group in self.marks)


TRAFFY = KnownExport(
    "traffy",
    N_("Traffy Fondue"),
    (("ticket_id", "ticket id"), ("comment", "description"), ("coords", "address", "timestamp")),
    {Field.KIND: CaseKind.GRIEVANCE.value, Field.CHANNEL: Channel.API.value, Field.ANONYMITY: Anonymity.ANONYMOUS.value},
)
GOOGLE_FORMS = KnownExport(
    "google_forms",
    N_("Google Forms"),
    (("ประทับเวลา", "timestamp"),),
    {Field.CHANNEL: Channel.API.value, Field.ANONYMITY: Anonymity.CONFIDENTIAL.value},
    leads=True,
)
KNOWN = (TRAFFY, GOOGLE_FORMS)
#: What the columns of Traffy mean; ``address`` is where it is, not where anybody lives.
_TRAFFY_COLUMNS = {
    "ticket_id": Field.REFERENCE,
    "ticket id": Field.REFERENCE,
    "comment": Field.BODY,
    "description": Field.BODY,
    "coords": Field.POINT,
    "address": Field.PLACE,
    "timestamp": Field.RECEIVED_AT,
    "state": Field.TAKE,
}


def recognised(book: Book, chosen: int, row: int | None = None) -> tuple[KnownExport, Plan] | None:
    """The export that this sheet is, with a plan for it; None for any other sheet."""
    sheet = book.sheets[chosen]
    row = row or found_header_row(sheet)
    names = headings(sheet, row)
    found = next((one for one in KNOWN if one.fits(names)), None)
    if found is None:
        return None
    plan = Plan(sheet=chosen, header_row=row, columns=guessed_columns(names), fixed=found.fixed)
    return found, _of_traffy(plan, names) if found is TRAFFY else _of_a_form(plan, names)


def _of_traffy(plan: Plan, names: Sequence[str]) -> Plan:
    columns: dict[Field, str] = {}
    for name in names:
        field = _TRAFFY_COLUMNS.get(folded(name))
        if field is not None:
            columns.setdefault(field, name)
    also = tuple(name for name in names if folded(name) in ("type", "photo", "type_id"))
    return replace(plan, columns=columns, also=also)


def _of_a_form(plan: Plan, names: Sequence[str]) -> Plan:
    """The first question that is nothing else holds the details, if no heading says which; the other questions stand below them."""
    used = set(plan.columns.values())
    rest = [name for name in names if name not in used]
    columns = dict(plan.columns)
    if Field.BODY not in columns and rest:
        columns[Field.BODY] = rest.pop(0)
    return replace(plan, columns=columns, also=tuple(rest))
