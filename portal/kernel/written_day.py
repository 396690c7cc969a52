"""Days and years as people type them: Buddhist or common years, Thai digits, long or short."""

import re
from datetime import date

from portal.kernel.thai_calendar import BUDDHIST_OFFSET, READABLE_YEARS, parse_thai_date
from portal.kernel.thai_text import fold_digits

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_SLASHED = re.compile(r"(?P<day>\d{1,2})[/. -](?P<month>\d{1,2})[/. -](?P<year>\d{4})")


def buddhist_year(year: int) -> int | None:
    """The year in B.E.; a common year (2027) is read as one (2570), because no Buddhist year that anybody means looks like it."""
    if year in READABLE_YEARS:
        return year
    return year + BUDDHIST_OFFSET if year + BUDDHIST_OFFSET in READABLE_YEARS else None


def read_year(text: str) -> int | None:
    """A year of four digits in B.E., None for anything else; what was typed may be a common year."""
    folded = fold_digits(text).strip()
    return buddhist_year(int(folded)) if re.fullmatch(r"\d{4}", folded) else None


def read_day(text: str) -> date | None:
    """``5/12/2570``, ``5-12-2027``, ``2027-12-05`` or ``5 ธันวาคม 2570``; None for what is no day."""
    folded = fold_digits(text).strip()
    found = _ISO.fullmatch(folded) or _SLASHED.fullmatch(folded)
    if found is None:
        return parse_thai_date(folded)
    year = buddhist_year(int(found["year"]))
    try:
        return date(year - BUDDHIST_OFFSET, int(found["month"]), int(found["day"])) if year else None
    except ValueError:
        return None
