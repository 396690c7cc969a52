"""Who is away, from when to when, and who stands in."""

from wtforms import BooleanField, SelectField, StringField

from portal.kernel.messages import N_
from portal.web.forms import PortalForm, Required


class AbsenceForm(PortalForm):
    """Days as people write them; people by their random id."""

    person = SelectField(N_("Who is away"), choices=list, validate_choice=False)
    first_day = StringField(N_("First day"), validators=[Required(N_("Write the first day"))])
    last_day = StringField(N_("Last day"), validators=[Required(N_("Write the last day"))])
    substitute = SelectField(N_("Substitute meanwhile"), choices=list, validate_choice=False)
    takes_new = BooleanField(N_("May be given new cases meanwhile"))
