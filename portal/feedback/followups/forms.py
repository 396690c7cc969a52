"""Shape of the form of an attempt."""

from wtforms import HiddenField, StringField

from portal.kernel.messages import N_
from portal.web.forms import PortalForm


class AttemptForm(PortalForm):
    """What came of a call, or under which number a letter went out."""

    result = HiddenField()
    registry_number = StringField(N_("Registry number"))
