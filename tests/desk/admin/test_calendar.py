"""The office calendar on its page."""

import pytest

from tests.client import parse

PAGE = "/desk/admin/calendar"


def words(page):
    return page.get_data(as_text=True)


def days(page):
    """The table alone: the words beside it name days too."""
    return " ".join(parse(words(page)).xpath("//table//tbody//text()"))


def add(client, **values):
    return client.post_form(client.get(PAGE), "name_th", **{"day": "13/5/2570", "name_th": "วันพืชมงคล", **values})


def test_a_day_is_added_shown_in_its_year_and_taken_out(administrator):
    answer = add(administrator)
    assert "year=2570" in answer.headers["Location"]
    page = administrator.get(answer.headers["Location"])
    assert "วันพืชมงคล" in days(page)
    gone = administrator.post_form(page, "/remove", follow_redirects=True)
    assert "วันสงกรานต์" in days(gone)
    assert "วันพืชมงคล" not in days(gone)


def test_the_law_s_days_stand_in_both_languages(administrator):
    assert "วันสงกรานต์" in words(administrator.get(f"{PAGE}?year=2570"))
    assert "Songkran" in words(administrator.get(f"/en{PAGE}?year=2570"))


def test_a_common_year_is_read_and_said(administrator):
    page = words(administrator.get(f"{PAGE}?year=2027"))
    assert "“2027”" in page
    assert "วันสงกรานต์" in page


@pytest.mark.parametrize("year", ["", "70", "99999", "x", "%00", "0"])
def test_a_year_that_is_none_shows_this_one(administrator, year):
    assert "2569" in words(administrator.get(f"{PAGE}?year={year}"))


def test_a_day_twice_and_nonsense_are_refused_and_stay(administrator):
    add(administrator)
    for values in ({}, {"day": "31/2/2570"}, {"day": ""}, {"name_th": ""}):
        page = add(administrator, **{"name_en": "Ploughing Day", **values})
        assert page.status_code == 422
        assert 'value="Ploughing Day"' in words(page)


def test_the_portal_s_calendar_is_for_those_above(administrator, above, desk):
    assert administrator.get(f"{PAGE}?agency=*").status_code == 404
    add(above, agency="*")
    assert "วันพืชมงคล" in days(administrator.get(f"{PAGE}?year=2570"))


def test_taking_out_what_is_not_there_is_told(administrator):
    page = administrator.get(PAGE)
    assert administrator.post_form(page, "/calendar", day="13/5/2570", name_th="วันพืชมงคล").status_code == 303
    page = administrator.get(f"{PAGE}?year=2570")
    administrator.post_form(page, "/remove")
    assert administrator.post_form(page, "/remove").status_code == 404
