"""A portal with two agencies and something to find."""

import pytest
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.db import unit_of_work
from portal.db.revision import raise_public_revision
from tests.factories import make_agency
from tests.index.documents import make_document, put


@pytest.fixture
def agency(session: Session) -> Agency:
    """An invented agency with a slug and a name."""
    with unit_of_work(session):
        make_agency(session, slug="opdc", name_th="สำนักงานตัวอย่าง")
        agency = make_agency(session, slug="nam", name_th="กรมน้ำสมมติ", name_en="Invented Water Department", is_sample=True)
        raise_public_revision(session)
    return agency


@pytest.fixture
def records(session: Session, agency: Agency) -> None:
    """A disclosure in both languages and the answer to a case."""
    put(
        session,
        make_document("น้ำประปา <b>ไหล</b> ทุกวัน", "water", title="เรื่องน้ำ", agency_id=agency.id, agency_name=agency.name_th),
        make_document("Tap water runs", "water", title="Water", language="en", agency_id=agency.id, agency_name=agency.name_en),
        make_document(
            "ท่อประปาแตก ซ่อมแล้ว", "NAM-2570-000001", kind="case", title="ท่อแตก", url_path="/cases/NAM-2570-000001", agency_id=None
        ),
    )
