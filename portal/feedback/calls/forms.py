"""Shape of the call screen; what may stand in a field is decided by ``calls.taking`` and ``casework``."""

from dataclasses import fields
from typing import Any

from flask_babel import gettext as _
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice

from portal.casework.options import KINDS_IN_ORDER
from portal.casework.rules import Anonymity, Channel
from portal.feedback.calls.taking import TAKEN_DOWN, Taken
from portal.feedback.forms import NAMED
from portal.kernel.messages import N_
from portal.web.forms import PortalForm, WordsField, labelled

FLAGS = frozenset({"urgent", "callback", "letter", "publish_consent", "about_above"})


def _kinds() -> list[SelectChoice]:
    return [SelectChoice(value="", label=_("Choose")), *labelled(KINDS_IN_ORDER)()]


class TakenForm(PortalForm):
    """What an officer takes down of somebody else's words, however they came. The view sets the topics."""

    received_on = StringField(N_("Came in on (if not today)"))
    urgent = BooleanField(N_("Somebody's life is in danger"))
    kind = SelectField(N_("Kind"), choices=_kinds, validate_choice=False)
    subject = StringField(N_("Subject"))
    body = WordsField(N_("In the caller's words"))
    place = StringField(N_("Place"))
    topic = SelectField(N_("Topic"), choices=list, validate_choice=False)
    anonymity = RadioField(N_("Who may know who it is"), choices=labelled(NAMED), default=Anonymity.ANONYMOUS.value, validate_choice=False)
    name = StringField(N_("Name"))
    phone = StringField(N_("Telephone"))
    email = StringField(N_("E-mail"))
    address = StringField(N_("Postal address"))
    callback = BooleanField(N_("Wants to be called back"))
    letter = BooleanField(N_("Wants a letter"))
    publish_consent = BooleanField(N_("Agrees that the matter is published once it is answered, without personal data"))
    about = StringField(N_("Whom of the agency it is about (if anybody)"))
    about_above = BooleanField(N_("It is about those who receive such matters, or about the head of the agency"))

    def taken(self, language: str) -> Taken:
        """As it was typed."""
        there = [field.name for field in fields(Taken) if field.name in self]
        typed: dict[str, Any] = {name: bool(self[name].data) if name in FLAGS else str(self[name].data or "") for name in there}
        return Taken(**typed, language=language)


class CallForm(TakenForm):
    """Everything on one page, in the order in which people talk. The view sets the agencies, too."""

    channel = SelectField(N_("Channel"), choices=labelled(TAKEN_DOWN), default=Channel.TELEPHONE.value, validate_choice=False)
    agency = SelectField(N_("Which agency is it for"), choices=list, validate_choice=False)
    code = StringField(N_("Code of an earlier matter of the caller"))
