"""Topics on their page."""

from portal.casework.topics import queries

PAGE = "/desk/admin/topics"


def words(page):
    return page.get_data(as_text=True)


def add(client, name, slug=""):
    return client.post_form(client.get(PAGE), "name_th", name_th=name, slug=slug)


def offered(desk):
    desk.office.session.rollback()
    desk.office.session.expire_all()
    return [topic.slug for topic in queries.open_topics(desk.office.session, desk.office.agency.id)]


def test_topics_are_added_ordered_named_closed_and_opened_again(desk, administrator):
    for slug in ("roads", "waste", "water"):
        assert add(administrator, f"หัวข้อ {slug}", slug).status_code == 303
    ordered = administrator.post_form(administrator.get(PAGE), "/order", **{"place-water": "0"})
    assert ordered.status_code == 303
    assert offered(desk) == ["water", "roads", "waste"]
    page = administrator.get(f"{PAGE}/waste")
    assert administrator.post_form(page, "/waste", name_th="ขยะมูลฝอย").status_code == 303
    assert "ขยะมูลฝอย" in words(administrator.get(PAGE))
    assert administrator.post_form(administrator.get(f"{PAGE}/waste"), "/close").status_code == 303
    assert offered(desk) == ["water", "roads"]
    assert administrator.post_form(administrator.get(f"{PAGE}/waste"), "/reopen").status_code == 303
    assert "waste" in offered(desk)


def test_a_name_that_is_taken_is_refused_and_stays_typed(administrator):
    add(administrator, "ขยะ")
    page = add(administrator, "ขยะ", "other")
    assert page.status_code == 422
    assert 'value="other"' in words(page)


def test_two_administrators_at_once(desk, administrator, sign_in):
    from portal.kernel.actor import Role

    add(administrator, "ขยะ", "waste")
    page = administrator.get(f"{PAGE}/waste")
    other = sign_in(Role.ADMINISTRATOR)
    other.post_form(other.get(f"{PAGE}/waste"), "/waste", name_th="ขยะและสิ่งปฏิกูล")
    late = administrator.post_form(page, "/waste", name_th="ขยะตกค้าง")
    assert late.status_code == 409
    assert "ขยะและสิ่งปฏิกูล" in words(late)
    assert "ขยะตกค้าง" in words(late)
    assert administrator.post_form(page, "/close").status_code == 409
    assert administrator.post_form(late, "/waste").status_code == 303


def test_an_order_that_is_out_of_date_is_told(administrator, sign_in):
    add(administrator, "ขยะ", "waste")
    page = administrator.get(PAGE)
    add(administrator, "น้ำ", "water")
    assert administrator.post_form(page, "/order").status_code == 409


def test_a_topic_of_another_agency_is_not_there(desk, administrator, above):
    above.post_form(above.get(f"{PAGE}?agency={desk.office.elsewhere.slug}"), "name_th", name_th="ของเขา", slug="theirs")
    assert administrator.get(f"{PAGE}/theirs").status_code == 404
    assert administrator.get(f"{PAGE}/a%00b").status_code == 404
    assert above.get(f"{PAGE}/theirs?agency={desk.office.elsewhere.slug}").status_code == 200


def test_the_queue_shows_and_narrows_by_topic(desk, administrator):
    add(administrator, "ขยะตกค้าง", "waste")
    with_topic = desk.office.case(topic="waste", subject="ถังขยะเต็ม")
    desk.office.case(subject="ไฟดับ")
    coordinator = desk.browser("coordinator")
    code = f"{desk.office.agency.slug}:waste"
    page = words(coordinator.get(f"/desk?filter=open&topic={code}"))
    assert "ถังขยะเต็ม" in page
    assert "ไฟดับ" not in page
    assert "ไฟดับ" in words(coordinator.get("/desk?filter=open&topic=no:such"))
    assert "ขยะตกค้าง" in words(coordinator.get(f"/desk/cases/{with_topic.number}"))
