"""Referring to places outside the portal, and their numbers."""

import pytest

from portal.casework import queries, service
from portal.casework.rules import Disposition, Part, Status, WordsKind
from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM
from portal.kernel.errors import Conflict, Invalid
from tests.conftest import NOW

WHY = "เป็นงานของหน่วยงานอื่น"


def told(office, case):
    return next(row.body for row in queries.words_of(office.session, case, for_citizen=True) if row.kind is WordsKind.REFERRED_TO)


@pytest.mark.parametrize(("place", "name"), [("1111", "โทร 1111"), ("1567", "ศูนย์ดำรงธรรม")])
def test_a_known_place_needs_no_words_and_keeps_its_number(office, place, name):
    case = office.assigned()
    office.do(service.refer, office.officer, case, "", WHY, place=place, reference=" 01-2570/๑๒๓ ")
    assert (case.status, case.disposition) == (Status.CLOSED, Disposition.REFERRED)
    assert (case.referral.place.value, case.referral.reference) == (place, "01-2570/๑๒๓")
    assert name in told(office, case)


def test_another_place_is_written_by_hand(office):
    case = office.assigned()
    with pytest.raises(Invalid) as refused:
        office.do(service.refer, office.officer, case, "", WHY)
    assert set(refused.value.fields) == {"to"}
    with pytest.raises(Invalid) as refused:
        office.do(service.refer, office.officer, case, "", WHY, place="191")
    assert set(refused.value.fields) == {"place"}
    with pytest.raises(Invalid) as refused:
        office.do(service.refer, office.officer, case, "", WHY, place="1111", reference="x" * 61)
    assert set(refused.value.fields) == {"reference"}
    office.do(service.refer, office.officer, case, "เทศบาล โทร 02 000 0000", WHY)
    assert told(office, case) == "เทศบาล โทร 02 000 0000"


def test_the_number_may_come_later_and_goes_with_the_words(office, store):
    case = office.assigned()
    with pytest.raises(Conflict):
        office.do(service.note_reference, office.officer, case, "12/70")
    office.do(service.refer, office.officer, case, "", WHY, place="1567")
    office.do(service.note_reference, office.officer, case, "12/70")
    assert case.referral.reference == "12/70"
    with unit_of_work(office.session):
        service.erase(office.session, SYSTEM, NOW, store, case, [Part.WORDS])
    office.session.refresh(case)
    assert case.referral.reference == ""
