"""Choosing a colour: a few that suit, or one's own, with a sample and the nearest that can be read."""

from dataclasses import dataclass

from flask_babel import gettext as _
from wtforms import HiddenField, RadioField, StringField
from wtforms.fields import SelectChoice

from portal.kernel.colour import is_readable, nearest_readable, parse_colour
from portal.kernel.messages import N_
from portal.web.forms import PortalForm

OTHER = "other"
OTHER_LABEL = N_("Another one, written below")
#: Near to what agencies use; all can be read. The empty one is the portal's own.
COLOURS: dict[str, str] = {
    "": N_("Mangosteen, as the portal comes"),
    "#1d4779": N_("Indigo"),
    "#1f5c49": N_("Celadon green"),
    "#0f6a75": N_("Teal"),
    "#8a1f2d": N_("Red"),
    "#7a4e00": N_("Turmeric brown"),
    "#6a3d9a": N_("Purple"),
    "#3c4450": N_("Slate"),
}


@dataclass(frozen=True)
class Sample:
    """A colour to look at, and the nearest that can be read where it cannot."""

    colour: str
    offered: str | None


class ColourForm(PortalForm):
    """One of the colours, or another."""

    choice = RadioField(N_("Colour of the page head"), choices=list, validate_choice=False)
    #: What was ticked when the page was made.
    choice_before = HiddenField()
    colour = StringField(N_("Another colour"), description=N_("# and six digits or letters a to f, for example #1f5c49"))

    @staticmethod
    def data_of(colour: str) -> dict[str, str]:
        """How a stored colour stands in the form."""
        return {"choice": colour, "colour": ""} if colour in COLOURS else {"choice": OTHER, "colour": colour}

    @classmethod
    def of(cls, colour: str) -> "ColourForm":
        """Filled in with a stored colour."""
        return cls(data=cls.data_of(colour))

    @property
    def wanted(self) -> str:
        """The colour as it was chosen or typed: who ticks another one means it, and who only types means what is typed."""
        typed, chosen = self.colour.data or "", self.choice.data or ""
        if chosen != OTHER and chosen != (self.choice_before.data or ""):
            return chosen
        return typed or chosen

    @property
    def sample(self) -> Sample | None:
        """What to show; nothing for what is no colour."""
        colour = parse_colour(self.wanted)
        return Sample(colour, None if is_readable(colour) else nearest_readable(colour)) if colour else None

    def take_offer(self, offered: str) -> bool:
        """Write the offered colour in; False where that button was not pressed."""
        colour = parse_colour(offered)
        if colour is None:
            return False
        self.choice.data, self.colour.data = OTHER, colour
        return True

    def offering(self) -> "ColourForm":
        """Ready to be drawn."""
        self.choice.choices = [SelectChoice(value=code, label=_(text)) for code, text in {**COLOURS, OTHER: OTHER_LABEL}.items()]
        wanted = self.wanted
        self.choice.data = wanted if wanted in COLOURS else OTHER
        if self.choice.data != OTHER:
            self.colour.data = ""
        self.choice_before.data = self.choice.data
        return self
