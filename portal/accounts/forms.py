"""Forms of sign-in."""

from wtforms import EmailField, PasswordField

from portal.kernel.messages import N_
from portal.web.forms import Length, PortalForm, Required


class SignInForm(PortalForm):
    """E-mail and password."""

    email = EmailField(N_("E-mail"), validators=[Required(N_("Write your e-mail address")), Length(254)])
    password = PasswordField(N_("Password"), validators=[Required(N_("Write your password")), Length(200)])
