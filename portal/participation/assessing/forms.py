"""Shape of the assessors' forms."""

from flask_babel import gettext as _
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields import SelectChoice

from portal.kernel.messages import N_
from portal.participation.rulings.service import DECISIONS, REASON_MOST
from portal.web.forms import PortalForm


class RulingForm(PortalForm):
    """Whether a fact counts, and why."""

    fact = HiddenField()
    decision = RadioField(
        N_("What you decide of this evidence"),
        choices=lambda: [SelectChoice(code, _(text)) for code, text in DECISIONS.items()],
        validate_choice=False,
    )
    reason = TextAreaField(N_("Reason of the decision, read by everybody"))

    most_reason = REASON_MOST


class ConfirmForm(PortalForm):
    """The level that is confirmed; the view sets what there is to choose."""

    scale = HiddenField()
    level = RadioField(N_("Level that you confirm"), choices=list, validate_choice=False)
    reason = TextAreaField(N_("Reason of the decision, read by everybody"))
    difference = TextAreaField(N_("If it differs from the computed level: why, read by everybody"))

    most_reason = REASON_MOST
