"""Whom the selects of the form offer."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy.orm import Session
from wtforms.fields import SelectChoice

from portal.accounts import queries as accounts
from portal.accounts.absence.service import DECIDERS
from portal.accounts.models import User
from portal.desk.absences.forms import AbsenceForm
from portal.kernel.actor import CASE_ROLES, Actor
from portal.kernel.thai_text import pick, sort_key
from portal.web.language import language


def offer(session: Session, actor: Actor, form: AbsenceForm) -> None:
    """Fill the selects: those for whom the actor may enter, and everybody who works cases where the actor does."""
    me = accounts.by_ids(session, [actor.user_id])[actor.user_id] if actor.user_id is not None else None
    colleagues = workers(session, actor.agencies(*CASE_ROLES))
    decided = workers(session, actor.agencies(*DECIDERS))
    others = [user for user in decided if me is None or user.id != me.id]
    form.person.choices = _choices([*([me] if me else []), *others])
    form.substitute.choices = [SelectChoice(value="", label=_("Nobody")), *_choices(colleagues)]
    if me is not None and me.substitute_id and not form.substitute.raw_data:
        usual = accounts.by_ids(session, [me.substitute_id]).get(me.substitute_id)
        form.substitute.data = usual.public_id if usual in colleagues else ""


def workers(session: Session, agency_ids: frozenset[int]) -> list[User]:
    """People who hold a role of casework directly in one of the agencies, in Thai dictionary order."""
    found = accounts.holders(session, sorted(agency_ids), CASE_ROLES) if agency_ids else ()
    return sorted(found, key=lambda user: sort_key(user.name_th))


def _choices(people: Sequence[User]) -> list[SelectChoice]:
    return [SelectChoice(value=user.public_id, label=pick(language(), user.name_th, user.name_en)) for user in people]
