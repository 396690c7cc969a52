"""Figures as exact decimals: read from what people type, kept and shown as they were meant."""

import re
from decimal import Decimal
from typing import Any

from sqlalchemy import Dialect, Numeric, String
from sqlalchemy.types import TypeDecorator, TypeEngine

from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import fold_digits, is_blank

_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
DIGITS_BEFORE, DIGITS_BEHIND, DIGITS = 12, 6, 15  # charts draw with 15 digits


def parse_number(text: str, field: str = "figures") -> Decimal | None:
    """The number that was typed, its trailing zeros kept; ``None`` for blanks.

    Thai digits and thousands commas are fine. Raises ``Invalid`` at ``field`` for anything else.
    """
    if is_blank(text):
        return None
    plain = fold_digits(text).strip().replace("\N{MINUS SIGN}", "-")
    if not _NUMBER.fullmatch(plain):
        raise Invalid({field: [Message(N_("“%(words)s” is not a number, write it like 91.6"), {"words": text.strip()[:40]})]})
    before, _, behind = plain.lstrip("+-").replace(",", "").partition(".")
    before = before.lstrip("0")
    if len(before) > DIGITS_BEFORE or len(behind) > DIGITS_BEHIND or len(before) + len(behind) > DIGITS:
        most = {"words": text.strip()[:40], "before": DIGITS_BEFORE, "behind": DIGITS_BEHIND}
        raise Invalid(
            {field: [Message(N_("“%(words)s” is too long: at most %(before)d digits before and %(behind)d behind the point"), most)]}
        )
    return Decimal(plain.replace(",", ""))


def plain(value: Decimal | None) -> str:
    """The number with a point and nothing else, never in exponent form; empty for a missing one."""
    return "" if value is None else f"{value:f}"


class ExactDecimal(TypeDecorator[Decimal]):
    """``numeric`` in PostgreSQL, text in SQLite (which knows floating point only); trailing zeros survive in both."""

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text where there is no exact number."""
        return dialect.type_descriptor(String(40) if dialect.name == "sqlite" else Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """Written as plain digits on SQLite."""
        return value if value is None or dialect.name != "sqlite" else plain(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Read back as it was given."""
        return None if value is None else Decimal(value)
