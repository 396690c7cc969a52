"""What is known about the columns of a file before anybody says it: a profile of the agency, a known export, else a guess."""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from portal.feedback.sheets import queries
from portal.feedback.sheets.fields import CODED, guessed_value
from portal.feedback.sheets.known import KnownExport, recognised
from portal.feedback.sheets.plan import Plan, different_values, first_plan, fitted, plan_of
from portal.feedback.sheets.reading.book import Book
from portal.feedback.sheets.reading.values import folded


@dataclass(frozen=True)
class Fit:
    """A plan to begin with; ``name`` of the profile or ``known`` export that it came from."""

    plan: Plan
    name: str = ""
    known: KnownExport | None = None


def fitting(session: Session, agency_id: int, book: Book, chosen: int = 0, row: int | None = None, wanted: str = "") -> Fit:
    """The profile that is ``wanted``, else the one that uses most of the headings, else a known export, else a guess."""
    profiles = [(profile.name, fitted(plan_of(profile.plan), book, chosen, row)) for profile in queries.profiles_of(session, agency_id)]
    found = [(name, plan) for name, plan in profiles if plan is not None]
    if found:
        name, plan = max(found, key=lambda pair: (pair[0] == wanted, len(pair[1].columns) + len(pair[1].also)))
        return Fit(plan, name)
    if known := recognised(book, chosen, row):
        return Fit(known[1], known=known[0])
    return Fit(first_plan(book, chosen, row))


def with_guesses(plan: Plan, book: Book) -> Plan:
    """The plan with every value matched that looks right."""
    different = different_values(book.sheets[plan.sheet], plan)
    values = {field: {folded(text): guessed_value(field, text, CODED[field]) for text in texts} for field, texts in different.items()}
    return replace(plan, values=values)
