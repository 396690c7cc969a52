"""Which fiscal year an address asks for."""

import re
from collections.abc import Sequence
from datetime import datetime

from portal.kernel.errors import NotFound
from portal.kernel.thai_calendar import fiscal_year
from portal.kernel.thai_text import fold_digits

_YEAR = re.compile(r"2[45][0-9]{2}")


def asked_of(text: str, known: Sequence[int], now: datetime) -> int:
    """The present one without ``text``; raises ``NotFound`` for one that was not counted: a slip must not pass for a year without cases."""
    year = fold_digits(text.strip())
    if not year:
        return fiscal_year(now)
    if not _YEAR.fullmatch(year) or int(year) not in known:
        raise NotFound
    return int(year)
