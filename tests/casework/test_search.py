"""What cases offer to the search."""

import pytest

from portal.casework import search, service
from portal.db import unit_of_work
from portal.index import service as index
from portal.index.queries import keys_of
from portal.kernel.actor import CITIZEN


def test_only_published_cases_are_offered_with_their_redacted_text(office):
    case = office.answered(publish_consent=True, body="โทร 081 234 5678", language="en")
    assert search.documents_of(office.session, case.id) == (case.number, [])
    office.do(service.publish, office.officer, case, "ตู้", "โทร [ปิด: เบอร์โทร]", "เปิดแล้ว")
    number, (document,) = search.documents_of(office.session, case.id)
    assert (number, document.key, document.language, document.url_path) == (case.number, case.number, "en", f"/cases/{case.number}")
    assert document.text == "โทร [ปิด: เบอร์โทร]\nเปิดแล้ว"
    assert document.agency_name == office.agency.name_en
    assert search.ids(office.session) == [case.id]


def test_a_case_whose_consent_was_withdrawn_is_offered_no_longer(office):
    case = office.answered(publish_consent=True)
    office.do(service.publish, office.officer, case, "ตู้", "เนื้อ", "เปิดแล้ว")
    office.do(service.withdraw_consent, CITIZEN, case)
    assert search.documents(office.session, case) == []
    assert search.ids(office.session) == []


def test_an_unknown_case_is_none(office):
    assert search.documents_of(office.session, 0) is None


ENDS = {
    "consent": lambda office, case: office.do(service.withdraw_consent, CITIZEN, case),
    "publication": lambda office, case: office.do(service.withdraw_publication, office.officer, case, "ผิดเรื่อง"),
    "guarded": lambda office, case: office.do(service.mark_about, office.coordinator, case, [office.users["colleague"]], []),
    "another text": lambda office, case: office.do(service.publish, office.officer, case, "ตู้", "ปิดแล้ว", "เปิดแล้ว"),
}


@pytest.mark.parametrize("end", ENDS)
def test_what_is_public_no_longer_is_found_no_longer_even_before_the_worker_comes(office, end):
    case = office.answered(publish_consent=True)
    office.do(service.publish, office.officer, case, "ตู้", "เนื้อ", "เปิดแล้ว")
    with unit_of_work(office.session):
        index.put(office.session, search.documents(office.session, case))
    assert keys_of(office.session, search.KIND) == {case.number}
    ENDS[end](office, case)
    assert keys_of(office.session, search.KIND) == set()
