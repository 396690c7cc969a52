"""Deadlines on their page."""

PAGE = "/desk/admin/deadlines"
TYPED = {"days": "10", "from_fiscal_year": "2570", "basis_th": "ประกาศหน่วยงาน", "basis_en": "Announcement"}


def words(page):
    return page.get_data(as_text=True)


def add(client, page=None, **values):
    return client.post_form(page or client.get(PAGE), "days", **{**TYPED, **values})


def test_what_holds_today_stands_first_with_its_basis(administrator):
    page = words(administrator.get(PAGE))
    assert "มาตรา 38" in page
    assert "8 ธ.ค. 2569" in page


def test_a_rule_is_looked_at_added_and_ended(administrator):
    page = words(add(administrator, preview="yes"))
    assert "3 ธันวาคม 2569" in page
    assert "ประกาศหน่วยงาน" in page
    assert add(administrator).status_code == 303
    listed = administrator.get(PAGE)
    assert words(listed).count("ประกาศหน่วยงาน") == 8  # seven kinds today, and the rule
    assert administrator.post_form(listed, "/end").status_code == 303
    assert words(administrator.get(PAGE)).count("ประกาศหน่วยงาน") == 1


def test_beyond_fifteen_days_the_law_is_named_first(administrator):
    # Six working days are sixteen calendar days over Songkran, five are thirteen.
    for values in ({"days": "16"}, {"days": "6", "way": "working"}):
        asked = add(administrator, **values)
        assert asked.status_code == 200
        assert "มาตรา 37" in words(asked)
    assert "มาตรา 37" not in words(add(administrator, days="5", way="working", preview="yes"))
    assert add(administrator, page=asked, days="30").status_code == 303
    assert "30 วัน" in words(administrator.get(PAGE))


def test_bad_input_is_refused_and_stays(administrator):
    for field, value in (("days", "4000"), ("from_fiscal_year", "2027"), ("basis_en", "")):
        page = add(administrator, **{field: value, "basis_th": "ถ้อยคำที่พิมพ์ไว้"})
        assert page.status_code == 422
        assert "ถ้อยคำที่พิมพ์ไว้" in words(page)


def test_two_administrators_at_once(administrator, above, desk):
    page = administrator.get(PAGE)
    slug = desk.office.agency.slug
    assert add(above, page=above.get(f"{PAGE}?agency={slug}"), days="9").status_code == 303
    late = add(administrator, page=page)
    assert late.status_code == 409
    assert "ประกาศหน่วยงาน" in words(late)
    assert add(administrator, page=late).status_code == 303
    assert administrator.post_form(page, "days", **TYPED).status_code == 409


def test_rules_for_everybody_are_for_those_above(administrator, above):
    assert administrator.get(f"{PAGE}?agency=*").status_code == 404
    assert add(above, page=above.get(f"{PAGE}?agency=*"), agency_kind="local", case_kind="question").status_code == 303
    assert "ประกาศหน่วยงาน" in words(above.get(f"{PAGE}?agency=*"))
    assert administrator.post(f"{PAGE}/99/end").status_code in (400, 403)
