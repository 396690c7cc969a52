"""Reports and improvements as records that an activity of the listening plan produced (``portal.plans.records``)."""

import re
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from portal.kernel.thai_calendar import format_date
from portal.outcomes.improvements import queries as improvements
from portal.outcomes.reports import queries as reports
from portal.plans.records import Address, Finder, Record

_SLUG = re.compile(r"[a-z0-9-]{1,100}")


def _improvement(session: Session, now: datetime, address: Address) -> Record | None:
    found = improvements.by_slug(session, address.parts[1]) if _is_slug(address) else None
    return Record(found.agency_id, f"/improvements/{found.slug}", found.title_th, found.title_en) if found else None


def _report(session: Session, now: datetime, address: Address) -> Record | None:
    """Only once it is published."""
    found = reports.by_slug(session, address.parts[1]) if _is_slug(address) else None
    if found is None or found.published_number is None:
        return None
    names = (
        f"รายงานสรุปผลการพิจารณาความเห็นของประชาชน {format_date(found.first_on, 'th')} ถึง {format_date(found.last_on, 'th')}",
        f"Report on how opinions were considered, {format_date(found.first_on, 'en')} to {format_date(found.last_on, 'en')}",
    )
    return Record(found.agency_id, f"/reports/{found.slug}", *names)


def _is_slug(address: Address) -> bool:
    return len(address.parts) == 2 and bool(_SLUG.fullmatch(address.parts[1]))


#: By the first part of the address.
FINDERS: Mapping[str, Finder] = {"improvements": _improvement, "reports": _report}
