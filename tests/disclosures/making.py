"""Pages for tests of this room, made through the services."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.db import unit_of_work
from portal.disclosures import service
from portal.disclosures.models import Disclosure
from portal.disclosures.service import PageSettings, TextDraft
from portal.kernel.actor import SYSTEM

OFFICE = {"responsible_position_th": "ผู้อำนวยการกอง", "office_contact": "โทร. 02 000 0001"}


def make_page(session: Session, now: datetime, agency: Agency, *, publish: bool = True, language: str = "th", **values: Any) -> Disclosure:
    """A page with an officer and a text; ``values`` are fields of the text or the settings, and ``slug``."""
    slug = values.pop("slug", "")
    text = {"title": "รายงานการรับฟังความเห็น", "body": "<p>เนื้อหาของหน้านี้</p>"}
    settings: dict[str, Any] = {"responsible_unit_id": agency.id, **OFFICE}
    for name, value in values.items():
        (text if name in TextDraft.__dataclass_fields__ else settings)[name] = value
    with unit_of_work(session):
        page = service.create_draft(
            session, SYSTEM, now, agency, TextDraft(**text), settings=PageSettings(**settings), language=language, slug=slug
        )
        if publish:
            service.publish(session, SYSTEM, now, page.translations[0])
    return page
