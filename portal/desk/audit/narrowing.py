"""What a reader asks the trail for, and the query that it makes of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session
from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice

from portal.accounts.models import User
from portal.accounts.policy import visible_to
from portal.accounts.queries import realm_of
from portal.audit.models import AuditEntry
from portal.audit.queries import trail
from portal.casework import policy
from portal.casework.models import Case
from portal.desk.audit.acts import GROUPS
from portal.kernel.actor import Actor, Role
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import BANGKOK
from portal.kernel.thai_text import normalise, sort_key
from portal.kernel.written_day import read_day
from portal.web.forms import PortalForm

ACT_MOST, OBJECT_MOST = 60, 120


@dataclass(frozen=True)
class Wanted:
    """What was asked for, understood; ``person`` is an internal id, days are of Bangkok and both included."""

    object_key: str = ""
    act: str = ""
    person: int | None = None
    since: date | None = None
    until: date | None = None

    def detail(self) -> dict[str, Any]:
        """For the trail: what somebody took out."""
        days = {"since": self.since.isoformat() if self.since else None, "until": self.until.isoformat() if self.until else None}
        said = {"of": self.object_key, "acts": self.act, "person": self.person, **days}
        return {key: value for key, value in said.items() if value}


class NarrowForm(PortalForm):
    """By person (public id), object, act, and time. Names never stand in an address."""

    person = SelectField(N_("Person"), choices=list, validate_choice=False)
    object = StringField(N_("Case number, page or setting"))
    act = SelectField(N_("Act"), choices=list, validate_choice=False)
    since = StringField(N_("From day"))
    until = StringField(N_("Until day"))

    def offering(self, session: Session, actor: Actor) -> "NarrowForm":
        """The form with its choices; an act that is no group of the select stays one."""
        self.person.choices = [SelectChoice(value="", label=_("Everybody")), *_people(session, actor)]
        acts = {**GROUPS, **({self.act.data: self.act.data} if self.act.data and self.act.data not in GROUPS else {})}
        self.act.choices = [SelectChoice(value=code, label=_(text)) for code, text in acts.items()]
        return self

    def wanted(self, session: Session, actor: Actor) -> Wanted:
        """What is asked for; what cannot be read gets its error, and counts for nothing."""
        self.act.data = normalise(self.act.data or "").strip()  # comes out of an address, so it may be anything
        return Wanted(
            object_key=(self.object.data or "")[:OBJECT_MOST],
            act=self.act.data[:ACT_MOST],
            person=self._person(session, actor),
            since=self._day(self.since),
            until=self._day(self.until),
        )

    def _person(self, session: Session, actor: Actor) -> int | None:
        if not self.person.data:
            return None
        seen = select(User.id).where(User.public_id == self.person.data, visible_to(realm_of(session, actor)))
        found = session.scalar(seen) if self.person.data.isalnum() else None
        if found is None:
            self.person.errors, self.person.data = [_("Choose one of the options")], ""
        return found

    def _day(self, field: StringField) -> date | None:
        day = read_day(field.data or "")
        if field.data and day is None:
            field.errors = [_("Write a day, for example 5/12/2570 or 5 ธันวาคม 2570")]
        return day


def _people(session: Session, actor: Actor) -> list[SelectChoice]:
    """Everybody whom the administrator looks after, those who left as well."""
    rows = session.execute(select(User.public_id, User.name_th).where(visible_to(realm_of(session, actor)))).all()
    return [SelectChoice(value=public_id, label=name) for public_id, name in sorted(rows, key=lambda row: sort_key(row.name_th))]


def entries(actor: Actor, wanted: Wanted) -> Select[Any]:
    """The entries, to be ordered and paged: of the administrator's agencies, without what is kept from them."""
    everything = actor.has_role(Role.SYSTEM_ADMINISTRATOR)
    query = trail(None if everything else actor.agencies(Role.ADMINISTRATOR), wanted.object_key, wanted.act)
    return query.where(~_kept_from(actor), *_person(wanted), *_days(wanted))


def _kept_from(actor: Actor) -> ColumnElement[bool]:
    marked = select(Case.id).where(Case.number == AuditEntry.object_key, policy.kept_from(actor)).exists()
    return and_(AuditEntry.object_type == "case", marked)


def _person(wanted: Wanted) -> list[ColumnElement[bool]]:
    if wanted.person is None:
        return []
    account = and_(AuditEntry.object_type == "user", AuditEntry.object_key == str(wanted.person))
    return [or_(AuditEntry.actor_id == wanted.person, account)]


def _days(wanted: Wanted) -> list[ColumnElement[bool]]:
    after = [AuditEntry.at >= _midnight(wanted.since)] if wanted.since else []
    return [*after, AuditEntry.at < _midnight(wanted.until + timedelta(days=1))] if wanted.until else after


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=BANGKOK)
