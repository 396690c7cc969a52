"""A portal with a real and an invented agency, each with a page and a published answer."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.casework.models import Case, PublicCase
from portal.casework.rules import PublicState
from portal.db import unit_of_work
from portal.db.revision import raise_public_revision
from portal.disclosures.models import Disclosure
from portal.kernel.keyring import Keyring
from tests.casework.factories import make_case
from tests.conftest import NOW
from tests.disclosures.making import make_page
from tests.factories import make_agency


@dataclass
class Portal:
    """What there is to follow."""

    real: Agency
    invented: Agency
    page: Disclosure
    invented_page: Disclosure
    case: Case
    invented_case: Case


@pytest.fixture
def portal(session: Session, keyring: Keyring) -> Portal:
    """All of it, through the services."""
    with unit_of_work(session):
        real = make_agency(session, slug="opdc", name_th="สำนักงานจริง", name_en="The Real Office")
        invented = make_agency(session, slug="nam", name_th="กรมน้ำสมมติ", name_en="Invented Water", is_sample=True)
    page = make_page(session, NOW, real, slug="plan", title="แผน <ปี> & งบ", lead="คำนำ <b>หนา</b>")
    invented_page = make_page(session, NOW + timedelta(hours=1), invented, slug="water", title="เรื่องน้ำ")
    with unit_of_work(session):
        case, invented_case = (publish_case(session, keyring, agency) for agency in (real, invented))
    return Portal(real, invented, page, invented_page, case, invented_case)


def publish_case(session: Session, keyring: Keyring, agency: Agency) -> Case:
    """A case whose public text is out; call inside a unit of work."""
    case = make_case(session, keyring, agency, publish_consent=True)
    at = NOW + timedelta(days=1)
    texts = {"subject": "ตู้ไม่มีผู้เปิด", "body": "ตู้หน้าอาคาร", "answer": "เปิดทุกวันจันทร์แล้ว"}
    session.add(PublicCase(case_id=case.id, state=PublicState.PUBLISHED, published_at=at, updated_at=at, **texts))
    raise_public_revision(session)
    session.flush()
    return case
