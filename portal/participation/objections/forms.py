"""Shape of the form of an objection, and of the assessor's answer."""

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField

from portal.casework.forms import CaseForm
from portal.casework.rules import Anonymity, AnswerBy
from portal.feedback.forms import NAMED
from portal.kernel.messages import N_
from portal.participation.objections.entry import WORDS_MOST, Said, Sender
from portal.participation.objections.rules import Outcome
from portal.web.forms import PortalForm, WordsField, labelled

SENDER = ("anonymity", "answer_by", "name", "email", "phone", "address")


class ObjectionForm(PortalForm):
    """What somebody objects to, and how they are reached. The view sets scales, levels and checks."""

    scale = RadioField(N_("Which scale is it about"), choices=list, validate_choice=False)
    level = SelectField(N_("Which level is it about"), choices=list, validate_choice=False)
    check = SelectField(N_("Which check (optional)"), choices=list, validate_choice=False)
    words = WordsField(N_("What is not right, and why"))
    evidence = StringField(N_("Address of a page that shows it (optional)"))
    anonymity = RadioField(
        N_("Who may know who you are"), choices=labelled(NAMED), default=Anonymity.ANONYMOUS.value, validate_choice=False
    )
    answer_by = RadioField(N_("How do you want the answer"), choices=labelled(AnswerBy), default=AnswerBy.CODE.value, validate_choice=False)
    name = StringField(N_("Name"))
    email = StringField(N_("E-mail"))
    phone = StringField(N_("Telephone"))
    address = StringField(N_("Postal address"))
    publish_consent = BooleanField(N_("Publish my words beside the score once an officer has checked them"))

    most_words = WORDS_MOST

    def said(self, language: str) -> Said:
        """What was typed, for the service to judge."""
        typed = {name: str(self[name].data or "") for name in ("scale", "level", "check", "words", "evidence")}
        sender = Sender(**{name: str(self[name].data or "") for name in SENDER})
        return Said(**typed, sender=sender, publish_consent=bool(self.publish_consent.data), language=language)


class AnswerForm(CaseForm):
    """The assessor's answer, for the version of the case that was read."""

    outcome = RadioField(N_("What you decide of the objection"), choices=labelled(Outcome), validate_choice=False)
    reason = TextAreaField(N_("Reason of the decision, read by everybody"))
