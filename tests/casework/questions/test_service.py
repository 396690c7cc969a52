"""Questions are drafted, asked, changed by versions, retired; what a case answered stays beside the words that it answers."""

from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from portal.audit.models import AuditEntry
from portal.casework import service as casework
from portal.casework.errors import KeyReused
from portal.casework.models import Case, CaseAnswer
from portal.casework.questions import queries, service
from portal.casework.questions.wording import Typed
from portal.casework.rules import KeyScope, Part
from portal.casework.service import Submission
from portal.casework.topics.service import add_topic, close_topic
from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM, VISITOR, Role
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.privacy.queries.exports import case_export
from tests.casework.questions.asking import make_question, typed
from tests.conftest import NOW
from tests.factories import actor_of, make_agency, make_user

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def agency(session):
    with unit_of_work(session):
        return make_agency(session, code="OPDC")


def edit(session, question, at=LATER, version=None, **values):
    with unit_of_work(session):
        return service.edit_question(session, SYSTEM, at, question, typed(**values), question.row_version if version is None else version)


def do(session, verb, question, at=LATER):
    with unit_of_work(session):
        return verb(session, SYSTEM, at, question, question.row_version)


def keys_at(session, agency, at):
    return [one.key for one in queries.asked_at(session, agency.id, at)]


def send(session, keyring, agency, answers, *, at=LATER, scope=KeyScope.FORM, key="a key", page_made_at=None, language="th", **values):
    words = {"kind": "complaint", "subject": "ไฟดับ", "body": "ไฟดับสามคืนแล้ว", "anonymity": "anonymous", "language": language, **values}
    with unit_of_work(session):
        submission = Submission(agency=agency.slug, answers=answers, **words)
        receipt = casework.submit(
            session, VISITOR, at, keyring, submission, agency, scope=scope, key=key, home_agency=agency, page_made_at=page_made_at
        )
    return session.scalars(select(Case).where(Case.number == receipt.case_number)).one(), receipt


def said(session, case, language="th"):
    return {one.question(language): one.words(language).values.get("words") for one in queries.answers_of(session, case)}


def test_a_draft_is_asked_of_nobody_until_it_is_asked_and_after_it_is_retired_no_more(session, agency):
    question = make_question(session, agency, "pole", draft=True)
    assert keys_at(session, agency, LATER) == []
    do(session, service.ask_question, question)
    assert keys_at(session, agency, LATER) == ["pole"]
    do(session, service.retire_question, question, LATER + timedelta(hours=1))
    assert keys_at(session, agency, LATER) == ["pole"]
    assert keys_at(session, agency, LATER + timedelta(hours=2)) == []
    do(session, service.ask_question, question, LATER + timedelta(hours=3))
    assert [version.number for version in question.versions] == [1, 2]
    acts = session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)).all()
    assert acts == ["question.added", "question.asked", "question.retired", "question.asked"]


def test_other_words_are_another_version_and_earlier_answers_keep_theirs(session, keyring, agency):
    question = make_question(session, agency, "freq", "one")
    case, _ = send(session, keyring, agency, {"freq": "c1"})
    edit(session, question, at=LATER + timedelta(hours=1), type="one", text="เกิดบ่อยไหม", choices="ทุกวัน | Daily\nไม่บ่อย")
    assert said(session, case) == {"คำถาม freq": "บ่อย"}
    assert said(session, case, "en") == {"คำถาม freq": "Often"}
    assert [[one.key for one in version.asked.choices] for version in question.versions] == [["c1", "c2"], ["c3", "c2"]]
    draft = make_question(session, agency, "draft", draft=True)
    edit(session, draft, text="อื่น")
    assert [version.text_th for version in draft.versions] == ["อื่น"]


def test_who_answered_what_the_page_asked_has_answered(session, keyring, agency):
    question = make_question(session, agency, "freq", "one")
    gone = make_question(session, agency, "gone")
    page_made_at = LATER - timedelta(minutes=30)
    edit(session, question, at=LATER, type="one", choices="ทุกวัน\nไม่บ่อย")
    do(session, service.retire_question, gone)
    answers, at = {"freq": "c1", "gone": "คำตอบ"}, LATER + timedelta(minutes=30)
    with pytest.raises(Invalid) as refused:
        send(session, keyring, agency, answers, at=at)
    assert list(refused.value.fields) == ["answers.gone", "answers.freq"]
    case, _ = send(session, keyring, agency, answers, at=at, page_made_at=page_made_at)
    assert said(session, case) == {"คำถาม freq": "บ่อย", "คำถาม gone": "คำตอบ"}
    make_question(session, agency, "new", at=LATER, required=True)
    with pytest.raises(Invalid) as refused:  # told by what is asked now
        send(session, keyring, agency, {"freq": "c9"}, at=at, page_made_at=page_made_at, key="another key")
    assert list(refused.value.fields) == ["answers.freq", "answers.new"]


def test_required_answers_are_asked_of_the_form_and_of_programs_and_not_of_officers(session, keyring, agency):
    make_question(session, agency, "pole", required=True)
    for scope in (KeyScope.FORM, KeyScope.API):
        with pytest.raises(Invalid) as refused:
            send(session, keyring, agency, {}, scope=scope)
        assert list(refused.value.fields) == ["answers.pole"]
    send(session, keyring, agency, {}, scope=KeyScope.DESK)
    with unit_of_work(session):  # who is not sure about the agency is asked nothing
        submission = Submission("complaint", "ก", "ข", "anonymous")
        casework.submit(session, VISITOR, LATER, keyring, submission, None, scope=KeyScope.FORM, key="unsure key", home_agency=agency)


def test_a_repeat_with_the_same_answers_is_the_same_case_and_with_others_it_is_not(session, keyring, agency):
    make_question(session, agency, "pole")
    case, first = send(session, keyring, agency, {"pole": "เสา 5"})
    again, second = send(session, keyring, agency, {"pole": "เสา 5"})
    assert (again.id, second.code, second.repeated) == (case.id, first.code, True)
    assert session.scalar(select(func.count()).select_from(CaseAnswer)) == 1
    with pytest.raises(KeyReused):
        send(session, keyring, agency, {"pole": "เสา 6"})


def test_answers_go_with_the_words_of_the_case_and_stand_in_the_copy_of_ones_data(session, keyring, agency, store):
    make_question(session, agency, "pole")
    case, _ = send(session, keyring, agency, {"pole": "เสาหน้าบ้านนายสมมติ"})
    assert case_export(session, keyring, case)["answers"] == [{"question": "คำถาม pole", "answer": "เสาหน้าบ้านนายสมมติ"}]
    with unit_of_work(session):
        casework.erase(session, SYSTEM, LATER, store, case, [Part.WORDS])
    assert session.scalars(select(CaseAnswer)).all() == []


def test_what_another_question_depends_on_cannot_be_taken_away(session, agency):
    dark = make_question(session, agency, "dark", "one")
    make_question(session, agency, "nights", "number", only_if=["dark=c1"])
    for verb in (lambda: do(session, service.retire_question, dark), lambda: order(session, agency, ["nights", "dark"])):
        with pytest.raises(Conflict, match="depends"):
            verb()
    with pytest.raises(Invalid) as refused:
        edit(session, dark, type="one", choices="อื่น\nไม่บ่อย")
    assert list(refused.value.fields) == ["choices"]
    edit(session, dark, type="one", choices="บ่อย\nเพิ่ม\nไม่บ่อย")
    assert keys_at(session, agency, LATER) == ["dark", "nights"]


def test_a_question_is_not_asked_before_the_one_that_decides_about_it(session, agency):
    make_question(session, agency, "dark", "yes_no", draft=True)
    nights = make_question(session, agency, "nights", "number", only_if=["dark=yes"], draft=True)
    with pytest.raises(Conflict):
        do(session, service.ask_question, nights)


def order(session, agency, keys):
    with unit_of_work(session):
        service.order_questions(session, SYSTEM, LATER, agency, keys)


def test_they_stand_in_the_order_they_were_given_and_a_stale_order_is_refused(session, agency):
    for key in ("first", "second", "third"):
        make_question(session, agency, key)
    order(session, agency, ["third", "first", "second"])
    assert keys_at(session, agency, LATER) == ["third", "first", "second"]
    for stale in (["third", "first"], ["third", "first", "first"], ["third", "first", "other"]):
        with pytest.raises(Conflict):
            order(session, agency, stale)


@pytest.mark.parametrize("only_if", [["none=yes"], ["itself=c1"], ["words=c1"], ["\x00"]])
def test_a_condition_needs_a_choice_of_an_earlier_question(session, agency, only_if):
    make_question(session, agency, "words")
    with pytest.raises(Invalid) as refused:
        make_question(session, agency, "itself", "one", only_if=only_if)
    assert list(refused.value.fields) == ["only_if"]


def test_wording_that_only_looks_as_if_it_asked_for_a_name_is_taken_when_somebody_says_so(session, agency):
    make_question(session, agency, "road", text="ชื่อถนน", sure=True)
    for key in ("road", "No Blanks", "a\x00b", "k" * 41):
        with pytest.raises(Invalid) as refused:
            make_question(session, agency, key)
        assert list(refused.value.fields) == ["key"]


def test_a_form_has_no_more_than_twenty(session, agency):
    questions = [make_question(session, agency, f"q-{number}") for number in range(20)]
    with pytest.raises(Invalid):
        make_question(session, agency, "one-too-many")
    do(session, service.retire_question, questions[0])
    make_question(session, agency, "fits-now")
    with pytest.raises(Invalid):
        do(session, service.ask_question, questions[0])


def test_two_administrators_at_once_the_second_is_told_and_others_may_not(session, agency):
    question = make_question(session, agency, "pole")
    seen = question.row_version
    edit(session, question, text="ใหม่")
    with pytest.raises(Conflict):
        edit(session, question, text="อื่น", version=seen)
    with unit_of_work(session):
        officer = actor_of(session, make_user(session, [(agency, Role.OFFICER)]))
    with pytest.raises(NotAllowed), unit_of_work(session):
        service.add_question(session, officer, NOW, agency, Typed(type="short", text_th="ก"))


def test_a_topic_that_is_closed_stays_with_the_questions_that_are_meant_for_it(session, agency):
    with unit_of_work(session):
        topic = add_topic(session, SYSTEM, NOW, agency, "ไฟทาง", slug="lights")
    question = make_question(session, agency, "pole", topics=["lights"])
    with unit_of_work(session):
        close_topic(session, SYSTEM, LATER, topic, topic.row_version)
    edit(session, question, text="เสาต้นใด", topics=["lights"])
    assert question.latest.topics == ["lights"]


def test_reading_questions_or_answers_takes_as_many_queries_for_twenty_as_for_one(session, keyring, agency):
    counts = []
    for number in (1, 8):
        for place in range(number):
            make_question(session, agency, f"q-{number}-{place}", "one")
        answers = {one.key: "c1" for one in queries.asked_at(session, agency.id, LATER)}
        case, _ = send(session, keyring, agency, answers, key=f"key number {number}")
        counts.append(_queries(session, lambda case=case: (said(session, case), queries.all_questions(session, agency.id))))
    assert counts[0] == counts[1]


def _queries(session, read):
    session.rollback()
    session.expire_all()
    seen: list[str] = []

    def count(*args):
        seen.append(args[2])

    event.listen(session.get_bind(), "before_cursor_execute", count)
    read()
    event.remove(session.get_bind(), "before_cursor_execute", count)
    return len(seen)
