"""Shape of the officers' forms on one case. What may stand in a field is decided by ``casework.service``; here fields get their labels.

Each form carries the version of the case that the officer saw; the page writes the present one into it (``docs/rules/closing.md``).
"""

from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from portal.casework.clock.rules import ExtensionReason, PauseReason
from portal.casework.rules import Disposition
from portal.casework.rules.referring import ReferralPlace
from portal.kernel.messages import N_, Message
from portal.web.forms import PortalForm, labelled, say

#: What is chosen when nothing is.
CHOOSE = N_("Choose")
#: Longest public text a person may edit by hand; ``casework.service.publishing`` draws the line.
NO_VERSION = -1


class CaseForm(PortalForm):
    """A form about one version of a case."""

    row_version = HiddenField()

    @property
    def version(self) -> int:
        """The version that the officer saw; one that never was if the field is damaged, which counts as out of date."""
        text = self.row_version.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else NO_VERSION

    def text(self, name: str) -> str:
        """What was typed into a field; empty if the field was not sent at all."""
        return str(self[name].data or "")

    @property
    def typed(self) -> str:
        """Everything the officer wrote by hand, to be shown beside what somebody else saved."""
        return "\n\n".join(field.data for field in self if isinstance(field, StringField) and field.name != "row_version" and field.data)


class StartForm(CaseForm):
    """Nothing to fill in."""


class AssignForm(CaseForm):
    """Whose case it is: an e-mail address, or empty to take it. The page sets the choices."""

    assignee = SelectField(N_("Give to"), choices=list, validate_choice=False)
    anyway = BooleanField(N_("Give it to them all the same"))


class BodyForm(CaseForm):
    """One text."""

    body = TextAreaField(N_("Text"))


class ReplyForm(BodyForm):
    """The answer, and whether it may stand in the public text; ``ready`` is a reply to start from, and the page sets its choices."""

    ready = SelectField(N_("Start from a ready reply"), choices=list, validate_choice=False)
    publish = BooleanField(N_("This answer may be published with the case"))


class AskForm(BodyForm):
    """A question to the sender."""

    body = TextAreaField(N_("Question to the sender"))


class NoteForm(BodyForm):
    """A note that only officers read."""

    body = TextAreaField(N_("Note, seen by officers only"))
    tell = SelectField(N_("Tell a colleague"), choices=list, validate_choice=False)


class SignForm(CaseForm):
    """Nothing to fill in: what is signed stands on the page."""


class ReturnForm(BodyForm):
    """What a proposed answer should say instead."""

    body = TextAreaField(N_("What should be different, for whoever proposed it"))


class CloseForm(CaseForm):
    """No false closing: what came of it, what was decided, why, and how one can check."""

    result = TextAreaField(N_("Result"))
    disposition = SelectField(
        N_("Decision"),
        choices=lambda: [SelectChoice(value="", label=say(Message(N_("Choose")))), *labelled(Disposition)()],
        validate_choice=False,
    )
    reason = TextAreaField(N_("Reason that may be told"))
    proof = TextAreaField(N_("Proof"))


class ReasonForm(CaseForm):
    """A reason."""

    reason = TextAreaField(N_("Reason that may be told"))


class ReferForm(ReasonForm):
    """To whom outside the portal, and why; the number that the matter has there, if there is one already."""

    place = SelectField(N_("Refer where"), choices=labelled(ReferralPlace), default=ReferralPlace.OTHER.value, validate_choice=False)
    reference = StringField(N_("Their number of the matter (if there is one)"))
    to = TextAreaField(N_("Refer to whom, and how to reach them"))


class ReferenceForm(CaseForm):
    """The number that a referred matter has where it went."""

    reference = StringField(N_("Their number of the matter"))


class ForwardForm(CaseForm):
    """To which unit or agency, by slug, and why. The page sets the choices."""

    target = SelectField(N_("Unit or agency"), choices=list, validate_choice=False)
    reason = TextAreaField(N_("Whose matter it is and why"))


class RaiseForm(CaseForm):
    """To which agency above, by slug, and why. The page sets the choices."""

    target = SelectField(N_("Agency above"), choices=list, validate_choice=False)
    reason = TextAreaField(N_("Why it must be settled further up"))


class PauseForm(CaseForm):
    """Why and until when the clock stands still, and what the sender should know."""

    reason = SelectField(
        N_("Why the clock may stand still"),
        choices=lambda: [SelectChoice(value="", label=say(Message(N_("Choose")))), *labelled(PauseReason)()],
        validate_choice=False,
    )
    until = StringField(N_("Last day of the pause"))
    words = TextAreaField(N_("What the sender should know"))


class ResumeForm(CaseForm):
    """Nothing to fill in."""


class ExtendForm(CaseForm):
    """By how many days and why, and what the sender should know."""

    reason = SelectField(
        N_("Why it takes longer"),
        choices=lambda: [SelectChoice(value="", label=say(Message(N_("Choose")))), *labelled(ExtensionReason)()],
        validate_choice=False,
    )
    days = StringField(N_("By how many days"))
    words = TextAreaField(N_("What the sender should know"))


class MergeForm(CaseForm):
    """Into which case, by number, and why."""

    into = StringField(N_("Number of the case in which it goes on"))
    reason = TextAreaField(N_("Why they are one matter"))


class MarkAboutForm(CaseForm):
    """Whom the case is about: a person or a unit. The page sets the choices."""

    about = SelectField(N_("Whom it is about"), choices=list, validate_choice=False)


class UnmarkAboutForm(CaseForm):
    """Which mark goes, or all of them, and why. The page sets the choices."""

    about = SelectField(N_("Which mark"), choices=list, validate_choice=False)
    reason = TextAreaField(N_("Why it need not be kept apart"))


class UnmaskForm(CaseForm):
    """Why the name must be known."""

    reason = TextAreaField(N_("Why you need to know the name"))


class TagForm(CaseForm):
    """Tags between commas."""

    tags = StringField(N_("Add tags"))


class SnoozeForm(CaseForm):
    """Until when, and what one waits for. The page sets the days."""

    until = SelectField(N_("Comes back"), choices=list, validate_choice=False)
    reason = TextAreaField(N_("What you are waiting for"))


class PublishForm(CaseForm):
    """The text that everybody will read."""

    subject = StringField(N_("Public subject"))
    body = TextAreaField(N_("Public text"))
    answer = TextAreaField(N_("Public answer"))
    accuses = BooleanField(N_("It accuses somebody who can be recognised"))


class ExposedForm(PortalForm):
    """Why a reported passage may stand."""

    why = TextAreaField(N_("Why it may stand"))


class WithdrawPublicationForm(CaseForm):
    """Why everybody may no longer read it."""

    reason = TextAreaField(N_("Why it is no longer published"))
