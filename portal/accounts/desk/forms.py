"""Forms about people."""

from wtforms import BooleanField, HiddenField, PasswordField, SelectField, StringField
from wtforms.fields import SelectChoice

from portal.accounts.policy import Realm
from portal.agencies.models import Agency
from portal.kernel.actor import ABOVE_AGENCIES, Role
from portal.kernel.messages import N_
from portal.kernel.thai_text import pick
from portal.web.forms import Length, PortalForm, Required, labelled
from portal.web.language import language

__all__ = [
    "ChangePasswordForm",
    "GrantForm",
    "HeadForm",
    "PersonForm",
    "SubstituteForm",
    "VersionForm",
    "place_choices",
    "roles_for",
]


class ChangePasswordForm(PortalForm):
    """One's own password."""

    old_password = PasswordField(N_("Present password"), validators=[Required(N_("Write your present password")), Length(200)])
    password = PasswordField(N_("New password"), validators=[Required(N_("Choose a password"))])


class VersionForm(PortalForm):
    """A button on a person's page; ``row_version`` is that of the account as the page showed it."""

    row_version = HiddenField()

    @property
    def version(self) -> int:
        """0 for what is no number, which no account has."""
        text = str(self.row_version.data or "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


class PersonForm(VersionForm):
    """What stands beside everything that the person is responsible for."""

    name_th = StringField(N_("Name in Thai"), validators=[Required(N_("Write the name in Thai")), Length(200)])
    name_en = StringField(N_("Name in English"), validators=[Length(200)])
    position_th = StringField(N_("Position in Thai"), validators=[Length(200)])
    position_en = StringField(N_("Position in English"), validators=[Length(200)])
    unit = SelectField(N_("Works in"), choices=list)


class GrantForm(VersionForm):
    """A further role."""

    role = SelectField(N_("Role"), choices=labelled(Role))
    agency = SelectField(N_("Role in"), choices=list)
    with_children = BooleanField(N_("And in everything below it"), description=N_("Also in units that are made later"))


class SubstituteForm(VersionForm):
    """Who stands in for a person."""

    substitute = SelectField(N_("Who stands in"), choices=list)


class HeadForm(PortalForm):
    """Who heads a unit; ``version`` is that of the head whom the page showed, 0 where there was none."""

    head = SelectField(N_("Who heads it"), choices=list)
    version = HiddenField(default="0")

    @property
    def seen_version(self) -> int:
        """-1 for what is no number, which no head has."""
        text = str(self.version.data or "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


def place_choices(places: list[Agency], nothing: str = "") -> list[SelectChoice]:
    """Agencies for a select, by slug; with a first line for none where ``nothing`` says so."""
    first = [SelectChoice(value="", label=nothing)] if nothing else []
    return [*first, *(SelectChoice(value=one.slug, label=pick(language(), one.name_th, one.name_en)) for one in places)]


def roles_for(realm: Realm) -> list[Role]:
    """Roles that an administrator may give at all."""
    return [role for role in Role if realm.everything or role not in ABOVE_AGENCIES]
