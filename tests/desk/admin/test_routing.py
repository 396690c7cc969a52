"""Routing rules on their page."""

from tests.desk.people import counted_queries
from tests.feedback.conftest import text_of

PAGE = "/desk/admin/routing"


def words(page):
    return page.get_data(as_text=True)


def test_rules_are_added_tried_ordered_and_ended(desk, administrator):
    unit = desk.office.unit
    added = administrator.post_form(
        administrator.get(PAGE), "words", words="ไฟทาง\nไฟถนน", places="จังหวัดตาก", unit=unit.slug, days="3", note="งานไฟฟ้า"
    )
    assert added.status_code == 303, words(added)
    administrator.post_form(administrator.get(PAGE), "words", note="ที่เหลือ")
    assert administrator.post_form(administrator.get(PAGE), "words", note="ปลายแถว", kinds=["opinion"]).status_code == 303
    page = administrator.get(PAGE)
    assert "ไฟทาง · ไฟถนน" in words(page)
    assert words(page).count("ไม่มีวันถึง") == 1
    tried = administrator.post_form(page, "text", text="ไฟทางดับ อำเภอแม่สอด จังหวัดตาก", kind="grievance", channel="web")
    assert tried.status_code == 200
    assert unit.name_th in text_of(tried, "outcome-heading")
    assert administrator.post_form(page, "/order", **{"place-1": "9"}).status_code == 303
    assert administrator.post_form(page, "/order").status_code == 409
    assert administrator.post_form(administrator.get(PAGE), "/1/end").status_code == 303


def test_what_is_wrong_is_told_at_its_field_and_stays(administrator):
    page = administrator.post_form(administrator.get(PAGE), "words", words="ก", days="สิบ", kinds=["opinion"], note="เหตุผล")
    assert page.status_code == 422
    assert 'id="words-error"' in words(page)
    assert 'id="days-error"' in words(page)
    assert "เหตุผล" in words(page)


def test_the_page_costs_the_same_however_many_rules_there_are(desk, administrator):
    counts = []
    for _round in range(2):
        with counted_queries(desk.app) as seen:
            administrator.get(PAGE)
        counts.append(len(seen))
        for number in range(3):
            administrator.post_form(administrator.get(PAGE), "words", words=f"คำที่{number}", unit=desk.office.unit.slug)
    assert counts[1] <= counts[0] + 1
