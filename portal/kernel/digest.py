"""A line of the morning mail (``docs/rules/digest.md``). Every room may say what waits in it; ``registry.DIGEST`` lists who does."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """So many of something wait for a person.

    ``label`` is English source text marked for translation, never a citizen's words; ``path`` the page of the desk that shows
    them, without language; ``numbers`` some of the case numbers. ``is_overdue`` lines go to those too who want to hear of nothing else.
    """

    label: str
    count: int
    path: str
    numbers: Sequence[str] = ()
    is_overdue: bool = False
