"""Forms of what is asked of others; what may stand in a field is decided by the service."""

from wtforms import HiddenField, MultipleFileField, RadioField, SelectField, StringField, TextAreaField

from portal.casework.contributing.rules import PartKind
from portal.casework.forms import CaseForm
from portal.kernel.messages import N_
from portal.web.forms import PortalForm, labelled


class AskContributionForm(CaseForm):
    """Whom, for what, until when."""

    target = SelectField(N_("Unit or agency"), validate_choice=False)
    kind = RadioField(N_("What you ask for"), choices=labelled(PartKind), validate_choice=False)
    question = TextAreaField(N_("Your question"))
    due = StringField(N_("By which day"))


class RecallContributionForm(CaseForm):
    """Which request is taken back."""

    part = HiddenField()


class GiveForm(PortalForm):
    """Who answers it; empty for the coordinators."""

    officer = SelectField(N_("Who answers it"), validate_choice=False)


class PartForm(PortalForm):
    """The part that was asked for."""

    body = TextAreaField(N_("Your part, read by the officers of the case"))
    files = MultipleFileField(N_("Files, read by the officers of the case"))


class DeclineForm(PortalForm):
    """Why there is none."""

    reason = TextAreaField(N_("Reason, read by the asker"))
