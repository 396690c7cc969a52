"""Which cases go to whom."""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _
from sqlalchemy.orm import Session
from wtforms import HiddenField, RadioField, SelectMultipleField
from wtforms.fields import SelectChoice

from portal.accounts.absence.queries import absent_on
from portal.accounts.models import User
from portal.casework.desk.due import due_of
from portal.casework.models import Case
from portal.desk.workload.queries import loads
from portal.kernel.actor import Actor
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import format_date_short
from portal.kernel.thai_text import pick
from portal.web.forms import PortalForm, say
from portal.web.language import language

ALL, SOME = "all", "some"


def _ways() -> list[SelectChoice]:
    return [SelectChoice(value=ALL, label=_("All open cases")), SelectChoice(value=SOME, label=_("Only those ticked below"))]


class MoveForm(PortalForm):
    """Cases by number, people by their random id; ``confirmed`` is the fingerprint of the plan that was shown."""

    which = RadioField(N_("Which cases"), choices=_ways, default=ALL, validate_choice=False)
    cases = SelectMultipleField(N_("Open cases"), choices=list, validate_choice=False)
    others = SelectMultipleField(N_("Who gets them"), choices=list, validate_choice=False)
    confirmed = HiddenField()

    @property
    def all_of_them(self) -> bool:
        """Unless somebody chose to tick."""
        return bool(self.which.data != SOME)


def case_choices(cases: Sequence[Case], today: date) -> list[SelectChoice]:
    """By number, with the due day and the subject."""
    return [SelectChoice(value=one.number, label=f"{one.number} · {say(due_of(one, today).words)} · {one.subject}") for one in cases]


def people_choices(session: Session, actor: Actor, people: Sequence[User], today: date) -> list[SelectChoice]:
    """With their open cases, and until when they are away; who takes nothing new is left out."""
    away, load = absent_on(session, [one.id for one in people], today), loads(session, actor, [one.id for one in people])
    return [
        SelectChoice(value=one.public_id, label=_label(one, load[one.id], away[one.id].last_day if one.id in away else None))
        for one in people
        if one.id not in away or away[one.id].takes_new
    ]


def _label(user: User, load: int, until: date | None) -> str:
    name = pick(language(), user.name_th, user.name_en)
    if until is None:
        return str(_("%(name)s (%(count)s open)", name=name, count=load))
    return str(_("%(name)s (away until %(day)s, %(count)s open)", name=name, day=format_date_short(until, language()), count=load))
