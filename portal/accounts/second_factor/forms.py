"""Forms of second factors."""

from wtforms import HiddenField, StringField

from portal.accounts.second_factor.rules import NAME_MOST
from portal.kernel.messages import N_
from portal.web.forms import Length, PortalForm, Required


class SecondStepForm(PortalForm):
    """A code, or what a passkey answers."""

    code = StringField(N_("Code of the app, or a recovery code"), validators=[Length(40)])
    passkey = HiddenField()


class AppForm(PortalForm):
    """The first code of a new app; ``offer`` holds its sealed secret."""

    code = StringField(
        N_("Six digits that the app shows now"), validators=[Required(N_("Write the six digits that the app shows")), Length(40)]
    )
    offer = HiddenField()


class PasskeyForm(PortalForm):
    """A new passkey, and what its owner calls it."""

    name = StringField(
        N_("What do you call it"),
        description=N_("For example “phone” or “key at the office”, so that you know later which one it is"),
        validators=[Required(), Length(NAME_MOST)],
    )
    passkey = HiddenField()
