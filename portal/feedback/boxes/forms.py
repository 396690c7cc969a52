"""Shapes of the desk's forms; what may stand in a field is decided by ``entry``, ``round`` and the services."""

from typing import Any

from flask_babel import gettext as _
from wtforms import BooleanField, FileField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice

from portal.feedback.boxes.entry import BoxEntry, HolderEntry
from portal.feedback.boxes.round import OpeningEntry, WitnessEntry
from portal.feedback.boxes.rules import RHYTHM_DAYS, WITNESSES_MOST, Seal, Sector
from portal.kernel.messages import N_
from portal.web.forms import PortalForm, labelled


class Versioned(PortalForm):
    """``version`` is the one that the person saw."""

    version = HiddenField()

    @property
    def seen(self) -> int:
        """One that never was if the field is damaged."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


class BoxForm(Versioned):
    """A box; ``agency`` only for a new one, its choices set by the view."""

    agency = SelectField(N_("Agency"), choices=list, validate_choice=False)
    name_th = StringField(N_("Name in Thai"))
    name_en = StringField(N_("Name in English (may be empty)"))
    place_th = StringField(N_("Where it hangs, in Thai"))
    place_en = StringField(N_("Where it hangs, in English (may be empty)"))
    area = StringField(N_("Sub-district, district and province (may be empty)"))
    point = StringField(N_("Latitude and longitude (may be empty)"))
    rhythm_days = StringField(N_("Opened at least every so many days"), default=str(RHYTHM_DAYS))
    set_up_on = StringField(N_("Hangs there since"))
    photo = FileField(N_("Photograph of the box (optional)"))

    def entry(self) -> BoxEntry:
        """As it was typed."""
        return BoxEntry(**{name: str(self[name].data or "") for name in BoxEntry.__dataclass_fields__})


class TakeDownForm(Versioned):
    """The last day of a box, and why."""

    taken_down_on = StringField(N_("Last day on which it hung"))
    reason = StringField(N_("Why it was taken down"))


class HolderForm(PortalForm):
    """Somebody gets a key; the view sets the people."""

    person = SelectField(N_("Person who holds the key"), choices=list, validate_choice=False)
    position_th = StringField(N_("Position in Thai"))
    position_en = StringField(N_("Position in English"))
    from_on = StringField(N_("Held from"))

    def entry(self) -> HolderEntry:
        """As it was typed."""
        return HolderEntry(**{name: str(self[name].data or "") for name in HolderEntry.__dataclass_fields__})


class KeyBackForm(PortalForm):
    """Somebody gave the key back."""

    until_on = StringField(N_("Last day"))


def _sectors() -> list[SelectChoice]:
    return [SelectChoice(value="", label=_("Choose")), *labelled(Sector)()]


class _OpeningFields(PortalForm):
    day = StringField(N_("Day of the opening"))
    time = StringField(N_("Time"))
    openers = SelectMultipleField(N_("Who opened it"), choices=list, validate_choice=False)
    seal = RadioField(N_("The seal on the box"), choices=labelled(Seal), validate_choice=False)
    slips = StringField(N_("Slips that were inside"))
    note = StringField(N_("Note for everybody (may be empty)"))
    photo = FileField(N_("Photograph of the opened box (optional)"))


def _witness(place: int) -> dict[str, Any]:
    return {
        f"witness_{place}_name": StringField(N_("Name of the witness")),
        f"witness_{place}_sector": SelectField(N_("Where the witness comes from"), choices=_sectors, validate_choice=False),
        f"witness_{place}_role": StringField(N_("Role (may be empty)")),
        f"witness_{place}_shows": BooleanField(N_("Agrees that the name is shown in public")),
    }


#: Without scripts no row can be added, so there are a few; empty ones are left out.
_ROWS = {name: field for place in range(WITNESSES_MOST) for name, field in _witness(place).items()}
_WithWitnesses: Any = type("_WithWitnesses", (_OpeningFields,), _ROWS)


class OpeningForm(_WithWitnesses):  # type: ignore[misc]  # made of rows
    """One round; the view sets the key holders."""

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The fields of each witness."""
        return [{part: self[f"witness_{place}_{part}"] for part in ("name", "sector", "role", "shows")} for place in range(WITNESSES_MOST)]

    def entry(self) -> OpeningEntry:
        """As it was typed."""
        witnesses = [
            WitnessEntry(row["name"].data or "", row["sector"].data or "", row["role"].data or "", bool(row["shows"].data))
            for row in self.rows
        ]
        texts = {name: str(self[name].data or "") for name in ("day", "time", "seal", "slips", "note")}
        return OpeningEntry(**texts, openers=self.openers.data or [], witnesses=witnesses)


class CorrectionForm(PortalForm):
    """Another count, and why."""

    slips = StringField(N_("The number that is right"))
    reason = StringField(N_("Reason, for everybody"))


class TakeBackForm(PortalForm):
    """Why the opening never was."""

    reason = StringField(N_("Reason, for everybody"))


class SlipsForm(PortalForm):
    """How many to print."""

    count = StringField(N_("How many slips"))


class PostingForm(PortalForm):
    """The sheet hangs; ``until`` is the moment up to which it tells."""

    posted_on = StringField(N_("Posted on"))
    photo = FileField(N_("Photograph of the sheet at the box (optional)"))
    until = HiddenField()
