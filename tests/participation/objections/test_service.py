"""From the objection to its answer, by services."""

import pytest
from sqlalchemy import event, select, update

from portal.agencies.models import Agency
from portal.casework import service as casework
from portal.casework.models import Case, CaseQuarantine
from portal.casework.rules import CaseKind, Disposition, Status
from portal.casework.rules.abuse import Verdict
from portal.casework.rules.erasing import Part
from portal.db import unit_of_work
from portal.files.store import LocalStore
from portal.kernel.actor import CITIZEN, SYSTEM, Role
from portal.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from portal.participation.objections import queries
from portal.participation.objections.entry import Said, Sender
from portal.participation.objections.models import Objection
from portal.participation.objections.rules import Outcome, State, state_of
from portal.participation.objections.service import answer, object_to
from portal.participation.scores.models import Score
from tests.conftest import NOW
from tests.participation.sides import YEAR, Stage


def again(stage: Stage, objection: Objection) -> Objection:
    stage.session.expire_all()
    found = queries.by_number(stage.session, objection.agency_id, objection.fiscal_year, objection.number)
    assert found
    return found


def say(stage: Stage, objection: Objection, outcome: str = "in_part", reason: str = "ตรวจแล้วจริงหนึ่งในสองข้อ", actor=None):
    version = objection.case.row_version
    return stage.do(answer, actor or stage.assessor, NOW, objection, outcome, reason, row_version=version)


def test_it_becomes_a_case_of_the_home_agency_with_receipt_and_clock(stage: Stage) -> None:
    found = stage.object(evidence="https://example.org/ตู้", check="")
    case = found.case
    assert (case.agency_id, case.kind, case.status) == (stage.home.id, CaseKind.COMPLAINT, Status.RECEIVED)
    assert case.due_on > NOW.date()
    assert case.body == "ตู้ที่ศาลากลางไม่มีใครเปิด\n\nหลักฐานที่ชี้: https://example.org/ตู้"
    assert (found.number, found.scale, found.level, found.state) == (1, "2549", 2, State.WAITING)
    assert stage.object("another token").number == 2


@pytest.mark.parametrize("is_sample", [True, False])
def test_what_is_said_of_an_invented_score_is_invented_whoever_holds_it(stage: Stage, is_sample: bool) -> None:
    with unit_of_work(stage.session):
        stage.session.get_one(Agency, stage.agency.id).is_sample = is_sample
    case = stage.object().case
    assert (case.is_sample, case.agency.is_sample) == (is_sample, False)


def test_one_form_makes_one_objection_however_often_it_is_sent(stage: Stage) -> None:
    stage.object()
    stage.object()
    assert len(queries.of_score(stage.session, stage.agency.id, YEAR)) == 1


def test_a_check_says_its_scale_and_level(stage: Stage) -> None:
    found = stage.object(scale="", level="", check="2549:mission_pages")
    assert (found.scale, found.level, found.check_id) == ("2549", 1, "mission_pages")
    for values in ({"level": "2", "check": "2549:mission_pages"}, {"check": "2549:nothing"}, {"check": "\x00"}):
        with pytest.raises(Invalid) as refused:
            stage.object("t", **values)
        assert list(refused.value.fields) == ["check"]


def test_every_field_at_fault_is_named_and_a_score_that_is_not_there_not_found(stage: Stage) -> None:
    typed = {"scale": "x", "level": "9", "words": "", "evidence": "javascript:alert(1)", "sender": Sender("nobody", "email")}
    with pytest.raises(Invalid) as refused:
        stage.object(**typed)
    assert sorted(refused.value.fields) == ["anonymity", "evidence", "level", "scale", "words"]
    with pytest.raises(Invalid) as refused:
        stage.object(sender=Sender("anonymous", "email"))
    assert list(refused.value.fields) == ["email"]
    for agency, year in ((stage.home, YEAR), (stage.agency, YEAR + 1)):
        said = Said("2549", "1", words="ไม่จริง", sender=Sender("anonymous"))
        with pytest.raises(NotFound):
            stage.do(object_to, NOW, stage.keyring, agency, year, said, home=stage.home, token_id="t")


def test_the_answer_is_public_closes_the_case_and_leaves_the_score(stage: Stage) -> None:
    before = stage.session.scalars(select(Score.level).order_by(Score.id)).all()
    found = stage.object()
    row = say(stage, found)
    found = again(stage, found)
    assert (row.outcome, found.state, found.case.status) == (Outcome.IN_PART, State.ANSWERED, Status.CLOSED)
    assert (found.case.disposition, found.case.answered_at, found.case.owner_id) == (
        Disposition.PARTLY_ACCEPTED, NOW, stage.assessor.user_id,
    )  # fmt: skip
    assert stage.session.scalars(select(Score.level).order_by(Score.id)).all() == before
    assert queries.counts(stage.session, YEAR) == {stage.agency.id: (1, 0)}
    with pytest.raises(Conflict):
        say(stage, found)


def test_who_answers_is_free_of_the_agency_and_says_why(stage: Stage) -> None:
    found = stage.object()
    near = stage.person((None, Role.ASSESSOR), unit_id=stage.agency.id)
    desk = stage.person((stage.home, Role.COORDINATOR))
    for actor in (near, desk, stage.executive):
        with pytest.raises(NotAllowed):
            say(stage, found, actor=actor)
    with pytest.raises(Invalid) as refused:
        say(stage, found, "", " ")
    assert sorted(refused.value.fields) == ["outcome", "reason"]
    with pytest.raises(Conflict):
        stage.do(answer, stage.assessor, NOW, found, "upheld", "จริง", row_version=found.case.row_version + 1)


def test_after_a_contest_another_assessor_answers_and_both_answers_stay(stage: Stage) -> None:
    found = stage.object()
    say(stage, found, "not_upheld")
    stage.do(casework.contest, CITIZEN, NOW, again(stage, found).case, "ยังไม่ตอบเรื่องตู้ที่สอง")
    found = again(stage, found)
    assert found.state is State.CONTESTED
    with pytest.raises(NotAllowed):
        say(stage, found, "upheld")
    say(stage, found, "upheld", "ตู้ที่สองไม่ได้เปิดจริง", stage.person((None, Role.ASSESSOR)))
    found = again(stage, found)
    assert [row.outcome for row in found.answers] == [Outcome.NOT_UPHELD, Outcome.UPHELD]
    assert found.state is State.ANSWERED


@pytest.mark.parametrize(
    ("status", "answered", "state"),
    [
        (Status.RECEIVED, False, State.WAITING),
        (Status.WAITING_CITIZEN, False, State.WAITING),
        (Status.ANSWERED, False, State.WAITING),
        (Status.CONTESTED, True, State.CONTESTED),
        (Status.CLOSED, True, State.ANSWERED),
        (Status.CLOSED, False, State.ENDED),
        (Status.DECLINED, False, State.DECLINED),
        (Status.MERGED, False, State.MERGED),
        (Status.WITHDRAWN, True, State.WITHDRAWN),
    ],
)
def test_how_it_stands_follows_its_case(status: Status, answered: bool, state: State) -> None:
    assert state_of(status, answered=answered) is state


def test_a_withdrawn_one_is_told_and_cannot_be_answered(stage: Stage) -> None:
    found = stage.object()
    stage.do(casework.withdraw, CITIZEN, NOW, found.case, "")
    found = again(stage, found)
    assert found.state is State.WITHDRAWN
    with pytest.raises(Conflict):
        say(stage, found)


def test_erased_words_leave_the_count_and_the_answer(stage: Stage, store: LocalStore) -> None:
    found = stage.object()
    say(stage, found)
    stage.do(casework.erase, SYSTEM, NOW, store, again(stage, found).case, [Part.WORDS])
    found = again(stage, found)
    assert "ตู้" not in found.case.body
    assert found.state is State.ANSWERED
    assert found.answers[0].reason
    assert queries.published_text(found) is None


def test_what_is_about_somebody_lies_in_quarantine_or_was_abuse_is_told_to_nobody(stage: Stage) -> None:
    found = stage.object()

    def aside(session, verdict=None):
        row = session.get(CaseQuarantine, found.case_id) or CaseQuarantine(case_id=found.case_id, at=NOW, signs=["trap"], family="")
        row.decided_at, row.verdict = (NOW, verdict) if verdict else (None, None)
        session.merge(row)

    for verdict, told in ((None, 0), (Verdict.REFUSED, 0), (Verdict.RELEASED, 1)):
        stage.do(aside, verdict)
        assert len(queries.of_score(stage.session, stage.agency.id, YEAR)) == told
        assert len(queries.counts(stage.session, YEAR)) == told
    stage.do(lambda session: session.execute(update(Case).values(guarded=True, counted=False)))
    assert queries.of_score(stage.session, stage.agency.id, YEAR) == []


def test_objections_of_a_score_cost_the_same_however_many(stage: Stage) -> None:
    seen: list[str] = []
    stage.object("t0")
    stage.session.expire_all()
    event.listen(stage.session.get_bind(), "before_cursor_execute", lambda *args: seen.append(args[2]))

    def cost() -> int:
        stage.session.expire_all()
        seen.clear()
        for one in queries.of_score(stage.session, stage.agency.id, YEAR):
            queries.published_text(one)
            assert [one.state.label, one.agency.slug, *(row.by.name_th for row in one.answers)]
        return len(seen)

    first = cost()
    for number in range(1, 4):
        stage.object(f"t{number}")
    say(stage, again(stage, queries.of_score(stage.session, stage.agency.id, YEAR)[0]))
    assert cost() <= first + 1  # the people who answered
