"""Whom a case can be marked as about, and whom it is: what the selects hold. Codes are ``person:<id>`` and ``unit:<slug>``."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy.orm import Session
from wtforms.fields import SelectChoice

from portal.accounts import queries as accounts
from portal.accounts.heads import queries as heads
from portal.accounts.models import User
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.casework.desk.history import name_of
from portal.casework.models import Case
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import pick
from portal.web.language import language

PERSON, UNIT = "person:", "unit:"
Group = tuple[str, list[SelectChoice]]


@dataclass(frozen=True)
class Marks:
    """``names`` of whom the case is about, ``unsettled`` if its sender says so and nobody has said who it is."""

    names: Sequence[str]
    unsettled: bool
    choices: Sequence[Group]
    present: Sequence[SelectChoice]


def marks(session: Session, case: Case) -> Marks:
    """What stands on the page of one case."""
    rows = [row for row in case.about if not row.said_by_sender]
    present = [_person(row.user) if row.user else _unit(row.unit) for row in rows if row.user or row.unit]
    unsettled = len(rows) < len(case.about)
    return Marks([choice.label for choice in present], unsettled, _choices(session, case), present)


def chosen(session: Session, code: str) -> tuple[list[User], list[Agency]]:
    """The person or the unit behind a code; neither for an empty one. Raises ``Invalid`` for "about"."""
    if not code:
        return [], []
    if code.startswith(PERSON) and (user := accounts.by_public_id(session, code.removeprefix(PERSON))):
        return [user], []
    if code.startswith(UNIT) and (unit := agencies.by_slug(session, code.removeprefix(UNIT))):
        return [], [unit]
    raise Invalid({"about": [Message(N_("Choose whom it is about"))]})


def _choices(session: Session, case: Case) -> list[Group]:
    """Units and people of the agency that holds the case, and the heads of agencies above it."""
    inside = agencies.subtree_ids(session, [case.agency_id])
    above = heads.heads(session, [agency.id for agency in agencies.ancestors(session, case.agency)])
    units = [agency for agency in agencies.open_agencies(session) if agency.id in inside]
    groups = [
        (_("Units of this agency"), [_unit(unit) for unit in units]),
        (_("People of this agency"), _people(heads.people_of(session, inside))),
        (_("Heads of agencies above"), _people(head.user for head in above.values())),
    ]
    return [group for group in groups if group[1]]


def _people(found: Iterable[User]) -> list[SelectChoice]:
    return [_person(user) for user in found]


def _person(user: User) -> SelectChoice:
    position = pick(language(), user.position_th, user.position_en)
    return SelectChoice(value=PERSON + user.public_id, label=f"{name_of(user)} · {position}" if position else name_of(user))


def _unit(unit: Agency | None) -> SelectChoice:
    assert unit is not None
    return SelectChoice(value=UNIT + unit.slug, label=pick(language(), unit.name_th, unit.name_en))
