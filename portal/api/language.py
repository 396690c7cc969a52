"""The language of the present call."""

from flask import g

from portal.kernel.thai_text import pick
from portal.web.language import DEFAULT


def language() -> str:
    """``th`` or ``en``, as ``?language=`` says."""
    return str(g.get("language", DEFAULT))


def in_language(th: str, en: str) -> str:
    """The text for this reader, the other one where theirs is empty."""
    return pick(language(), th, en)
