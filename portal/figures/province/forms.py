"""Forms of joining and leaving; what may stand in a field is decided by the service."""

from wtforms import SelectField, TextAreaField

from portal.kernel.messages import N_
from portal.web.forms import PortalForm


class LeaveForm(PortalForm):
    """Why, for everybody to read."""

    reason_th = TextAreaField(N_("Reason in Thai, read by everybody"))
    reason_en = TextAreaField(N_("Reason in English"))


class JoinForm(LeaveForm):
    """Which province, and why."""

    province = SelectField(N_("Province"), validate_choice=False)
