"""Shape of the form that keeps a view."""

from wtforms import HiddenField, SelectField, StringField

from portal.kernel.messages import N_
from portal.web.forms import PortalForm


class NameForm(PortalForm):
    """Another name."""

    name = StringField(N_("Name of the view"))


class KeepForm(NameForm):
    """A name, and whose left column it stands in; the page sets the choices. ``within`` and ``filter`` are what is kept."""

    agency = SelectField(N_("Who finds it in the left column"), choices=list, validate_choice=False)
    filter = HiddenField()
    within = HiddenField()
