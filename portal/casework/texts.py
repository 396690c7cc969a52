"""Words as they are stored, neither empty nor too long: what people say to the agency letter for letter, all else in one spelling."""

from collections.abc import Callable

from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import as_given, is_blank, normalise

SUBJECT_MOST = 200  # characters
BODY_MOST = 10_000


def tidy(text: str) -> str:
    """Normalised and without space around it; empty if nothing in it can be seen."""
    text = normalise(text).strip()
    return "" if is_blank(text) else text


def as_written(text: str) -> str:
    """Somebody's own words: only the space around them goes; empty if nothing in them can be seen."""
    text = as_given(text).strip()
    return "" if is_blank(text) else text


def tidy_line(text: str) -> str:
    """The same on one line."""
    return " ".join(tidy(text).split())


def too_long(most: int) -> Message:
    """What is said about a text that is too long."""
    return Message(N_("At most %(most)d characters"), {"most": most})


def problem(text: str, empty: Message | None, most: int = BODY_MOST) -> Message | None:
    """What is wrong with a tidy text; ``empty`` is said when there is none, None if it may be left out."""
    if not text:
        return empty
    return too_long(most) if len(text) > most else None


def required(field: str, text: str, empty: Message, most: int = BODY_MOST, read: Callable[[str], str] = tidy) -> str:
    """The text as ``read`` gives it; raises ``Invalid`` for the field if it is empty or too long."""
    tidied = read(text)
    if wrong := problem(tidied, empty, most):
        raise Invalid({field: [wrong]})
    return tidied


def optional(field: str, text: str, most: int = BODY_MOST, read: Callable[[str], str] = tidy) -> str:
    """The text as ``read`` gives it, perhaps empty; raises ``Invalid`` for the field if it is too long."""
    tidied = read(text)
    if wrong := problem(tidied, None, most):
        raise Invalid({field: [wrong]})
    return tidied
