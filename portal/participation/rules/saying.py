"""Values of a sentence that look different in each language, kept as plain data so that they survive in a file.

A name is kept as ``{"th": ..., "en": ...}``, a day as ``{"day": "2007-09-30"}``, a month as ``{"month": "2007-09"}``.
"""

from datetime import date
from typing import Any

from portal.kernel.messages import Message
from portal.kernel.thai_calendar import format_date, format_month
from portal.kernel.thai_text import pick
from portal.participation.rules.results import Said


def named(th: str, en: str) -> dict[str, str]:
    """A name in both languages."""
    return {"th": th, "en": en}


def day(value: date) -> dict[str, str]:
    """A day."""
    return {"day": value.isoformat()}


def month(value: date) -> dict[str, str]:
    """The month of a day."""
    return {"month": f"{value:%Y-%m}"}


def message_of(sentence: Said, language: str) -> Message:
    """As a page in this language ("th" or "en") shows it; its text still has to be translated."""
    return Message(sentence.text, {name: _spoken(value, language) for name, value in sentence.values.items()})


def _spoken(value: Any, language: str) -> Any:
    match value:
        case {"th": str(th), "en": str(en)}:
            return pick(language, th, en)
        case {"day": str(text)}:
            return format_date(date.fromisoformat(text), language)
        case {"month": str(text)}:
            return format_month(date.fromisoformat(f"{text}-01"), language)
    return value
