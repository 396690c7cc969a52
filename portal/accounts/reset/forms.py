"""Forms of a forgotten password."""

from wtforms import EmailField, PasswordField

from portal.kernel.messages import N_
from portal.web.forms import Email, Length, PortalForm, Required


class ForgottenForm(PortalForm):
    """Whose password."""

    email = EmailField(N_("E-mail"), validators=[Required(N_("Write your e-mail address")), Length(254), Email()])


class NewPasswordForm(PortalForm):
    """The new password."""

    password = PasswordField(N_("New password"), validators=[Required(N_("Choose a password"))])
