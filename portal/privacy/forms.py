"""Shape of the forms. What may be in a field is decided by the services; here fields only get their labels."""

from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from portal.casework.identity import Contact
from portal.casework.rules import Part
from portal.kernel.messages import N_, Message
from portal.privacy.rules import GRANTS, REFUSALS, BreachAct, BreachSource, Decision, Right
from portal.privacy.service import Asked, Verdict
from portal.privacy.service.asking import BODY_MOST
from portal.web.forms import PortalForm, labelled, say

#: What a sender may ask to be erased by a decision.
ASKABLE = (Part.WORDS, Part.FILES, Part.PUBLIC_TEXT)
NO_VERSION = -1


class ContactForm(PortalForm):
    """New values of what was given; empty fields stay as they are."""

    email = StringField(N_("New e-mail"))
    phone = StringField(N_("New telephone"))
    address = TextAreaField(N_("New postal address"))

    def contact(self) -> Contact:
        """What was typed."""
        return Contact(email=self.email.data or "", phone=self.phone.data or "", address=self.address.data or "")


class NameForm(PortalForm):
    """The name as it should be."""

    name = StringField(N_("The name as it should be"))
    words = TextAreaField(N_("Why (optional)"))

    def asked(self) -> Asked:
        """What was typed."""
        return Asked(Right.CORRECTION, words=self.words.data or "", name=self.name.data or "")


class EraseForm(PortalForm):
    """Parts that should go, and why."""

    parts = SelectMultipleField(N_("What is to be erased"), choices=labelled(ASKABLE), validate_choice=False)
    words = TextAreaField(N_("Why"))
    most_words = BODY_MOST

    def asked(self) -> Asked:
        """What was typed."""
        return Asked(Right.ERASURE, tuple(self.parts.data or ()), self.words.data or "")


class OtherForm(PortalForm):
    """A copy with everything, or an objection."""

    right = RadioField(N_("What you ask for"), choices=labelled((Right.ACCESS, Right.OBJECTION)), validate_choice=False)
    words = TextAreaField(N_("Your words"))

    def asked(self) -> Asked | None:
        """What was typed; None if nothing was chosen."""
        right = self.right.data
        return Asked(Right(right), words=self.words.data or "") if right in (Right.ACCESS, Right.OBJECTION) else None


class AccountForm(PortalForm):
    """What a person asks for their account."""

    right = RadioField(N_("What you ask for"), choices=labelled((Right.CORRECTION, Right.ERASURE, Right.OBJECTION)), validate_choice=False)
    words = TextAreaField(N_("Your words"))


class AppealForm(PortalForm):
    """What is not right about a decision."""

    words = TextAreaField(N_("What is not right about the decision"))


class VersionedForm(PortalForm):
    """A form about one version of what it changes."""

    row_version = HiddenField()

    @property
    def version(self) -> int:
        """The version that the person saw; one that never was if the field is damaged, which counts as out of date."""
        text = self.row_version.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else NO_VERSION


class DecisionForm(VersionedForm):
    """Decision, ground, parts and reasons."""

    decision = RadioField(N_("Decision"), choices=labelled(Decision), validate_choice=False)
    parts = SelectMultipleField(N_("Which parts go"), choices=labelled(Part), validate_choice=False)
    ground = SelectField(
        N_("Ground"),
        choices=lambda: [SelectChoice(value="", label=say(Message(N_("Choose")))), *labelled((*GRANTS, *REFUSALS))()],
        validate_choice=False,
    )
    words = TextAreaField(N_("Reasons, as who asked will read them"))

    def verdict(self) -> Verdict:
        """What was typed."""
        return Verdict(self.decision.data or "", self.ground.data or "", self.words.data or "", tuple(self.parts.data or ()))


class HearingForm(DecisionForm):
    """The decision on an appeal: all or nothing."""

    decision = RadioField(N_("Decision"), choices=labelled((Decision.GRANTED, Decision.REFUSED)), validate_choice=False)


class HoldForm(PortalForm):
    """Why nothing of a case may go."""

    number = StringField(N_("Case number"))
    reason = TextAreaField(N_("Why nothing of it may be erased"))


class BreachForm(PortalForm):
    """What is known of a breach. Times are those of Bangkok."""

    source = RadioField(N_("What could be used"), choices=labelled(BreachSource), validate_choice=False)
    account = StringField(N_("E-mail of the account"))
    begins_on = StringField(N_("From which day"))
    begins_time = StringField(N_("From which time"))
    ends_on = StringField(N_("Until which day"))
    ends_time = StringField(N_("Until which time"))
    known_on = StringField(N_("Day on which the agency learnt of it"))
    known_time = StringField(N_("Time at which it learnt of it"))
    words = TextAreaField(N_("What happened"))


class BreachActForm(VersionedForm):
    """What was found or done."""

    act = RadioField(
        N_("What this is"),
        choices=labelled((BreachAct.NOTE, BreachAct.REPORT, BreachAct.TELL, BreachAct.CLOSE)),
        default=BreachAct.NOTE.value,
        validate_choice=False,
    )
    words = TextAreaField(N_("What was found or done"))
