"""Confirming a level."""

import pytest
from sqlalchemy import select, update

from portal.kernel.actor import Role
from portal.kernel.errors import Invalid, NotAllowed, NotFound
from portal.participation.confirmations import queries
from portal.participation.confirmations.service import Typed, confirm
from portal.participation.scores.models import Score
from tests.conftest import NOW
from tests.participation.sides import YEAR, Stage


def computed(stage: Stage) -> int | None:
    stage.session.expire_all()
    return stage.session.scalar(select(Score.level).where(Score.scale == "2549"))


def test_a_level_that_differs_says_why_and_changes_nothing_that_was_computed(stage: Stage) -> None:
    before = computed(stage)
    assert before != 2
    with pytest.raises(Invalid) as refused:
        stage.do(confirm, stage.assessor, NOW, stage.agency, YEAR, "2549", Typed("2", "ครบตามหลักฐาน"))
    assert list(refused.value.fields) == ["difference"]
    row = stage.do(confirm, stage.assessor, NOW, stage.agency, YEAR, "2549", Typed("๒", "ครบตามหลักฐาน", "ตู้เปิดครบตามบันทึกกระดาษ"))
    assert (row.level, row.computed_level, row.difference) == (2, before, "ตู้เปิดครบตามบันทึกกระดาษ")
    assert computed(stage) == before


def test_the_last_one_holds_and_one_that_does_not_differ_says_no_more_than_its_reason(stage: Stage) -> None:
    stage.do(lambda session: session.execute(update(Score).values(level=0)))
    stage.session.expire_all()
    for level, difference in (("1", "ต่าง"), ("0", "ไม่ต่าง")):
        stage.do(lambda session: session.execute(update(Score).values(level=0)))
        row = stage.do(confirm, stage.assessor, NOW, stage.agency, YEAR, "2549", Typed(level, "ตามที่ตรวจ", difference))
    assert (row.level, row.difference) == (0, "")
    assert queries.latest_of(stage.session, stage.agency.id, YEAR)["2549"].id == row.id
    assert queries.confirmed_levels(stage.session, YEAR, "2549") == {stage.agency.id: 0}
    assert len(queries.history(stage.session, stage.agency.id, YEAR)) == 2


def test_what_cannot_be_computed_may_be_confirmed_with_its_reason(stage: Stage) -> None:
    stage.do(lambda session: session.execute(update(Score).values(level=None)))
    stage.session.expire_all()
    with pytest.raises(Invalid):
        stage.do(confirm, stage.assessor, NOW, stage.agency, YEAR, "2549", Typed("0", "ยังไม่มีรายการ"))
    row = stage.do(confirm, stage.assessor, NOW, stage.agency, YEAR, "2549", Typed("0", "ยังไม่มีรายการ", "ระบบยังไม่รู้"))
    assert row.computed_level is None


def test_who_confirms_and_what(stage: Stage) -> None:
    near = stage.person((None, Role.ASSESSOR), unit_id=stage.agency.id)
    for actor in (near, stage.executive):
        with pytest.raises(NotAllowed):
            stage.do(confirm, actor, NOW, stage.agency, YEAR, "2549", Typed("1", "เหตุผล"))
    with pytest.raises(NotFound):
        stage.do(confirm, stage.assessor, NOW, stage.agency, YEAR, "2551", Typed("1", "เหตุผล"))
    with pytest.raises(Invalid) as refused:
        stage.do(confirm, stage.assessor, NOW, stage.agency, YEAR, "2549", Typed("x" * 9000, "", "ก" * 5000))
    assert sorted(refused.value.fields) == ["difference", "level", "reason"]
