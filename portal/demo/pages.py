"""Pages and performance reports of the demonstration, published on their day by the service of disclosures."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.agencies import queries as missions
from portal.agencies.models import Agency, StrategyNode
from portal.demo.reading import read
from portal.disclosures import service
from portal.disclosures.figures import IndicatorInput, PeriodInput
from portal.disclosures.models import Disclosure
from portal.disclosures.rules import Direction, DisclosureKind, Licence
from portal.disclosures.service import PageSettings, TextDraft
from portal.kernel.actor import SYSTEM

TEXTS = ("title", "lead", "body", "change_note")


def load_pages(session: Session, now: datetime, agencies: Mapping[str, Agency], people: Mapping[str, User]) -> list[Disclosure]:
    """Create and publish them, oldest first, then link those that belong together."""
    entries = sorted(read("pages"), key=lambda entry: str(entry["published_at"]))
    pages = [_publish(session, now, entry, agencies, people) for entry in entries]
    for entry, page in zip(entries, pages, strict=True):
        service.set_related(session, SYSTEM, now, page, entry.get("related") or ())
    return pages


def _publish(
    session: Session, now: datetime, entry: Mapping[str, Any], agencies: Mapping[str, Agency], people: Mapping[str, User]
) -> Disclosure:
    agency, finished = agencies[entry["agency"]], datetime.fromisoformat(entry["updated_at"])
    # Invented pages are recorded on the day they were finished; the old one of OPDC is brought in today, which its record says.
    day = min(finished, now) if entry["sample"] else now
    page = service.create_draft(
        session, SYSTEM, day, agency, _text(entry, "th"), settings=_settings(session, entry, agency, people), slug=entry["slug"]
    )
    if entry.get("figures"):
        service.set_figures(session, SYSTEM, day, page, [_indicator(figure) for figure in entry["figures"]])
    if entry.get("en"):
        service.add_language(session, SYSTEM, day, page, "en", _text(entry, "en"))
    for translation in page.translations:
        service.publish(session, SYSTEM, day, translation)
    return page


def _text(entry: Mapping[str, Any], language: str) -> TextDraft:
    words: dict[str, Any] = {name: entry[language].get(name) or "" for name in TEXTS}
    words |= {name: datetime.fromisoformat(entry[name]) for name in ("published_at", "updated_at")}
    return TextDraft(**words)


def _settings(session: Session, entry: Mapping[str, Any], agency: Agency, people: Mapping[str, User]) -> PageSettings:
    responsible = people[entry["responsible"]]
    settings = PageSettings(
        kind=DisclosureKind(entry["kind"]),
        responsible_user_id=responsible.id,
        responsible_unit_id=responsible.unit_id,
        licence=Licence(entry["licence"]),
        is_sample=entry["sample"],
        fiscal_year=entry.get("fiscal_year"),
        mission_id=_mission(session, entry, agency),
    )
    if not entry.get("strategy"):
        return settings
    node = session.scalars(select(StrategyNode).where(StrategyNode.agency_id == agency.id, StrategyNode.code == entry["strategy"])).one()
    return replace(settings, strategy_node_id=node.id)


def _mission(session: Session, entry: Mapping[str, Any], agency: Agency) -> int | None:
    found = missions.mission(session, agency.id, entry["mission"]) if entry.get("mission") else None
    return found.id if found else None


def _indicator(figure: Mapping[str, Any]) -> IndicatorInput:
    periods = tuple(
        PeriodInput(period["label_th"], period["label_en"], _number(period["target"]), _number(period["actual"]))
        for period in figure["periods"]
    )
    names = {name: figure[f"indicator_{name[-2:]}"] for name in ("name_th", "name_en")}
    units = {name: figure[name] for name in ("unit_th", "unit_en")}
    return IndicatorInput(**names, **units, direction=Direction(figure["direction"]), baseline=_number(figure["baseline"]), periods=periods)


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
