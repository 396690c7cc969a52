"""Settings on a page: read, set, reset, told what a change will do, two administrators at once."""

import pytest

from portal.agencies.options import OptionKind, value_of
from portal.agencies.options.service import set_option
from portal.casework.options import FILES_MOST, FORM_OPEN, KINDS_OFFERED, SUBMISSIONS_NETWORK
from portal.db import unit_of_work
from portal.desk.admin.all_options import BY_KEY, GROUPS
from portal.kernel.actor import SYSTEM, Role
from tests.conftest import NOW

PAGE = "/desk/admin/options"


def now_is(desk, option, agency=True):
    desk.office.session.rollback()
    return value_of(desk.office.session, option, desk.office.agency.id if agency else None)


def change(client, option, agency="", **values):
    return client.post_form(client.get(f"{PAGE}/{option.key}?agency={agency}"), f"/{option.key}", **values)


def test_no_two_options_share_a_key_and_every_default_can_be_stored():
    options = [option for group in GROUPS.values() for option in group]
    assert len(options) == len(BY_KEY)
    for option in options:
        if option.kind is not OptionKind.CODES:
            assert option.checked(option.default) == option.default, option.key
        assert option.label
        assert option.explains


def test_every_option_has_a_page_for_those_above_and_the_agency_s_for_its_own(administrator, above):
    assert "casework.files_most" not in administrator.get(PAGE).get_data(as_text=True)
    every = above.get(PAGE).get_data(as_text=True)
    for key in BY_KEY:
        assert key in every
        assert above.get(f"{PAGE}/{key}").status_code == 200
        assert above.get(f"/en{PAGE}/{key}").status_code == 200


def test_an_administrator_sets_a_number_and_lets_the_default_hold_again(desk, above):
    assert change(above, FILES_MOST, agency="*", value="๓").status_code == 303
    assert now_is(desk, FILES_MOST) == 3
    page = above.get(f"{PAGE}/{FILES_MOST.key}?agency=*")
    assert above.post_form(page, "/reset").status_code == 303
    assert now_is(desk, FILES_MOST) == 5


@pytest.mark.parametrize("value", ["", "0", "6", "-1", "three", "9" * 400, "1.5", "\x00"])
def test_a_bad_number_is_refused_and_stays_in_the_field(desk, above, value):
    page = change(above, FILES_MOST, agency="*", value=value)
    assert page.status_code == 422
    assert now_is(desk, FILES_MOST) == 5


def test_closing_the_form_says_first_what_it_will_do(desk, administrator):
    desk.office.case()
    asked = change(administrator, FORM_OPEN, value="0")
    assert asked.status_code == 200
    assert "ยังไม่มีสิ่งใดเปลี่ยน" in asked.get_data(as_text=True)
    assert now_is(desk, FORM_OPEN) is True
    assert administrator.post_form(asked, f"/{FORM_OPEN.key}").status_code == 303
    assert now_is(desk, FORM_OPEN) is False


def test_kinds_are_chosen_and_put_in_order_without_scripts(desk, administrator):
    client = administrator
    token = client.get(f"{PAGE}/{KINDS_OFFERED.key}")
    from tests.client import find_form, form_fields

    fields = form_fields(find_form(token.get_data(as_text=True), f"/{KINDS_OFFERED.key}"))
    data = {"csrf_token": fields["csrf_token"], "agency": fields["agency"], "version": fields["version"], "sure": "yes"}
    places = {"place-question": "1", "place-complaint": "2", "place-opinion": "x"}
    answer = client.post(f"{PAGE}/{KINDS_OFFERED.key}", data={**data, **places, "value": ["opinion", "complaint", "question"]})
    assert answer.status_code == 303
    assert now_is(desk, KINDS_OFFERED) == ["question", "complaint", "opinion"]
    none = client.post(f"{PAGE}/{KINDS_OFFERED.key}", data={**data, "version": "1"})
    assert none.status_code == 422
    wrong = client.post(f"{PAGE}/{KINDS_OFFERED.key}", data={**data, "version": "1", "value": ["corruption"]})
    assert wrong.status_code == 422


def test_dropping_a_kind_counts_its_open_cases(desk, administrator):
    desk.office.case(kind="suggestion")
    page = administrator.get(f"{PAGE}/{KINDS_OFFERED.key}")
    answer = administrator.post_form(page, f"/{KINDS_OFFERED.key}", value="question")
    assert "1 เรื่อง" in answer.get_data(as_text=True)
    assert len(now_is(desk, KINDS_OFFERED)) == 7


def test_two_administrators_at_once_the_second_sees_both_and_loses_nothing(desk, above):
    page = above.get(f"{PAGE}/{SUBMISSIONS_NETWORK.key}?agency=*")
    with unit_of_work(desk.office.session):
        set_option(desk.office.session, SYSTEM, NOW, SUBMISSIONS_NETWORK, None, 900, 0)
    late = above.post_form(page, f"/{SUBMISSIONS_NETWORK.key}", value="700")
    assert late.status_code == 409
    words = late.get_data(as_text=True)
    assert "900" in words
    assert 'value="700"' in words
    assert now_is(desk, SUBMISSIONS_NETWORK) == 900
    assert above.post_form(late, f"/{SUBMISSIONS_NETWORK.key}").status_code == 303
    assert now_is(desk, SUBMISSIONS_NETWORK) == 700


def test_resetting_what_somebody_changed_meanwhile_is_told(desk, above):
    change(above, FILES_MOST, agency="*", value="3")
    page = above.get(f"{PAGE}/{FILES_MOST.key}?agency=*")
    change(above, FILES_MOST, agency="*", value="4")
    assert above.post_form(page, "/reset").status_code == 409
    assert now_is(desk, FILES_MOST) == 4


def test_nobody_sets_what_is_not_theirs(desk, administrator, sign_in):
    elsewhere = desk.office.elsewhere.slug
    assert administrator.get(f"{PAGE}?agency={elsewhere}").status_code == 404
    assert administrator.get(f"{PAGE}?agency=*").status_code == 404
    assert administrator.get(f"{PAGE}/{FILES_MOST.key}").status_code == 404
    assert administrator.get(f"{PAGE}/no.such").status_code == 404
    assert administrator.get(f"{PAGE}?agency=%00").status_code == 404
    assert sign_in(Role.COORDINATOR).get(PAGE).status_code == 403


def test_the_portal_s_value_is_every_agency_s_default(desk, above):
    above.post_form(change(above, FORM_OPEN, agency="*", value="0"), f"/{FORM_OPEN.key}")
    assert now_is(desk, FORM_OPEN) is False
    change(above, FORM_OPEN, agency=desk.office.agency.slug, value="1")
    assert now_is(desk, FORM_OPEN) is True


def test_going_back_to_what_the_portal_has_is_told_first_where_it_hurts(desk, administrator, above):
    change(administrator, FORM_OPEN, value="1")
    above.post_form(change(above, FORM_OPEN, agency="*", value="0"), f"/{FORM_OPEN.key}")
    assert now_is(desk, FORM_OPEN) is True
    asked = administrator.post_form(administrator.get(f"{PAGE}/{FORM_OPEN.key}"), "/reset")
    assert asked.status_code == 200
    assert now_is(desk, FORM_OPEN) is True
    assert administrator.post_form(asked, "/reset").status_code == 303
    assert now_is(desk, FORM_OPEN) is False
