"""Shape of the form of an entry; what may stand in a field is decided by ``channels.entry``."""

from flask_babel import gettext as _
from wtforms import FileField, HiddenField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice

from portal.casework.rules import Channel
from portal.feedback.channels.entry import FORMAL, INFORMAL, Entry
from portal.feedback.channels.rules import ChannelAudience
from portal.kernel.messages import N_
from portal.web.forms import PortalForm, labelled


def _formality() -> list[SelectChoice]:
    return [SelectChoice(value=FORMAL, label=_("Formal channel")), SelectChoice(value=INFORMAL, label=_("Informal channel"))]


class ChannelForm(PortalForm):
    """An entry. ``version`` is the one that the person saw; the page sets the choices of ``collector``, and of ``code`` what is free."""

    code = SelectField(N_("Which channel"), choices=labelled(Channel), validate_choice=False)
    name_th = StringField(N_("Name in Thai"))
    name_en = StringField(N_("Name in English (may be empty)"))
    audience = RadioField(
        N_("For whom"), choices=labelled(ChannelAudience), default=ChannelAudience.GENERAL_PUBLIC.value, validate_choice=False
    )
    formality = RadioField(N_("Formal or informal"), choices=_formality, default=FORMAL, validate_choice=False)
    address = StringField(N_("Number, page or e-mail address"))
    line = StringField(N_("Official account in LINE (for the channel LINE)"))
    hours_th = StringField(N_("Hours in Thai"))
    hours_en = StringField(N_("Hours in English"))
    place_th = StringField(N_("Place in Thai"))
    place_en = StringField(N_("Place in English"))
    collector = SelectField(N_("Person who collects"), choices=list, validate_choice=False)
    collector_position_th = StringField(N_("Position in Thai"))
    collector_position_en = StringField(N_("Position in English"))
    appointment_number = StringField(N_("Number of the appointment document"))
    appointment_on = StringField(N_("Day of the document"))
    document = FileField(N_("The document itself (optional)"))
    standard_days = StringField(N_("Standard time in days"))
    open_from = StringField(N_("Open from"))
    open_until = StringField(N_("Last day, if it ends"))
    version = HiddenField()

    @property
    def seen(self) -> int:
        """The version that the person saw; one that never was if the field is damaged."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1

    def entry(self) -> Entry:
        """As it was typed."""
        return Entry(**{name: str(self[name].data or "") for name in Entry.__dataclass_fields__})
