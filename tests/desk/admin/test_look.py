"""Colour, poster and button, mail server on their pages."""

import pytest

from portal.kernel.actor import Role
from tests.client import parse

LOOK, MAIL = "/desk/admin/look", "/desk/admin/mail"


def words(page):
    return page.get_data(as_text=True)


def fresh(desk):
    desk.office.session.rollback()
    desk.office.session.refresh(desk.office.agency)
    return desk.office.agency


def test_a_colour_is_chosen_and_one_that_cannot_be_read_is_refused_with_the_nearest(desk, administrator):
    assert administrator.post_form(administrator.get(LOOK), "/look", choice="#1d4779").status_code == 303
    refused = administrator.post_form(administrator.get(LOOK), "/look", choice="other", colour="#ffcc00")
    assert refused.status_code == 422
    assert parse(words(refused)).xpath("//input[@name='colour']/@value") == ["#ffcc00"]
    assert fresh(desk).colour == "#1d4779"
    offered = parse(words(refused)).xpath("//button[@name='offered']/@value")[0]
    assert administrator.post_form(refused, "/look", offered=offered).status_code == 303
    assert fresh(desk).colour == offered
    assert administrator.post_form(administrator.get(LOOK), "/look", choice="").status_code == 303
    assert fresh(desk).colour == ""


def test_two_who_set_the_colour_at_once(desk, administrator, sign_in):
    page, other = administrator.get(LOOK), sign_in(Role.ADMINISTRATOR)
    other.post_form(other.get(LOOK), "/look", choice="#1d4779")
    late = administrator.post_form(page, "/look", choice="#8a1f2d")
    assert late.status_code == 409
    assert fresh(desk).colour == "#1d4779"
    assert administrator.post_form(late, "/look").status_code == 303
    assert fresh(desk).colour == "#8a1f2d"


def test_whose_identity_the_portal_wears_is_set_by_those_above(app, desk, administrator, above):
    from dataclasses import replace

    runtime = app.extensions["portal"]
    app.extensions["portal"] = replace(runtime, settings=replace(runtime.settings, home_agency=""))
    slug = desk.office.agency.slug
    assert 'action="/desk/admin/look/home"' not in words(administrator.get(LOOK))
    page = above.get(f"{LOOK}?agency={slug}")
    assert above.post_form(page, "/look/home").status_code == 303
    assert fresh(desk).is_home
    assert above.post_form(page, "/look/home", agency="nobody").status_code == 404
    assert administrator.post_form(page, "/look/home").status_code == 403


def test_the_door_has_address_posters_and_buttons(desk, administrator):
    slug = desk.office.agency.slug
    page = words(administrator.get("/desk/admin/door"))
    assert f"/write/{slug}" in page
    assert f"/en/write/{slug}" in page
    assert administrator.get("/desk/admin/poster").status_code == 200
    for query in ("?topic=nothing", f"?agency={desk.office.elsewhere.slug}"):
        assert administrator.get(f"/desk/admin/poster{query}").status_code == 404


def test_the_mail_server_is_entered_by_those_above_and_its_password_never_shown(administrator, above):
    assert administrator.get(MAIL).status_code == 403
    values = {"host": "smtp.agency.go.th", "port": "587", "user": "portal", "password": "very secret", "sender": "no-reply@agency.go.th"}
    assert above.post_form(above.get(MAIL), "/mail", **values).status_code == 303
    page = words(above.get(MAIL))
    assert 'value="smtp.agency.go.th"' in page
    assert "very secret" not in page


def test_two_who_enter_a_mail_server_at_once(above, sign_in):
    values = {"host": "smtp.agency.go.th", "port": "587", "sender": "no-reply@agency.go.th"}
    page, other = above.get(MAIL), sign_in(Role.SYSTEM_ADMINISTRATOR)
    other.post_form(other.get(MAIL), "/mail", **values)
    late = above.post_form(page, "/mail", **{**values, "host": "mail.agency.go.th"})
    assert late.status_code == 409
    assert 'value="mail.agency.go.th"' in words(late)
    assert above.post_form(late, "/mail").status_code == 303


@pytest.mark.parametrize(
    ("name", "value"), [("host", "http://smtp/x"), ("port", "22"), ("sender", "nobody"), ("security", "x"), ("host", "a\r\nb")]
)
def test_a_bad_mail_server_is_refused_by_field(above, name, value):
    values = {"host": "smtp.agency.go.th", "port": "587", "sender": "no-reply@agency.go.th", name: value}
    page = above.post_form(above.get(MAIL), "/mail", **values)
    assert page.status_code == 422
    assert parse(words(page)).xpath(f"//a[@href='#{name}']")
