"""Shape of the administration's forms on agencies. What may stand in a field is decided by ``agencies.service``."""

from wtforms import BooleanField, FileField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional as MayBeEmpty

from portal.agencies.rules import AgencyKind, AgencyLevel
from portal.agencies.service import EDITABLE
from portal.kernel.messages import N_
from portal.web.forms import Email, Length, PortalForm, Required, labelled

NO_VERSION = -1
CODE_HINT = N_("Stands in front of case numbers and never changes, 2 to 20 capital letters and digits, such as OPDC")
SLUG_HINT = N_("Stands in links and never changes, small letters a to z, digits and hyphens")


class VersionedForm(PortalForm):
    """A form about one version of an agency."""

    row_version = HiddenField()

    @property
    def version(self) -> int:
        """The version that the person saw; one that never was if the field is damaged, which counts as out of date."""
        text = self.row_version.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else NO_VERSION

    def text(self, name: str) -> str:
        """What was typed into a field; empty if the field was not sent at all."""
        return str(self[name].data or "")


class NameForm(VersionedForm):
    """What it is called and where it belongs."""

    name_th = StringField(N_("Official name in Thai"), validators=[Required(), Length(200)])
    name_en = StringField(N_("Name in English"), validators=[Length(200)])
    short_th = StringField(N_("Short name in Thai"), validators=[Length(60)])
    short_en = StringField(N_("Short name in English"), validators=[Length(60)])
    level = SelectField(N_("Place in the tree of the state"), choices=labelled(AgencyLevel))
    kind = SelectField(N_("Legal kind"), choices=labelled(AgencyKind))


class AgencyForm(NameForm):
    """Everything about an agency that administrators write."""

    address_th = TextAreaField(N_("Postal address in Thai"), validators=[Length(1000)])
    address_en = TextAreaField(N_("Postal address in English"), validators=[Length(1000)])
    phone = StringField(N_("Telephone"), validators=[Length(60)])
    fax = StringField(N_("Fax"), validators=[Length(60)])
    hotline = StringField(N_("Hotline"), validators=[Length(20)])
    email = StringField(N_("E-mail"), validators=[Length(254), Email()])
    website = StringField(N_("Website"), validators=[Length(300)])
    hours_th = StringField(N_("Office hours in Thai"), validators=[Length(200)])
    hours_en = StringField(N_("Office hours in English"), validators=[Length(200)])
    is_compulsory = BooleanField(N_("The participation indicator is compulsory for it"))

    @property
    def values(self) -> dict[str, str]:
        """The texts by the names of their columns."""
        return {name: self.text(name) for name in EDITABLE}


class NewAgencyForm(NameForm):
    """An agency or a unit that is to be added; ``parent`` is a slug, empty for the top."""

    slug = StringField(N_("Name in addresses"), validators=[Required(), Length(60)])
    code = StringField(N_("Code"), validators=[Required(), Length(20)])
    parent = SelectField(N_("Lies in"), choices=list, validate_choice=False)

    @property
    def values(self) -> dict[str, str]:
        """The texts by the names of their columns."""
        return {name: self.text(name) for name in ("slug", "code", "name_th", "name_en", "short_th", "short_en")}


class MissionForm(VersionedForm):
    """Something the agency is there to do."""

    code = StringField(N_("Number"), validators=[Required(), Length(40)])
    text_th = TextAreaField(N_("What it is there to do, in Thai"), validators=[Required(), Length(2000)])
    text_en = TextAreaField(N_("The same in English"), validators=[Length(2000)])
    is_core = BooleanField(N_("A core mission"))


class NodeForm(VersionedForm):
    """A node of the strategy tree; ``parent`` is a code, empty for a root."""

    code = StringField(N_("Number"), validators=[Required(), Length(40)])
    title_th = StringField(N_("Title in Thai"), validators=[Required(), Length(300)])
    title_en = StringField(N_("Title in English"), validators=[Length(300)])
    parent = SelectField(N_("Lies below"), choices=list, validate_choice=False)
    position = IntegerField(N_("Place among its neighbours"), validators=[MayBeEmpty()])


class SealForm(PortalForm):
    """A picture; the file itself is read from the request."""

    seal = FileField(N_("Picture of the seal"))
