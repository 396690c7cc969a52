"""The form of an agency for programs: what it asks, answers that come with a submission, and what is wrong with them by name."""

from datetime import timedelta

from portal.web.clock import now
from tests.casework.questions.asking import make_question

FORM = "/api/v1/agencies/opdc/form"


def ask(session, home):
    began = now() - timedelta(hours=1)
    make_question(session, home, "dark", "yes_no", at=began, text_en="Is it dark", help_th="กลางคืน")
    make_question(session, home, "nights", "number", at=began, required=True, only_if=["dark=yes"], kinds=["suggestion"])
    make_question(session, home, "signs", "several", at=began)


def test_the_form_is_described_in_the_readers_language(client, session, home):
    before = client.get(FORM)
    assert before.json["questions"] == []
    ask(session, home)
    told = client.get(f"{FORM}?language=en").json
    assert (told["agency"]["slug"], told["takes_submissions"], "suggestion" in told["kinds"]) == ("opdc", True, True)
    dark, nights, signs = told["questions"]
    assert (dark["question"], dark["help"], dark["required"], dark["only_if"]) == ("Is it dark", "กลางคืน", False, None)
    assert dark["choices"] == [{"key": "yes", "label": "Yes"}, {"key": "no", "label": "No"}]
    assert (nights["type"], nights["kinds"], nights["only_if"]) == ("number", ["suggestion"], {"question": "dark", "any_of": ["yes"]})
    assert signs["choices"] == [{"key": "c1", "label": "Often"}, {"key": "c2", "label": "Rarely"}]
    for nowhere in ("/api/v1/agencies/nobody/form", "/api/v1/agencies/%00/form"):
        assert client.get(nowhere).status_code == 404


def test_answers_come_with_the_submission_and_are_read_with_its_code(client, session, home, submit):
    ask(session, home)
    sent = submit(answers={"dark": True, "nights": 3, "signs": ["c2", "c1"]})
    assert sent.status_code == 201
    assert submit(answers={"dark": True, "nights": 3, "signs": ["c2", "c1"]}).status_code == 200
    assert submit(answers={"dark": True, "nights": 4}).status_code == 409
    found = client.post("/api/v1/receipts/lookup?language=en", json={"receipt": sent.json["receipt"]}).json
    assert found["answers"] == [
        {"question": "Is it dark", "answer": "Yes"},
        {"question": "คำถาม nights", "answer": "3"},
        {"question": "คำถาม signs", "answer": "Often, Rarely"},
    ]


def test_what_is_wrong_is_named(session, home, submit):
    ask(session, home)
    refused = submit(answers={"dark": "maybe", "nights": [1], "signs": "c1", "other": "x"}, key="key of the first")
    assert (refused.status_code, set(refused.json["errors"])) == (422, {"answers.dark", "answers.nights", "answers.signs", "answers.other"})
    missing = submit(answers={"dark": True}, key="key of the second")
    assert list(missing.json["errors"]) == ["answers.nights"]
    for junk in ({"dark": {"a": [None]}}, {"nights": 1e308}, {"\x00": "x"}, {"signs": [["c1"]]}):
        assert submit(answers=junk, key="key of the third").status_code == 422, junk
    for shape in ("text", ["list"], 5):
        refused = submit(answers=shape, key="key of the fourth")
        assert (refused.status_code, list(refused.json["errors"])) == (422, ["answers"])
    assert submit(answers={}, key="key of the fifth").status_code == 201
