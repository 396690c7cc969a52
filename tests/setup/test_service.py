"""The verbs: one agency however often it is sent, one administrator, browsers that do not write over each other."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from portal.accounts.models import Grant
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.options import value_of
from portal.casework.options import KINDS_OFFERED
from portal.casework.topics.queries import open_topics
from portal.db import unit_of_work
from portal.disclosures import queries as disclosures
from portal.disclosures.models import Disclosure
from portal.disclosures.rules import PolicyPage
from portal.kernel.actor import Role
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.setup import service
from portal.setup.rules import STEPS
from portal.setup.service.calendar import add_day, days_ahead, save_calendar
from tests.casework.factories import make_case
from tests.conftest import NOW
from tests.factories import actor_of

NAMES = {"name_th": "นางสาวสมหญิง", "name_en": "", "position_th": "ปลัด"}


def administrator(beginning, *, does_work=False):
    """The beginning in the hands of the administrator."""
    person = beginning.do(service.make_administrator, None, "a@example.org", "hash", NAMES, does_work=does_work)
    return replace(beginning, actor=actor_of(beginning.session, person))


def test_sent_twice_the_agency_is_made_once_and_is_home(beginning):
    hand = beginning.hand()
    first, second = beginning.agency(hand), beginning.agency(hand, name_th="องค์การบริหารส่วนตำบลบ้านใหม่")
    assert first.id == second.id
    assert (second.slug, second.code, second.name_th, second.is_home) == ("ban-mai", "BANMAI", "องค์การบริหารส่วนตำบลบ้านใหม่", True)
    assert beginning.session.scalar(select(func.count()).select_from(Agency)) == 1
    assert agencies.home(beginning.session, "") == second


def test_address_and_code_may_change_until_a_number_was_given_out(beginning, session, keyring):
    beginning.agency()
    agency = beginning.agency(slug="banmai-korat", code="BMK")
    assert (agency.slug, agency.code) == ("banmai-korat", "BMK")
    with unit_of_work(session):
        make_case(session, keyring, agency, NOW)
    with pytest.raises(Conflict):
        beginning.agency(slug="elsewhere", code="BMK")
    assert beginning.agency(slug="banmai-korat", code="BMK", name_en="Ban Mai Korat").name_en == "Ban Mai Korat"


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ({"name_en": ""}, "slug"),
        ({"slug": "ban mai"}, "slug"),
        ({"code": "bm"}, "code"),
        ({"name_th": ""}, "name_th"),
        ({"name_th": "ก" * 201}, "name_th"),
    ],
)
def test_what_cannot_be_is_refused_by_field(beginning, texts, field):
    with pytest.raises(Invalid) as refused:
        beginning.agency(**texts)
    assert set(refused.value.fields) == {field}
    assert beginning.state.agency is None


def test_another_browser_does_not_write_over_what_one_has_not_seen(beginning):
    phone, office = beginning.hand("phone"), beginning.hand("office")
    beginning.agency(phone)
    with pytest.raises(Conflict):
        beginning.agency(office, name_th="อื่น")
    assert beginning.state.agency.name_th == "อบต.บ้านใหม่"
    assert beginning.agency(beginning.hand("office"), name_th="อื่น").name_th == "อื่น"
    with pytest.raises(Conflict):
        beginning.agency(phone, name_th="เดิม")


def test_the_administrator_is_made_once_and_the_token_s_browser_is_out(beginning, session):
    agency = beginning.agency()
    admin = administrator(beginning)
    grants = {(grant.role, grant.agency_id, grant.with_children) for grant in session.scalars(select(Grant))}
    assert grants == {(Role.SYSTEM_ADMINISTRATOR, None, False), (Role.ADMINISTRATOR, agency.id, True)}
    with pytest.raises(NotFound):
        beginning.agency()
    with pytest.raises(Conflict):
        admin.do(service.make_administrator, None, "b@example.org", "hash", NAMES, does_work=False)


def test_who_does_the_work_as_well_can_answer_and_publish(beginning):
    agency = beginning.agency()
    actor = administrator(beginning, does_work=True).actor
    assert actor.holds(Role.COORDINATOR, agency.id)
    assert actor.holds(Role.PUBLISHER, agency.id)


def test_a_day_of_the_law_is_opened_and_closed_again_and_an_own_one_added(beginning):
    agency = beginning.agency()
    admin = administrator(beginning)
    ahead = [one for days in days_ahead(admin.session, agency, NOW).values() for one in days]
    shown = {one.day for one in ahead}
    worked = ahead[0].day
    admin.do(save_calendar, None, shown, shown - {worked})
    assert worked not in agencies.holidays_for(admin.session, agency.id, [worked.year])
    admin.do(save_calendar, None, shown, shown)
    assert worked in agencies.holidays_for(admin.session, agency.id, [worked.year])
    own = NOW.date().replace(day=27)
    admin.do(add_day, None, own, "วันสถาปนา")
    assert own in agencies.holidays_for(admin.session, agency.id, [own.year])
    with pytest.raises(Invalid):
        admin.do(add_day, None, own, "อีกครั้ง")


def test_the_form_offers_what_was_chosen_in_the_order_written(beginning):
    agency = beginning.agency()
    admin = administrator(beginning)
    admin.do(service.save_form, None, ["complaint", "question"], [("ถนน", "Roads"), ("ขยะ", "")])
    admin.do(service.save_form, None, ["complaint"], [("น้ำ", ""), ("ถนน", "Streets")])
    assert value_of(admin.session, KINDS_OFFERED, agency.id) == ["complaint"]
    assert [(topic.name_th, topic.name_en) for topic in open_topics(admin.session, agency.id)] == [("น้ำ", ""), ("ถนน", "Streets")]
    with pytest.raises(Invalid) as refused:
        admin.do(service.save_form, None, ["complaint"], [("ก" * 300, "")])
    assert list(refused.value.fields) == ["topics"]


def test_policies_are_drafted_once_each_with_the_administrator_responsible(beginning, session):
    agency = beginning.agency()
    admin = administrator(beginning)
    assert admin.do(service.draft_policies, None, [PolicyPage.PRIVACY], "https://banmai.example") == 1
    assert admin.do(service.draft_policies, None, list(PolicyPage), "https://banmai.example") == 4
    pages = session.scalars(select(Disclosure)).all()
    assert {page.slug for page in pages} == {f"ban-mai-{policy.value}" for policy in PolicyPage}
    assert {page.responsible_user_id for page in pages} == {admin.actor.user_id}
    assert disclosures.policy_pages(session, agency.id, public_only=True) == {}, "nobody sees a draft"


def test_when_it_is_finished_it_is_over_for_all(beginning):
    beginning.agency()
    admin = administrator(beginning)
    admin.do(service.finish)
    with pytest.raises(NotFound):
        admin.do(service.pass_over, None, STEPS[0])
    with unit_of_work(admin.session):
        assert service.begin(admin.session, NOW, admin.keyring) is None
