"""Shape of the forms about lost codes."""

from wtforms import RadioField, StringField, TextAreaField

from portal.casework.rules.recoding import AT_THE_COUNTER
from portal.kernel.messages import N_
from portal.web.forms import Email, Length, PortalForm, Required, labelled


class LostForm(PortalForm):
    """Which matter, and the address that was given with it."""

    number = StringField(N_("Case number"), [Required(), Length(40)])
    email = StringField(N_("E-mail address that you gave with the matter"), [Required(), Email(), Length(250)])


class ReplaceForm(PortalForm):
    """How the officer knows the person, and why the code is replaced."""

    how = RadioField(N_("How do you know that it is the sender"), choices=labelled(AT_THE_COUNTER), validate_choice=False)
    reason = TextAreaField(N_("Why the code is replaced"))
