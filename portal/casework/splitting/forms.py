"""The form that divides a text: what stays, and up to four further matters, each with its place behind the names of its fields."""

from typing import Any

from wtforms import Field, SelectField, StringField

from portal.casework.forms import CaseForm
from portal.casework.splitting.rules import MATTERS_MOST, Wanted
from portal.kernel.messages import N_
from portal.web.forms import WordsField

PLACES = tuple(range(1, MATTERS_MOST))


class SplitForm(CaseForm):
    """Fields of the further matters are ``title-1``, ``passage-1``, ``place-1`` and so on."""

    stays = StringField(N_("What this case goes on with"))

    def fields_of(self, place: int) -> dict[str, Field]:
        """Title, passage and place of one further matter."""
        return {name: self[f"{name}-{place}"] for name in ("title", "passage", "place")}

    @property
    def wanted(self) -> list[Wanted]:
        """What was typed."""
        return [Wanted(*(str(field.data or "") for field in self.fields_of(place).values())) for place in PLACES]

    @property
    def used(self) -> int:
        """The last place where something was typed, at least 1."""
        return max((place for place, one in enumerate(self.wanted, 1) if not one.is_empty), default=1)


def _add_fields(form: Any) -> None:
    for place in PLACES:
        setattr(form, f"title-{place}", StringField(N_("Title")))
        setattr(form, f"passage-{place}", WordsField(N_("Passage, copied from the words")))
        setattr(form, f"place-{place}", SelectField(N_("Where it goes"), validate_choice=False))


_add_fields(SplitForm)
