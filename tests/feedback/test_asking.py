"""Questions of an agency on the public form: shown with their conditions, judged, kept, and shown to the sender and to nobody else."""

from datetime import timedelta

import pytest

from portal.casework.questions import service
from portal.casework.questions.queries import answers_of
from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM
from portal.web.clock import now
from tests.casework.questions.asking import make_question, typed
from tests.client import find_form, form_fields, parse
from tests.feedback.conftest import WORDS, body_of, send, text_of

FORM = "/feedback/new?agency=other"


@pytest.fixture
def asking(town):
    """The other agency asks two questions, the second only after a yes, and one about suggestions."""
    began = now() - timedelta(days=1)
    make_question(town.session, town.other, "dark", "yes_no", at=began)
    make_question(town.session, town.other, "nights", "number", at=began, required=True, only_if=["dark=yes"])
    make_question(town.session, town.other, "where", "long", at=began, kinds=["suggestion"])
    return town


def answered(town):
    case = town.only_case()
    return {one.asked.key: one.value for one in answers_of(town.session, case)}


def test_without_questions_nothing_is_different(client, town):
    page = client.get("/feedback/new").get_data(as_text=True)
    assert "answers." not in page
    assert "data-asked" not in page


def test_the_questions_stand_on_the_page_with_their_conditions_in_words(client, asking):
    page = client.get("/en" + FORM)
    words = body_of(page)
    for part in (
        "คำถาม dark (optional)",
        "คำถาม nights",
        "Only if you answered “Yes” to “คำถาม dark”",
        "Only for: Suggestion",
        "No answer",
    ):
        assert part in words, part
    names = [field.get("name") for field in find_form(page.get_data(as_text=True), "body").iter("input", "textarea", "select")]
    assert names.index("body") < names.index("answers.dark") < names.index("answers.nights") < names.index("files")
    assert "answers." not in client.get("/feedback/new?agency=opdc").get_data(as_text=True)


def test_answers_are_kept_with_the_case_and_shown_to_the_sender(client, asking):
    values = {"agency": "other", "answers.dark": "yes", "answers.nights": "๓", "answers.where": "หน้า<b>ตลาด\nสองที่"}
    receipt = handed_in_at(client, **values)
    assert answered(asking) == {"dark": "yes", "nights": "3", "where": "หน้า<b>ตลาด\nสองที่"}
    for page in (receipt, client.get("/feedback/case")):
        assert "หน้า<b>ตลาด สองที่" in body_of(page)
        assert "ใช่" in body_of(page)
    assert "สองที่" not in body_of(client.get(f"/cases?agency={asking.other.slug}"))


def handed_in_at(client, **values):
    response = send(client, FORM, **values)
    assert response.status_code == 303, body_of(response)
    return client.get(response.headers["Location"])


def test_an_answer_at_fault_is_told_at_its_field_and_everything_typed_stays(client, asking):
    refused = send(client, "/en" + FORM, agency="other", **{"answers.dark": "yes", "answers.nights": "many", "answers.where": "here"})
    assert refused.status_code == 422
    assert "takes a number" in text_of(refused, "answers.nights-error")
    fields = form_fields(find_form(refused.get_data(as_text=True), "body"))
    assert (fields["answers.dark"], fields["answers.nights"], fields["answers.where"]) == ("yes", "many", "here")
    missing = send(client, "/en" + FORM, agency="other", subject="", **{"answers.dark": "yes"})
    assert parse(missing.get_data(as_text=True)).xpath("//ul[contains(@class, 'error-summary')]//a/@href") == [
        "#subject",
        "#answers.nights",
    ]
    stale = send(
        client, "/en" + FORM, agency="other", kind="question", **{"answers.dark": "no", "answers.nights": "3", "answers.where": "x"}
    )
    assert "is not asked with your other answers" in text_of(stale, "answers.nights-error")
    assert "is not asked with your other answers" in text_of(stale, "answers.where-error")


def test_a_program_that_sends_the_fields_of_the_contract_alone_is_taken_where_nothing_is_required(client, asking):
    page = client.get("/feedback/new")
    fields = form_fields(find_form(page.get_data(as_text=True), "body"))
    fields.pop("asked_for")
    assert client.post("/feedback/new", data={**fields, **WORDS, "agency": "other"}).status_code == 303


def test_who_chooses_another_agency_is_asked_what_that_one_asks_once(client, asking):
    first = send(client, "/feedback/new?agency=opdc", agency="other")
    assert first.status_code == 200
    assert "มีคำถามของหน่วยงานเอง" in body_of(first) or "has questions of its own" in body_of(first)
    assert client.post_form(first, "body").status_code == 303
    assert answered(asking) == {}


def test_answers_that_the_chosen_agency_does_not_ask_for_are_told_and_not_kept(client, asking):
    told = send(client, "/en" + FORM, agency="opdc", **{"answers.where": "หน้าตลาด"})
    assert told.status_code == 200
    assert "does not ask this: หน้าตลาด" in body_of(told)
    assert client.post_form(told, "body").status_code == 303
    assert answered(asking) == {}
    unsure = send(client, "/en" + FORM, agency="unsure", **{"answers.where": "ที่อื่น"})
    assert "does not ask this: ที่อื่น" in body_of(unsure)


def test_a_page_that_is_open_while_a_choice_goes_is_taken_as_it_was(client, town):
    began = now() - timedelta(days=1)
    freq = make_question(town.session, town.home, "freq", "one", at=began)
    gone = make_question(town.session, town.home, "gone", at=began)
    page = client.get("/feedback/new")
    with unit_of_work(town.session):
        later = now() + timedelta(seconds=1)  # a form's token knows whole seconds
        service.edit_question(town.session, SYSTEM, later, freq, typed("one", choices="ทุกวัน\nไม่บ่อย"), freq.row_version)
        service.retire_question(town.session, SYSTEM, now(), gone, gone.row_version)
    values = {**WORDS, "answers.freq": "c1", "answers.gone": "ยังตอบ"}
    mended = client.post_form(page, "body", **{**values, "subject": ""})
    assert mended.status_code == 422
    assert "ยังตอบ" in body_of(mended)  # told: from here on nobody asks it
    assert client.post_form(page, "body", **values).status_code == 303
    assert answered(town) == {"freq": "c1", "gone": "ยังตอบ"}


def test_junk_in_the_names_of_answers_is_no_fault_of_ours(client, asking):
    page = client.get(FORM)
    for junk in ({"answers.": "x"}, {"answers.\x00": "x"}, {"answers." + "k" * 5000: "x"}, {"answers.dark\x00": "yes"}):
        assert client.post_form(page, "body", **{**WORDS, "agency": "other", **junk}).status_code == 200
    refused = client.post_form(page, "body", **{**WORDS, "agency": "other", "answers.where": "ก" * 10_000})
    assert refused.status_code == 422
    assert "ก" * 10_000 in refused.get_data(as_text=True)
