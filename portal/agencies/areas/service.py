"""Reading and writing areas. An administrator writes one place a line, by name or by code."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.agencies import policy
from portal.agencies.areas.models import AgencyArea
from portal.agencies.models import Agency
from portal.agencies.service.acts import allow, changed, take
from portal.kernel import places
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import excerpt, fold_digits

LINES_MOST = 200


def area_of(session: Session, agency_id: int) -> list[str]:
    """Codes of one agency, in order."""
    return list(session.scalars(select(AgencyArea.code).where(AgencyArea.agency_id == agency_id).order_by(AgencyArea.code)))


def all_areas(session: Session) -> dict[int, list[str]]:
    """Codes of every agency that has an area; one query."""
    found: dict[int, list[str]] = defaultdict(list)
    for agency_id, code in session.execute(select(AgencyArea.agency_id, AgencyArea.code)):
        found[agency_id].append(code)
    return found


def written(codes: Sequence[str]) -> str:
    """The codes as lines that ``read_lines`` reads back: names where they are clear, else the code."""
    return "\n".join(_line(code) for code in codes)


def read_lines(text: str) -> list[str]:
    """Codes of the lines; raises ``Invalid`` for "area" with each line that is no place, or not one only."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > LINES_MOST:
        raise Invalid({"area": [Message(N_("At most %(most)s lines; write the district or the province instead"), {"most": LINES_MOST})]})
    found = {line: _codes(line) for line in lines}
    faults = [_fault(line, codes) for line, codes in found.items() if len(codes) != 1]
    if faults:
        raise Invalid({"area": faults[:5]})
    codes = sorted({codes[0] for codes in found.values()})
    return [code for code in codes if not any(other != code and places.covers(other, code) for other in codes)]


def set_area(session: Session, actor: Actor, now: datetime, agency: Agency, text: str, *, row_version: int) -> None:
    """Write the area anew; without a line the whole country. Raises ``Invalid`` for "area", ``Conflict``, ``NotAllowed``."""
    allow(policy.can_administer(actor, agency))
    codes = read_lines(text)
    take(session, agency, row_version)
    session.execute(delete(AgencyArea).where(AgencyArea.agency_id == agency.id), execution_options={"synchronize_session": False})
    session.add_all(AgencyArea(agency_id=agency.id, code=code) for code in codes)
    changed(session, actor, now, agency, "agency.area_set", {"codes": codes[:20], "count": len(codes)})


def _line(code: str) -> str:
    place = places.by_code(code)
    return place.whole_th if place and places.find("", place.whole_th) == [code] else code


def _codes(line: str) -> list[str]:
    digits = fold_digits(line)
    return [digits] if places.is_code(digits) else places.find("", line)


def _fault(line: str, codes: Sequence[str]) -> Message:
    shown = {"line": excerpt(line, 60)}
    if codes:
        return Message(N_("“%(line)s” names more than one place; write one a line, with its district and province"), shown)
    return Message(N_("“%(line)s” is no place that we know; write it with its district and province, or as a code"), shown)
