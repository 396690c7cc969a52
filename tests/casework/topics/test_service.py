"""Topics: added, named, ordered, closed, never deleted; two administrators at once."""

import pytest
from sqlalchemy import select

from portal.agencies import service as agencies
from portal.audit.models import AuditEntry
from portal.casework.topics import queries, service
from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM, Role
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from tests.factories import actor_of, make_agency, make_user


@pytest.fixture
def agency(session):
    with unit_of_work(session):
        return make_agency(session)


@pytest.fixture
def administrator(session, agency):
    with unit_of_work(session):
        return actor_of(session, make_user(session, [(agency, Role.ADMINISTRATOR)]))


def add(session, actor, now, agency, *names, **values):
    with unit_of_work(session):
        return service.add_topic(session, actor, now, agency, *names, **values)


def test_topics_stand_in_the_order_they_were_given(session, agency, administrator, now):
    for name in ("ถนนและทางเท้า", "ขยะ", "น้ำประปา"):
        add(session, administrator, now, agency, name)
    slugs = {topic.name_th: topic.slug for topic in queries.open_topics(session, agency.id)}
    with unit_of_work(session):
        service.order_topics(session, administrator, now, agency, [slugs["น้ำประปา"], slugs["ถนนและทางเท้า"], slugs["ขยะ"]])
    assert [topic.name_th for topic in queries.open_topics(session, agency.id)] == ["น้ำประปา", "ถนนและทางเท้า", "ขยะ"]


def test_a_closed_topic_is_no_longer_offered_and_still_there(session, agency, administrator, now):
    topic = add(session, administrator, now, agency, "ขยะ", "Waste", "waste")
    with unit_of_work(session):
        service.close_topic(session, administrator, now, topic, topic.row_version)
    assert queries.open_topics(session, agency.id) == []
    assert [kept.slug for kept in queries.all_topics(session, agency.id)] == ["waste"]
    with unit_of_work(session):
        service.reopen_topic(session, administrator, now, topic, topic.row_version)
    assert [kept.slug for kept in queries.open_topics(session, agency.id)] == ["waste"]
    acts = session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all()
    assert acts == ["topic.added", "topic.closed", "topic.reopened"]


@pytest.mark.parametrize(
    ("names", "slug", "field"),
    [(("", ""), "", "name_th"), (("  \u200b ",), "", "name_th"), (("ก" * 121,), "", "name_th"), (("ขยะ", "W" * 121), "", "name_en"),
     (("ขยะ",), "No Blanks", "slug"), (("ขยะ",), "a\x00b", "slug"), (("น้ำ",), "water", "slug"), (("น้ำประปา",), "", "name_th")],
)  # fmt: skip
def test_a_bad_topic_is_refused_by_field(session, agency, administrator, now, names, slug, field):
    add(session, administrator, now, agency, "น้ำประปา", slug="water")
    with pytest.raises(Invalid) as refused:
        add(session, administrator, now, agency, *names, slug=slug)
    assert list(refused.value.fields) == [field]


def test_two_administrators_at_once_the_second_is_told(session, agency, administrator, now):
    topic = add(session, administrator, now, agency, "ขยะ")
    seen = topic.row_version
    with unit_of_work(session):
        service.edit_topic(session, administrator, now, topic, "ขยะและสิ่งปฏิกูล", "", seen)
    with pytest.raises(Conflict), unit_of_work(session):
        service.edit_topic(session, administrator, now, topic, "ขยะตกค้าง", "", seen)
    with pytest.raises(Conflict), unit_of_work(session):
        service.close_topic(session, administrator, now, topic, seen)
    assert [kept.name_th for kept in queries.open_topics(session, agency.id)] == ["ขยะและสิ่งปฏิกูล"]


def test_an_order_of_other_topics_than_there_are_is_refused(session, agency, administrator, now):
    one = add(session, administrator, now, agency, "ขยะ")
    add(session, administrator, now, agency, "น้ำประปา")
    for slugs in ([one.slug], [one.slug, one.slug], [one.slug, "unknown"]):
        with pytest.raises(Conflict), unit_of_work(session):
            service.order_topics(session, administrator, now, agency, slugs)


def test_only_administrators_of_the_agency_touch_its_topics(session, agency, administrator, now):
    with unit_of_work(session):
        elsewhere = make_agency(session)
        stranger = actor_of(session, make_user(session, [(elsewhere, Role.ADMINISTRATOR), (agency, Role.COORDINATOR)]))
        above = actor_of(session, make_user(session, [(None, Role.SYSTEM_ADMINISTRATOR)]))
    topic = add(session, administrator, now, agency, "ขยะ")
    for act in (
        lambda: service.add_topic(session, stranger, now, agency, "น้ำ"),
        lambda: service.edit_topic(session, stranger, now, topic, "น้ำ", "", 1),
        lambda: service.close_topic(session, stranger, now, topic, 1),
        lambda: service.order_topics(session, stranger, now, agency, [topic.slug]),
    ):
        with pytest.raises(NotAllowed), unit_of_work(session):
            act()
    for actor in (above, SYSTEM):
        add(session, actor, now, agency, f"หัวข้อของ {actor.kind}")
    assert len(queries.open_topics(session, agency.id)) == 3


def test_another_mission_is_another_version(session, agency, administrator, now):
    with unit_of_work(session):
        agencies.add_mission(session, agency, {"code": "M1", "text_th": "ภารกิจ"})
    topic = add(session, administrator, now, agency, "ขยะ", "Waste", "waste")
    seen = topic.row_version
    with unit_of_work(session):
        service.edit_topic(session, administrator, now, topic, "ขยะ", "Waste", seen, "M1")
    assert topic.mission.code == "M1"
    assert topic.row_version > seen
    with pytest.raises(Invalid) as refused, unit_of_work(session):
        service.edit_topic(session, administrator, now, topic, "ขยะ", "Waste", topic.row_version, "M7")
    assert set(refused.value.fields) == {"mission"}
