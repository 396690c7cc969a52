"""Shape of the pages' forms. What may be in a field is decided by ``casework``; here fields only get their labels."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from wtforms import BooleanField, HiddenField, MultipleFileField, RadioField, SelectField, SelectMultipleField, StringField

from portal.casework.options import KINDS_IN_ORDER
from portal.casework.questions.rules import Asked
from portal.casework.rules import Anonymity, AnswerBy
from portal.casework.service import Submission
from portal.casework.texts import BODY_MOST, SUBJECT_MOST
from portal.kernel.messages import N_
from portal.web.forms import PortalForm, WordsField, labelled

NAMED = (Anonymity.ANONYMOUS, Anonymity.CONFIDENTIAL, Anonymity.NAMED)


class FeedbackForm(PortalForm):
    """What somebody tells an agency. The view that draws the form sets what there is to choose of agencies, kinds and topics."""

    agency = SelectField(N_("Which agency is it for"), choices=list, validate_choice=False)
    kind = RadioField(N_("What kind of matter is it"), choices=labelled(KINDS_IN_ORDER), validate_choice=False)
    topic = SelectField(N_("What it is about (optional)"), choices=list, validate_choice=False)
    subject = StringField(N_("Subject"))
    body = WordsField(N_("Details"))
    anonymity = RadioField(
        N_("Who may know who you are"), choices=labelled(NAMED), default=Anonymity.ANONYMOUS.value, validate_choice=False
    )
    answer_by = RadioField(N_("How do you want the answer"), choices=labelled(AnswerBy), default=AnswerBy.CODE.value, validate_choice=False)
    name = StringField(N_("Name"))
    email = StringField(N_("E-mail"))
    phone = StringField(N_("Telephone"))
    address = StringField(N_("Postal address"))
    place = StringField(N_("Place"))
    lat = StringField(N_("Latitude"))
    lon = StringField(N_("Longitude"))
    about = StringField(N_("Whom is it about"))
    about_above = BooleanField(N_("It is about those who receive such matters, or about the head of the agency"))
    publish_consent = BooleanField(N_("Once it is answered, publish this matter for others to read"))
    files = MultipleFileField(N_("Pictures or documents (optional)"))

    most_subject, most_body = SUBJECT_MOST, BODY_MOST
    #: Questions of an agency (its slug), and what was answered by key; ``asking`` fills them in.
    asked_for: str = ""
    questions: Sequence[Asked] = ()
    answers: Mapping[str, object] = MappingProxyType({})

    def submission(self, language: str) -> Submission:
        """What was typed, for ``casework`` to judge."""
        return Submission(
            kind=self.kind.data or "",
            subject=self.subject.data or "",
            body=self.body.data or "",
            anonymity=self.anonymity.data or "",
            agency=self.agency.data or "",
            topic=self.topic.data or "",
            name=self.name.data or "",
            email=self.email.data or "",
            phone=self.phone.data or "",
            address=self.address.data or "",
            answer_by=self.answer_by.data or "",
            place=self.place.data or "",
            lat=self.lat.data or None,
            lon=self.lon.data or None,
            publish_consent=bool(self.publish_consent.data),
            about=self.about.data or "",
            about_above=bool(self.about_above.data),
            answers=dict(self.answers),
            language=language,
        )


class TrackForm(PortalForm):
    """The code that opens a case."""

    code = StringField(N_("Tracking code"))


class WordsForm(PortalForm):
    """Words, and perhaps files, that the citizen adds to a case."""

    body = WordsField(N_("Your words"))
    files = MultipleFileField(N_("Pictures or documents (optional)"))


class ContestForm(PortalForm):
    """Why an outcome is contested."""

    body = WordsField(N_("What is still not right (optional)"))


class HideForm(PortalForm):
    """What else of the public text should be hidden."""

    hide = WordsField(N_("What else should be hidden, and why"))


class PictureForm(PortalForm):
    """Which picture, by the address of its copy."""

    picture = HiddenField()


class WrongForm(PortalForm):
    """What is wrong with the words that an officer typed from a picture."""

    wrong = WordsField(N_("What is wrong (optional)"))


class AboutForm(PortalForm):
    """Whom of the agency a case is about, said later."""

    about = StringField(N_("Whom is it about"))
    above = BooleanField(N_("It is about those who receive such matters, or about the head of the agency"))


class WithdrawForm(PortalForm):
    """Why a case is taken back."""

    reason = WordsField(N_("Why you withdraw it (optional)"))
    pressed = BooleanField(N_("Somebody pressed me to withdraw it"))
    #: Numbers of other matters of the same text.
    also = SelectMultipleField(N_("Withdraw these matters of the same text as well"), validate_choice=False)
