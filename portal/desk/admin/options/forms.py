"""A form with one field, of the shape of its option; what may stand in it is decided by the option."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from wtforms import Field, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from portal.agencies.options import Option, OptionKind
from portal.desk.admin.versions import VersionedForm
from portal.kernel.messages import N_

ON, OFF = "1", "0"
PLACE = "place-"
PLACES_MOST = 99


class OptionForm(VersionedForm):
    """``value`` is added for each option."""


def form_for(option: Option) -> type[OptionForm]:
    """The class of form for an option."""
    return type("OptionForm", (OptionForm,), {"value": _field(option)})


def filled(option: Option, value: Any, version: int) -> OptionForm:
    """The form as it is opened."""
    shown = (ON if value else OFF) if option.kind is OptionKind.SWITCH else str(value) if option.kind is OptionKind.NUMBER else value
    return form_for(option)(data={"value": shown, "version": str(version)})


def typed(option: Option, form: OptionForm, raw: Mapping[str, str]) -> Any:
    """What the person chose, as the option takes it; codes whose order counts come in the order of their places."""
    data = form["value"].data
    if option.kind is OptionKind.CODES:
        codes = list(data or [])
        return sorted(codes, key=lambda code: place_of(raw, code)) if option.ordered else codes
    return data or ""


def place_of(raw: Mapping[str, str], code: str) -> int:
    """The place that was written beside a code; the last where none was."""
    text = raw.get(PLACE + code, "").strip()
    return int(text) if text.isdecimal() and len(text) < 3 else PLACES_MOST


def _field(option: Option) -> Field:
    match option.kind:
        case OptionKind.SWITCH:
            return RadioField(option.label, choices=_on_off, validate_choice=False)
        case OptionKind.CHOICE:
            return RadioField(option.label, choices=lambda: _choices(option), validate_choice=False)
        case OptionKind.CODES:
            return SelectMultipleField(option.label, choices=lambda: _choices(option), validate_choice=False)
        case OptionKind.NUMBER:
            return StringField(option.label)
    return TextAreaField(option.label)


def _choices(option: Option) -> list[SelectChoice]:
    return [SelectChoice(value=code, label=_(label)) for code, label in option.choices.items()]


def _on_off() -> list[SelectChoice]:
    return [SelectChoice(value=ON, label=_(N_("On"))), SelectChoice(value=OFF, label=_(N_("Off")))]
