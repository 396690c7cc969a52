"""A second officer at the desk."""

from tests.casework.publication.test_service import NAMED, answered, is_public
from tests.desk.people import Desk, address

TEXTS = dict(zip(("subject", "body", "answer"), NAMED, strict=True))


def test_two_officers_publish_what_accuses_somebody(desk: Desk) -> None:
    case = answered(desk.office)
    officer, coordinator = desk.browser("officer"), desk.browser("coordinator")
    assert desk.post(officer, case, "publish", **TEXTS).location == f"{address(case)}?done=propose_publication"
    page = officer.get(f"/en{address(case)}").get_data(as_text=True)
    assert "A public text waits for a second officer" in page
    assert "confirm-publication" not in page
    assert desk.post(coordinator, case, "return-publication", body="").status_code == 422
    assert desk.post(coordinator, case, "confirm-publication").location == f"{address(case)}?done=confirm_publication"
    assert is_public(desk.office.session, desk.fresh(case))
    assert "Confirmed first by" in coordinator.get(f"/en{address(case)}").get_data(as_text=True)


def test_the_tick_asks_for_a_second_officer_without_a_name(desk: Desk) -> None:
    case = answered(desk.office, "suggestion")
    sent = desk.post(desk.browser("officer"), case, "publish", subject="ป้าย", body="ผู้อำนวยการไม่ยอม", answer="แก้แล้ว", accuses="y")
    assert sent.location == f"{address(case)}?done=propose_publication"
    assert not is_public(desk.office.session, desk.fresh(case))
