"""The form that covers a picture: its areas, each with its place behind the names of its fields, and the words in place of it."""

from typing import Any

from wtforms import BooleanField, Field, MultipleFileField, StringField, TextAreaField

from portal.casework.models import PublicPicture
from portal.casework.pictures.rules import AREAS_MOST
from portal.files.rules import Area
from portal.kernel.messages import N_
from portal.web.forms import PortalForm

PLACES = tuple(range(1, AREAS_MOST + 1))
SIDES = ("left", "top", "width", "height")
#: Rows that stand open; the others are folded.
OPEN_ROWS = 4
_DIGITS = 3


class PictureForm(PortalForm):
    """Fields of the areas are ``area-1-left``, ``area-1-top``, ``area-1-width``, ``area-1-height`` and so on, in hundredths."""

    alt_th = StringField(N_("What is to be seen, in Thai"))
    alt_en = StringField(N_("What is to be seen, in English"))
    looked = BooleanField(N_("I have looked at the whole picture, and nobody can be recognised by what stays open"))
    accuses = BooleanField(N_("It shows somebody who is accused and can be recognised"))

    @classmethod
    def of(cls, row: PublicPicture) -> "PictureForm":
        """What was prepared before, to be changed; the officer looks anew."""
        form = cls(data={"alt_th": row.alt_th, "alt_en": row.alt_en, "accuses": row.accuses})
        form._fill([[str(number) for number in area] for area in row.areas])
        return form

    def rows(self) -> list[list[Field]]:
        """The fields of every area."""
        return [[self[f"area-{place}-{side}"] for side in SIDES] for place in PLACES]

    @property
    def open_rows(self) -> int:
        """How many rows stand open: those in use and some more."""
        used = [place for place, row in enumerate(self.rows(), 1) if any(field.data for field in row)]
        return min(max(used, default=0) + OPEN_ROWS, AREAS_MOST)

    def areas(self) -> list[Area]:
        """What was marked; empty rows go to the end, and what is no number becomes an area that ``checked_areas`` refuses."""
        typed = [[str(field.data or "") for field in row] for row in self.rows()]
        used = [row for row in typed if any(row)]
        self._fill([*used, *[[""] * len(SIDES)] * (len(typed) - len(used))])
        return [Area(*(_number(text) for text in row)) for row in used]

    @property
    def drawn(self) -> list[Area]:
        """What can be drawn over the picture."""
        return [area for area in self.areas() if min(area) >= 0]

    def _fill(self, rows: list[list[str]]) -> None:
        for fields, texts in zip(self.rows(), rows, strict=False):
            for field, text in zip(fields, texts, strict=True):
                field.data = text


class PhotographForm(PortalForm):
    """Pictures that show what was done."""

    files = MultipleFileField(N_("Pictures of what was done"))
    words = TextAreaField(N_("What they show, for officers"))


class TakeAwayForm(PortalForm):
    """Why a picture is not shown."""

    why = TextAreaField(N_("Why it is not shown, for officers"))


def _number(text: str) -> int:
    """Thai digits count; -1 for what is no whole number of hundredths."""
    return int(text) if text.isdecimal() and len(text) <= _DIGITS and int(text) <= 100 else -1


_LABELS = {"left": N_("From the left"), "top": N_("From the top"), "width": N_("Width"), "height": N_("Height")}


def _add_fields(form: Any) -> None:
    for place in PLACES:
        for side in SIDES:
            setattr(form, f"area-{place}-{side}", StringField(_LABELS[side]))


_add_fields(PictureForm)
