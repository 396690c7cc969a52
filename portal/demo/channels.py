"""Channels of the invented agencies, put into the register by the service."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.demo.reading import read
from portal.feedback.channels import service
from portal.feedback.channels.entry import Entry
from portal.feedback.channels.rules import ChannelAudience
from portal.kernel.actor import SYSTEM
from portal.kernel.thai_calendar import BANGKOK, fiscal_year, fiscal_year_bounds, format_date, office_day

_NAMES = ("name_th", "name_en", "hours_th", "hours_en", "place_th", "place_en", "address", "formality", "line")


def load_channels(session: Session, now: datetime, agencies: Mapping[str, Agency], people: Mapping[str, User]) -> None:
    """Open and appointed since the first day of the last fiscal year, whenever the demonstration is loaded."""
    began = fiscal_year_bounds(fiscal_year(now) - 1)[0]
    then = datetime.combine(began, time(10), BANGKOK)
    for entry in read("channels"):
        service.add_channel(session, SYSTEM, then, agencies[entry["agency"]], entry["channel"], _entry(entry, people, now, began))


def _entry(entry: Mapping[str, Any], people: Mapping[str, User], now: datetime, began: date) -> Entry:
    document = entry.get("document") or ""
    return Entry(
        **{name: str(entry.get(name) or "") for name in _NAMES},
        audience=entry.get("audience") or ChannelAudience.GENERAL_PUBLIC.value,
        collector=people[entry["collector"]].public_id if entry["collector"] else "",
        collector_position_th=entry["position_th"],
        collector_position_en=entry["position_en"],
        appointment_number=document,
        appointment_on=format_date(began, "th") if document else "",
        standard_days=str(entry.get("days") or ""),
        open_from=format_date(began, "th"),
        open_until=format_date(office_day(now) + timedelta(days=90), "th") if entry.get("ends") else "",
    )
