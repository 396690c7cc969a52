"""Agencies of the demonstration: names, contacts, missions, strategy trees."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.agencies import service
from portal.agencies.models import Agency, StrategyNode
from portal.agencies.rules import AgencyKind, AgencyLevel
from portal.demo.reading import read
from portal.kernel.actor import SYSTEM

NAMES = ("name_th", "name_en", "short_th", "short_en")
CONTACTS = ("address_th", "address_en", "phone", "fax", "hotline", "email", "website", "hours_th", "hours_en")


def load_agencies(session: Session, now: datetime) -> dict[str, Agency]:
    """Create them, parents first as the file lists them; returns them by slug."""
    made: dict[str, Agency] = {}
    for entry in read("agencies"):
        agency = made[entry["slug"]] = service.create(session, SYSTEM, now, _values(entry, made))
        for place, mission in enumerate(entry.get("missions") or ()):
            values = {
                "code": mission["code"],
                "text_th": mission["th"],
                "text_en": mission["en"],
                "is_core": mission["core"],
                "position": place,
            }
            service.add_mission(session, agency, values)
        _add_nodes(session, agency, None, entry.get("strategy") or ())
    return made


def _values(entry: Mapping[str, Any], made: Mapping[str, Agency]) -> dict[str, Any]:
    contacts = entry.get("contacts") or {}
    return {
        "slug": entry["slug"],
        "code": entry["code"],
        "parent_id": made[entry["parent"]].id if entry.get("parent") else None,
        "level": AgencyLevel(entry["level"]),
        "kind": AgencyKind(entry["kind"]),
        "is_sample": entry["sample"],
        "is_compulsory": entry["compulsory"],
        **{name: entry.get(name) or "" for name in NAMES},
        **{name: contacts.get(name) or "" for name in CONTACTS},
    }


def _add_nodes(session: Session, agency: Agency, parent: StrategyNode | None, nodes: Sequence[Mapping[str, Any]]) -> None:
    for place, node in enumerate(nodes):
        values = {"code": node["code"], "title_th": node["title_th"], "title_en": node["title_en"], "position": place}
        _add_nodes(session, agency, service.add_strategy_node(session, agency, parent, values), node.get("children") or ())
