"""Whom a case can be given to, and where it can be sent: what the page's selects hold."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from flask_babel import gettext as _
from sqlalchemy.orm import Session
from wtforms.fields import SelectChoice

from portal.accounts.absence.models import Absence
from portal.accounts.absence.queries import absent_on
from portal.accounts.models import User
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE
from portal.casework import policy, queries
from portal.casework.desk.history import name_of
from portal.casework.models import Case
from portal.casework.rules import Act, possible
from portal.casework.snooze.rules import days
from portal.kernel.actor import CASE_ROLES, Actor
from portal.kernel.thai_calendar import format_date_short
from portal.kernel.thai_text import pick
from portal.web.language import language

TAKE = ""


@dataclass(frozen=True)
class Owners:
    """``choices`` of the select; without ``others`` there is only oneself to choose."""

    choices: list[SelectChoice]
    chosen: str
    others: bool
    #: By the address of somebody who is away and takes nothing new: who stands in and may be given the case, as address and name.
    instead: dict[str, tuple[str, str]] = field(default_factory=dict)


def owners(session: Session, actor: Actor, case: Case, today: date) -> Owners:
    """Oneself first (the empty value), then everybody who may own the case, each with their open cases and until when they are away."""
    load = queries.open_per_owner(session, case.agency_id)
    others = _candidates(session, actor, case) if policy.can_assign(actor, case) else []
    mine = [_choice(TAKE, _("Myself"), load.get(actor.user_id or 0, 0))] if policy.can_take(actor, case) else []
    away = absent_on(session, [user.id for user in others], today)
    choices = [*mine, *(_choice(user.email, name_of(user), load.get(user.id, 0), away.get(user.id)) for user in others)]
    chosen = next((user.email for user in others if user.id == case.owner_id), TAKE)
    here = {user.id for user in others} - set(away) | {actor.user_id}
    offers = [(row.user.email, row.substitute) for row in away.values() if not row.takes_new and row.substitute_id in here]
    instead = {email: (one.email, name_of(one)) for email, one in offers if one is not None}
    return Owners(choices, chosen, bool(others), instead)


def _candidates(session: Session, actor: Actor, case: Case) -> list[User]:
    people = [*queries.independent(session, case, case.agency_id, CASE_ROLES), *queries.judges(session, case)]
    return [user for user in dict.fromkeys(people) if user.id != actor.user_id]


def _choice(value: str, name: str, load: int, away: Absence | None = None) -> SelectChoice:
    if away is not None:
        until = format_date_short(away.last_day, language())
        if away.substitute is None:
            label = _("%(name)s (away until %(day)s, nobody stands in, %(count)s open)", name=name, day=until, count=load)
        else:
            stands_in = name_of(away.substitute)
            label = _("%(name)s (away until %(day)s, %(who)s stands in, %(count)s open)", name=name, day=until, who=stands_in, count=load)
        return SelectChoice(value=value, label=label)
    return SelectChoice(value=value, label=_("%(name)s (%(count)s open)", name=name, count=load))


def day_choices(case: Case, today: date) -> list[SelectChoice]:
    """The days on which a case that is laid by may come back."""
    return [SelectChoice(value=day.isoformat(), label=day_name(day, today)) for day in days(case.due_on, today)]


def day_name(day: date, today: date) -> str:
    """A day, and how far ahead it lies."""
    ahead, written = (day - today).days, format_date_short(day, language())
    name: str = _("Tomorrow, %(day)s", day=written) if ahead == 1 else _("In %(count)s days, %(day)s", count=ahead, day=written)
    return name


@dataclass(frozen=True)
class Targets:
    """A group of the select of places."""

    label: str
    places: list[tuple[str, str]]


def every_open(session: Session) -> dict[int, Agency]:
    """Every agency and unit that takes something new, by id."""
    return {agency.id: agency for agency in agencies.open_agencies(session)}


def targets(every: dict[int, Agency], case: Case) -> list[Targets]:
    """Units of the agency that holds the case, then other agencies; without the place where it is."""
    units = [agency for agency in every.values() if root_among(every, agency).id == case.agency_id]
    others = [agency for agency in every.values() if agency.level in ADDRESSABLE and agency.id != case.agency_id]
    groups = [
        Targets(_("Units of this agency"), named_places(units, case) if possible(Act.FORWARD_UNIT, case.status) else []),
        Targets(_("Other agencies"), named_places(others, case) if possible(Act.FORWARD_AGENCY, case.status) else []),
    ]
    return [group for group in groups if group.places]


def named_places(found: Sequence[Agency], case: Case) -> list[tuple[str, str]]:
    """Slug and name of each, without the place where the case lies."""
    here = case.unit_id or case.agency_id
    return [(agency.slug, pick(language(), agency.name_th, agency.name_en)) for agency in found if agency.id != here]


def root_among(every: dict[int, Agency], agency: Agency) -> Agency:
    """The same as ``agencies.root_of``, over agencies that are already read."""
    while agency.level not in ADDRESSABLE and agency.parent_id in every:
        agency = every[agency.parent_id]
    return agency
