"""The office's calendar: Bangkok days, Buddhist years, fiscal years; dates written and read as Thai people do.

Fiscal year (ปีงบประมาณ): 1 October to 30 September, named by the Buddhist year in which it ends.
``language`` is "th" (Buddhist era, พ.ศ.) or anything else for English (common era). Naive datetimes
are refused everywhere: nobody could say which day they belong to.
"""

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import get_month_names

from portal.kernel.thai_text import fold_digits

BANGKOK = ZoneInfo("Asia/Bangkok")
#: Buddhist year minus common year, true for every day since 1 January 2484 (1941).
BUDDHIST_OFFSET = 543
#: Years that we read as Buddhist. Before 2484 the year began in April; after 2699 it is a typing error.
READABLE_YEARS = range(2484, 2700)


def _in_bangkok(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a datetime needs a zone before it can be put on the office's calendar")
    return moment.astimezone(BANGKOK)


def _as_day(d: date | datetime) -> date:
    return office_day(d) if isinstance(d, datetime) else d


def office_day(moment: datetime) -> date:
    """The day in Bangkok on which ``moment`` falls."""
    return _in_bangkok(moment).date()


def fiscal_year(d: date | datetime) -> int:
    """Fiscal year in B.E.: 30 September 2007 lies in 2550, 1 October 2007 in 2551."""
    day = _as_day(d)
    return day.year + BUDDHIST_OFFSET + (day.month >= 10)


def fiscal_year_bounds(year: int) -> tuple[date, date]:
    """First and last day, both inside, of a fiscal year given in B.E."""
    ends_in = year - BUDDHIST_OFFSET
    return date(ends_in - 1, 10, 1), date(ends_in, 9, 30)


def quarter(d: date | datetime) -> int:
    """Quarter of the fiscal year, 1 to 4; October to December is the first."""
    return (_as_day(d).month + 2) // 3 % 4 + 1


def _year(day: date, language: str) -> int:
    return day.year + BUDDHIST_OFFSET if language == "th" else day.year


def _month(day: date, language: str, width: str = "wide") -> str:
    locale = "th" if language == "th" else "en"
    names: dict[int, str] = dict(get_month_names("abbreviated" if width == "abbreviated" else "wide", locale=locale))
    return names[day.month]


def format_date(d: date | datetime, language: str) -> str:
    """``13 ธันวาคม 2550`` or ``13 December 2007``."""
    day = _as_day(d)
    return f"{day.day} {_month(day, language)} {_year(day, language)}"


def format_date_short(d: date | datetime, language: str) -> str:
    """``13 ธ.ค. 2550`` or ``13 Dec 2007``."""
    day = _as_day(d)
    return f"{day.day} {_month(day, language, 'abbreviated')} {_year(day, language)}"


def format_month(d: date | datetime, language: str) -> str:
    """``ธันวาคม 2550`` or ``December 2007``."""
    day = _as_day(d)
    return f"{_month(day, language)} {_year(day, language)}"


def format_datetime(moment: datetime, language: str) -> str:
    """``13 ธันวาคม 2550 17:23:13`` or ``13 December 2007 17:23:13``, in Bangkok time."""
    local = _in_bangkok(moment)
    return f"{format_date(local, language)} {local:%H:%M:%S}"


def format_time(moment: datetime, language: str) -> str:
    """``9:14 น.`` or ``9:14``, in Bangkok time."""
    local = _in_bangkok(moment)
    clock = f"{local.hour}:{local.minute:02}"
    return f"{clock} น." if language == "th" else clock


def _month_numbers() -> dict[str, int]:
    """Long and short Thai month names, without dots, to their number."""
    return {
        name.replace(".", ""): number
        for width in ("wide", "abbreviated")
        for number, name in dict(get_month_names(width, locale="th")).items()
    }


_MONTHS = _month_numbers()
#: Short names are written ธ.ค., ธ.ค or ธค.
_MONTH_PATTERN = "|".join(
    "".join(f"{re.escape(c)}[.]?" for c in name) if len(name) < 5 else name for name in sorted(_MONTHS, key=len, reverse=True)
)
_DATE = re.compile(
    rf"""(?<!\d)(?P<day>\d{{1,2}}) [ \t\xa0]* (?:เดือน[ \t\xa0]*)? (?P<month>{_MONTH_PATTERN}) [ \t\xa0]*
    (?:พ[.]?[ ]?ศ[.]?[ \t\xa0]*)? (?P<year>\d+)
    (?:[ \t\xa0,]* (?:เวลา[ \t\xa0]*)?
       (?: (?P<h>\d{{1,2}}):(?P<m>\d{{2}})(?: :(?P<s>\d{{2}}))?(?![\d:])
         | (?P<dot_h>\d{{1,2}})[.](?P<dot_m>\d{{2}})(?=[ \t\xa0]*น[.]) ) )?""",
    re.VERBOSE,
)


def parse_thai_datetime(text: str) -> datetime | None:
    """The first date in ``text`` that is written in Thai with a Buddhist year, aware in Bangkok; midnight if no time is given.

    Long or short month, Thai or Arabic digits, ``17:23:13``, ``17:23`` or ``17.23 น.``. None if there is no such date,
    if its year is not a four-digit Buddhist year (two digits, a common year) or if the calendar has no such day or hour.
    """
    found = _DATE.search(fold_digits(text))
    if found is None:
        return None
    year = int(found["year"]) if len(found["year"]) == 4 else 0
    if year not in READABLE_YEARS:
        return None
    try:
        day = date(year - BUDDHIST_OFFSET, _MONTHS[found["month"].replace(".", "")], int(found["day"]))
        clock = time(int(found["h"] or found["dot_h"] or 0), int(found["m"] or found["dot_m"] or 0), int(found["s"] or 0))
    except ValueError:
        return None
    return datetime.combine(day, clock, tzinfo=BANGKOK)


def parse_thai_date(text: str) -> date | None:
    """The day of ``parse_thai_datetime``."""
    moment = parse_thai_datetime(text)
    return moment.date() if moment else None
