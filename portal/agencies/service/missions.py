"""What an agency is there to do (ภารกิจ), in its order."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.agencies import policy, queries
from portal.agencies.models import Agency, Mission
from portal.agencies.rules import is_item_code
from portal.agencies.service.acts import allow, changed, checked_texts, take
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.messages import N_, Message

MOST = {"code": 40, "text_th": 2000, "text_en": 2000}
REQUIRED = {"text_th": Message(N_("Write in Thai what it is there to do"))}
CODE_FAULT = N_("A number has letters a to z, digits, dots and hyphens only, such as M1")
NAMED = Message(N_("Topics, routing rules or other records name this mission; take it out of them first"))
CODE_TAKEN = N_("Something of this agency already has this number")


def add_mission(session: Session, agency: Agency, values: Mapping[str, Any]) -> Mission:
    """Add a mission from the values of its columns; for the demonstration and the act of merging."""
    mission = Mission(agency_id=agency.id, **values)
    session.add(mission)
    session.flush()
    return mission


def write_mission(
    session: Session,
    actor: Actor,
    now: datetime,
    agency: Agency,
    mission: Mission | None,
    values: Mapping[str, str],
    *,
    is_core: bool,
    row_version: int,
) -> Mission:
    """Change a mission, or without one add it at the end of the list. ``values`` are code and texts."""
    allow(policy.can_administer(actor, agency))
    texts = checked_texts(values, MOST, REQUIRED)
    _check_code(session, agency, mission, texts["code"])
    take(session, agency, row_version)
    if mission is None:
        last = max((one.position for one in queries.missions(session, agency.id)), default=-1)
        mission = add_mission(session, agency, {**texts, "is_core": is_core, "position": last + 1})
    else:
        mission.code, mission.text_th, mission.text_en, mission.is_core = texts["code"], texts["text_th"], texts["text_en"], is_core
    changed(session, actor, now, agency, "agency.mission_written", {"code": mission.code})
    return mission


def order_mission(session: Session, actor: Actor, now: datetime, agency: Agency, mission: Mission, *, up: bool, row_version: int) -> None:
    """Let a mission change places with its neighbour; at the end of the list nothing happens."""
    allow(policy.can_administer(actor, agency))
    take(session, agency, row_version)
    rows = list(queries.missions(session, agency.id))
    place = rows.index(mission)
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    for position, row in enumerate(rows):
        row.position = position
    changed(session, actor, now, agency, "agency.missions_ordered", {"code": mission.code})


def remove_mission(session: Session, actor: Actor, now: datetime, agency: Agency, mission: Mission, *, row_version: int) -> None:
    """Take a mission off the list. Raises ``Conflict`` while a topic, a rule or another record names it."""
    allow(policy.can_administer(actor, agency))
    take(session, agency, row_version)
    try:
        with session.begin_nested():
            session.delete(mission)
    except IntegrityError as error:  # whoever names missions lives above this package, and holds them by foreign keys
        raise Conflict(NAMED) from error
    changed(session, actor, now, agency, "agency.mission_removed", {"code": mission.code})


def _check_code(session: Session, agency: Agency, mission: Mission | None, code: str) -> None:
    if not is_item_code(code):
        raise Invalid({"code": [Message(CODE_FAULT)]})
    holder = queries.mission(session, agency.id, code)
    if holder is not None and holder is not mission:
        raise Invalid({"code": [Message(CODE_TAKEN)]})
