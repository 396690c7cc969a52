"""The form behind the link, and the one that an administrator fills in."""

from wtforms import BooleanField, EmailField, PasswordField, SelectField, StringField

from portal.kernel.actor import Role
from portal.kernel.messages import N_
from portal.web.forms import Length, PortalForm, Required, labelled


class AcceptForm(PortalForm):
    """The first password."""

    password = PasswordField(N_("Password"), validators=[Required(N_("Choose a password"))])


class InviteForm(PortalForm):
    """Who is to come, where they will work, and what they will be."""

    email = EmailField(N_("E-mail"), validators=[Required(N_("Write the person's e-mail address")), Length(254)])
    name_th = StringField(N_("Name in Thai"), validators=[Required(N_("Write the name in Thai")), Length(200)])
    name_en = StringField(N_("Name in English"), validators=[Length(200)])
    position_th = StringField(N_("Position in Thai"), validators=[Length(200)])
    position_en = StringField(N_("Position in English"), validators=[Length(200)])
    unit = SelectField(N_("Works in"), choices=list)
    role = SelectField(N_("Role"), choices=labelled(Role))
    agency = SelectField(N_("Role in"), choices=list)
    with_children = BooleanField(N_("And in everything below it"), description=N_("Also in units that are made later"))
