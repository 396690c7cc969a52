"""Shape of the forms of petitions; what may stand in a field is decided by the services."""

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField

from portal.feedback.petitions.rules import CHOSEN, TEXT_MOST, TITLE_MOST
from portal.feedback.petitions.service import Proposal
from portal.kernel.messages import N_
from portal.web.forms import Email, Length, PortalForm, Required, WordsField, labelled


class ProposalForm(PortalForm):
    """What somebody puts to an agency. The view sets the agencies."""

    agency = SelectField(N_("To which agency"), choices=list, validate_choice=False)
    title = StringField(N_("What should be done"))
    text = WordsField(N_("In detail, and why"))
    email = StringField(N_("E-mail for news (optional)"))

    most_title, most_text = TITLE_MOST, TEXT_MOST

    def proposal(self, language: str) -> Proposal:
        """As it was typed."""
        values = {name: str(self[name].data or "") for name in ("agency", "title", "text", "email")}
        return Proposal(**values, language=language)


class ContactForm(PortalForm):
    """An address that is to be confirmed."""

    email = StringField(N_("E-mail address"), [Required(), Email(), Length(250)])
    tell = BooleanField(N_("Tell me when it is answered"))


class _OfCase(PortalForm):
    """A form of an officer, for the version of the case that was seen."""

    row_version = HiddenField()

    @property
    def seen(self) -> int:
        """One that never was if the field is damaged."""
        text = self.row_version.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


class AcceptForm(_OfCase):
    """The public text to be confirmed, and what the opener is told."""

    title = StringField(N_("Public title"))
    text = TextAreaField(N_("Public text"))
    told = TextAreaField(N_("What the opener reads"))


class RefuseForm(_OfCase):
    """The ground that everybody reads, and the words for the opener."""

    ground = RadioField(N_("Ground, for everybody to read"), choices=labelled(CHOSEN), validate_choice=False)
    reason = TextAreaField(N_("Explanation for the opener alone"))


class MergeForm(_OfCase):
    """Where it goes on, and why."""

    into = SelectField(N_("Into which petition"), choices=list, validate_choice=False)
    reason = TextAreaField(N_("Why they are the same, for the opener"))
