"""Into how many matters a text may be divided, and where the passage of each stands in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.casework.texts import as_written, problem, tidy_line
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message

#: With the case itself.
MATTERS_MOST = 5
TITLE_MOST = 120  # characters


@dataclass(frozen=True)
class Wanted:
    """One further matter as the officer typed it. ``place`` is the slug of a unit or agency; empty leaves it where the case lies."""

    title: str = ""
    passage: str = ""
    place: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing was typed."""
        return not (tidy_line(self.title) or as_written(self.passage))


@dataclass(frozen=True)
class Matter:
    """One further matter, checked; ``start`` and ``end`` are where its passage stands in the words."""

    title: str
    start: int
    end: int
    place: str


def planned(body: str, stays: str, wanted: Sequence[Wanted]) -> tuple[str, list[Matter]]:
    """What stays and what goes. Raises ``Invalid``, with the place in the list behind the name of the field (``title-2``)."""
    wrong: dict[str, list[Message]] = {}
    kept = _title(wrong, "stays", stays, Message(N_("Write what this case goes on with")))
    found = [_matter(wrong, body, place, one) for place, one in enumerate(wanted, 1) if not one.is_empty]
    if not found:
        wrong.setdefault("title-1", [Message(N_("Write the title of one further matter at least"))])
    if wrong:
        raise Invalid(wrong)
    return kept, found


def _matter(wrong: dict[str, list[Message]], body: str, place: int, one: Wanted) -> Matter:
    title = _title(wrong, f"title-{place}", one.title, Message(N_("Write a title for this matter")))
    passage = as_written(one.passage)
    start = body.find(passage) if passage else -1
    if start < 0:
        empty, strange = (
            N_("Copy the passage that belongs to this matter"),
            N_("This does not stand in the words like that; copy it letter for letter"),
        )
        wrong[f"passage-{place}"] = [Message(strange if passage else empty)]
    return Matter(title, start, start + len(passage), one.place)


def _title(wrong: dict[str, list[Message]], field: str, text: str, empty: Message) -> str:
    title = tidy_line(text)
    if fault := problem(title, empty, TITLE_MOST):
        wrong[field] = [fault]
    return title
