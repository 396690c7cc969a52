"""An office that listens: cases with themes, decided and published."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from portal.casework import service as casework
from portal.casework.models import Case
from portal.db import unit_of_work
from portal.kernel.keyring import Keyring
from portal.outcomes.themes import service as themes
from portal.outcomes.themes.models import Theme
from tests.casework.conftest import Office, make_office
from tests.conftest import NOW

#: Within the second half of fiscal year 2569 (April to September 2026), and after it.
MAY = datetime(2026, 5, 4, 3, 0, tzinfo=NOW.tzinfo)
AFTER = NOW
CLOSING = {"result": "ทำแล้ว", "reason": "เป็นประโยชน์ต่อประชาชน", "proof": "ภาพถ่าย"}


@pytest.fixture
def office(session: Session, keyring: Keyring) -> Office:
    return make_office(session, keyring)


def theme(office: Office, name: str, agency=None) -> Theme:
    with unit_of_work(office.session):
        return themes.add_theme(office.session, office.coordinator, NOW, agency or office.agency, name, name)


def heard(office: Office, count: int = 1, at: datetime = MAY, disposition: str = "", of: Theme | None = None, **values) -> list[Case]:
    """Cases received on that day; decided ten days later where a disposition is given."""
    cases = []
    for _ in range(count):
        case = office.case(at, **values)
        if disposition:
            office.do(casework.assign, office.coordinator, case, office.users["officer"], at=at)
            office.do(casework.close, office.officer, case, at=at + timedelta(days=10), disposition=disposition, **CLOSING)
        cases.append(case)
    if of is not None:
        give(office, of, cases)
    return cases


def give(office: Office, of: Theme, cases: list[Case]) -> int:
    with unit_of_work(office.session):
        chosen = {case.number: of.slug for case in cases}
        return themes.give_themes(office.session, office.coordinator, NOW, office.agency, chosen, {})


def published(office: Office, case: Case, at: datetime = MAY + timedelta(days=11)) -> Case:
    """The text that the portal proposes, confirmed as it is."""
    text = casework.propose_public_text(office.session, case)
    office.do(casework.publish, office.officer, case, text.subject, text.body, text.answer, at=at)
    return case
