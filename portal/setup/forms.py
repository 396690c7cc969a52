"""Shape of the pages' forms; what may be in a field is judged by the rooms' own services where they say so."""

from typing import ClassVar

from wtforms import (
    BooleanField,
    EmailField,
    FileField,
    PasswordField,
    RadioField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
    URLField,
    ValidationError,
)

from portal.agencies.colours import ColourForm
from portal.agencies.rules import ADDRESSABLE, WEB_ADDRESS_FAULT, AgencyKind, AgencyLevel, is_web_address
from portal.casework.options import KINDS_IN_ORDER
from portal.disclosures.rules import PolicyPage
from portal.kernel.messages import N_
from portal.web.forms import Email, Length, PortalForm, Required, labelled, say


class TokenForm(PortalForm):
    """The one-time token."""

    token = StringField(N_("One-time code"), description=N_("It stands where the portal was started, for example 7K3M-9QXA-2VBN"))


class AgencyForm(PortalForm):
    """What the agency is called and what it is."""

    name_th = StringField(N_("Official name in Thai"), validators=[Required(), Length(200)])
    name_en = StringField(N_("Official name in English"), validators=[Length(200)])
    short_th = StringField(
        N_("Short name in Thai"), description=N_("For the head of each page, for example อบต.บ้านใหม่"), validators=[Length(60)]
    )
    short_en = StringField(N_("Short name in English"), validators=[Length(60)])
    level = RadioField(N_("Place in the state"), choices=labelled(ADDRESSABLE), default=AgencyLevel.LOCAL.value)
    kind = RadioField(N_("Legal kind"), choices=labelled(AgencyKind), default=AgencyKind.LOCAL.value)
    slug = StringField(
        N_("Short address"), description=N_("Small Latin letters, digits and hyphens; left empty, we propose one from the English name")
    )
    code = StringField(
        N_("Code of case numbers"), description=N_("Capital letters and digits in front of each number; left empty, we propose one")
    )

    texts: ClassVar[tuple[str, ...]] = ("name_th", "name_en", "short_th", "short_en", "slug", "code")


class ContactForm(PortalForm):
    """Where the agency is reached."""

    address_th = TextAreaField(N_("Address in Thai"), validators=[Length(1000)])
    address_en = TextAreaField(N_("Address in English"), validators=[Length(1000)])
    phone = TelField(N_("Telephone"), validators=[Length(60)])
    email = EmailField(N_("E-mail"), validators=[Email(), Length(254)])
    website = URLField(N_("Website"), description=N_("The whole address, beginning with https://"), validators=[Length(300)])
    hours_th = StringField(N_("Office hours in Thai"), validators=[Length(200)])
    hours_en = StringField(N_("Office hours in English"), validators=[Length(200)])

    def validate_website(self, field: URLField) -> None:
        """Here as well as in the service, so that every fault of the page is told at once."""
        if field.data and not is_web_address(field.data):
            raise ValidationError(say(WEB_ADDRESS_FAULT))

    texts: ClassVar[tuple[str, ...]] = ("address_th", "address_en", "phone", "email", "website", "hours_th", "hours_en")


class LookForm(ColourForm):
    """Seal and colour."""

    seal = FileField(N_("Seal (optional)"), description=N_("A picture, best square: JPEG, PNG or WebP, at most 10 MB"))


class AdministratorForm(PortalForm):
    """Who runs the portal."""

    name_th = StringField(N_("Name in Thai"), validators=[Required(), Length(200)])
    name_en = StringField(N_("Name in English"), validators=[Length(200)])
    position_th = StringField(N_("Position"), validators=[Length(200)])
    email = EmailField(N_("E-mail"), description=N_("You sign in with it"), validators=[Required(), Email(), Length(254)])
    password = PasswordField(
        N_("Password"),
        description=N_("At least 12 characters; three or four words that only you would put together are good"),
        validators=[Required(), Length(200)],
    )
    does_work = BooleanField(
        N_("I also do the work myself"),
        description=N_("You receive matters, hand them out, answer, and publish pages. Others can take it over later"),
    )


class CalendarForm(PortalForm):
    """Days on which the office is closed, and one more."""

    shown = SelectMultipleField(choices=list, validate_choice=False)
    closed = SelectMultipleField(N_("Closed on these days"), choices=list, validate_choice=False)
    day = StringField(N_("Day"), description=N_("For example 13 เมษายน 2570 or 13/4/2570"))
    name_th = StringField(N_("What day it is, in Thai"), validators=[Length(200)])


class OfferForm(PortalForm):
    """What the form for citizens offers."""

    kinds = SelectMultipleField(N_("Kinds of matter"), choices=labelled(KINDS_IN_ORDER), validate_choice=False)
    topics = TextAreaField(
        N_("Topics (optional)"),
        description=N_("One on each line; the English name after a vertical line, for example ถนนและทางเท้า | Roads and pavements"),
    )


class PoliciesForm(PortalForm):
    """Which pages to draft."""

    policies = SelectMultipleField(N_("Draft these pages"), choices=labelled(PolicyPage))
