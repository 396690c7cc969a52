"""Whom the selects offer: people who work at the place, or above it, whoever holds the post already among them."""

from collections.abc import Collection, Sequence

from flask_babel import gettext as _
from sqlalchemy.orm import Session
from wtforms.fields import SelectChoice

from portal.accounts import queries as people
from portal.accounts.desk.forms import SubstituteForm
from portal.accounts.heads import queries
from portal.accounts.models import User
from portal.kernel.thai_text import pick
from portal.web.language import language


def colleagues(session: Session, places: Collection[int], holder: User | None) -> list[User]:
    """People of these agencies and units and of all above them, by name; the present ``holder`` first where they are none of them."""
    above = {above for place in places for above in people.ancestors(session, place)}
    found = list(queries.people_of(session, above | set(places)))
    return found if holder is None or holder in found else [holder, *found]


def choices(found: Sequence[User]) -> list[SelectChoice]:
    """People for a select, after a first line for nobody."""
    named = (SelectChoice(value=one.public_id, label=pick(language(), one.name_th, one.name_en)) for one in found)
    return [SelectChoice(value="", label=_("Nobody at present")), *named]


def substitute_form(session: Session, person: User, given: SubstituteForm | None = None) -> SubstituteForm:
    """The form of this person as it stands, or the one that was sent, its select filled."""
    holder = people.by_ids(session, [person.substitute_id]).get(person.substitute_id) if person.substitute_id else None
    form = given or SubstituteForm(data={"substitute": holder.public_id if holder else ""})
    places = {place for place in (person.unit_id, *(row.agency_id for row in person.grants)) if place is not None}
    form.substitute.choices = choices([one for one in colleagues(session, places, holder) if one.id != person.id])
    return form
