"""What the form offers: kinds and topics of an agency, and what it says while it is closed."""

from io import BytesIO

import pytest

from portal.agencies.options.service import set_option
from portal.casework.options import CLOSED_SENTENCE_TH, FILES_MOST, FORM_OPEN, KINDS_OFFERED
from portal.casework.topics.service import add_topic
from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM
from tests.client import parse
from tests.conftest import NOW
from tests.feedback.conftest import body_of, send
from tests.files.makers import encoded, picture


@pytest.fixture
def setting(town):
    def set_it(option, value, agency):
        with unit_of_work(town.session):
            set_option(town.session, SYSTEM, NOW, option, agency, value, 0)

    return set_it


@pytest.fixture
def topics(town):
    with unit_of_work(town.session):
        add_topic(town.session, SYSTEM, NOW, town.home, "ถนนและทางเท้า", "Roads", "roads")
        add_topic(town.session, SYSTEM, NOW, town.other, "น้ำประปา", "Water", "water")


def values_of(page, name):
    return parse(page.get_data(as_text=True)).xpath(f"//*[@name='{name}']/@value | //select[@name='{name}']//option/@value")


def test_one_agency_s_kinds_stand_in_its_order_and_all_where_none_was_chosen(client, town, setting):
    setting(KINDS_OFFERED, ["question", "complaint"], town.home)
    assert values_of(client.get("/feedback/new?agency=opdc"), "kind") == ["question", "complaint"]
    assert len(values_of(client.get("/feedback/new"), "kind")) == 7
    refused = send(client, "/feedback/new?agency=opdc", kind="compliment")
    assert refused.status_code == 422
    assert send(client, kind="question").status_code == 303


def test_topics_stand_under_their_agency_or_alone(client, town, topics):
    grouped = values_of(client.get("/feedback/new"), "topic")
    assert set(grouped) == {"", "opdc:roads", "other:water"}
    assert values_of(client.get("/feedback/new?agency=opdc"), "topic") == ["", "roads"]
    assert values_of(client.get("/feedback/new?agency=unsure"), "topic")[0] == ""


@pytest.mark.parametrize(
    "address", ["/feedback/new?agency=opdc&topic=roads", "/feedback/new?topic=roads", "/feedback/new?topic=opdc:roads"]
)
def test_a_topic_in_the_address_is_chosen_already(client, town, topics, address):
    chosen = parse(client.get(address).get_data(as_text=True)).xpath("//select[@name='topic']//option[@selected]/@value")
    assert [value.rpartition(":")[2] for value in chosen] == ["roads"]
    assert send(client, address).status_code == 303
    assert town.only_case().topic.slug == "roads"


@pytest.mark.parametrize("topic", ["other:water", "water", "a\x00b", "ก" * 4000])
def test_a_topic_of_another_agency_is_refused_and_nothing_typed_is_lost(client, town, topics, topic):
    page = send(client, topic=topic)
    assert page.status_code == 422
    assert "ตู้หน้าอาคารไม่มีผู้เปิดอ่าน" in page.get_data(as_text=True)
    assert values_of(page, "topic") == ["", "roads"]


def test_without_topics_nobody_is_asked(client, town):
    assert values_of(client.get("/feedback/new"), "topic") == []
    assert send(client, topic="").status_code == 303


def test_a_closed_form_says_so_before_and_after(client, town, setting):
    setting(FORM_OPEN, False, town.home)
    setting(CLOSED_SENTENCE_TH, "ปิดปรับปรุงถึง 1 ธันวาคม โทร 1111", town.home)
    assert "ปิดปรับปรุงถึง 1 ธันวาคม" in body_of(client.get("/feedback/new"))
    page = send(client)
    assert page.status_code == 422
    assert "ปิดปรับปรุงถึง 1 ธันวาคม" in body_of(page)
    assert send(client, agency="other").status_code == 303


def test_fewer_files_are_taken_where_fewer_are_allowed(client, town, setting):
    setting(FILES_MOST, 1, None)
    assert "ไม่เกิน 1 ไฟล์" in body_of(client.get("/feedback/new"))
    two = [(BytesIO(encoded("PNG", picture((60, 40 + number)))), f"{number}.png") for number in range(2)]
    page = send(client, files=two)
    assert page.status_code == 422
