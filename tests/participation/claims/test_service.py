"""Handing in: who, until when, what is asked for, versions that stay."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.kernel.actor import CITIZEN, SYSTEM, VISITOR, Actor, Role
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.participation.appending import IsAppendOnly
from portal.participation.claims import digest, queries
from portal.participation.claims.models import Claim
from portal.participation.claims.rules import closes_on, is_open, is_reminded, open_years
from portal.participation.claims.service import Typed, hand_in
from portal.participation.scores.models import Score
from tests.conftest import NOW
from tests.factories import make_agency
from tests.participation.sides import LATER, YEAR, Stage

SCALES = ("2549", "2550")


def hand(stage: Stage, actor: Actor | None = None, at: Any = NOW, year: int = YEAR, **levels: str) -> Claim:
    typed = {scale: Typed(levels.get(f"of_{scale}", "2"), f"เพราะมีหลักฐาน {scale}") for scale in SCALES}
    claim: Claim = stage.do(hand_in, actor or stage.executive, at, stage.agency, year, SCALES, typed)
    return claim


def test_only_an_executive_of_the_agency_hands_in(stage: Stage) -> None:
    others = [stage.person((stage.agency, role)) for role in Role if role not in (Role.EXECUTIVE, Role.ASSESSOR, Role.SYSTEM_ADMINISTRATOR)]
    elsewhere = stage.person((stage.home, Role.EXECUTIVE))
    for actor in (*others, elsewhere, stage.assessor, VISITOR, CITIZEN, SYSTEM):
        with pytest.raises(NotAllowed):
            hand(stage, actor)
    assert hand(stage).number == 1


def test_a_new_one_takes_the_place_of_the_last_and_every_version_stays(stage: Stage) -> None:
    first, second = hand(stage), hand(stage, of_2549="๓")
    latest = queries.latest(stage.session, stage.agency.id, YEAR)
    assert latest
    assert [(row.scale, row.level) for row in latest.levels] == [("2549", 3), ("2550", 2)]
    assert [row.number for row in queries.versions(stage.session, stage.agency.id, YEAR)] == [2, 1]
    assert queries.claimed_levels(stage.session, YEAR, "2549") == {stage.agency.id: 3}
    assert queries.claimed_levels(stage.session, YEAR, "2550", [stage.home.id]) == {}
    assert queries.handed_in(stage.session, YEAR) == {stage.agency.id}
    assert queries.handed_in(stage.session, YEAR - 1) == frozenset()
    for change in (lambda: setattr(second, "number", 7), lambda: stage.session.delete(first)):
        with pytest.raises(IsAppendOnly):
            stage.do(lambda session, act=change: (act(), session.flush()))
        stage.session.expire_all()


def test_every_field_at_fault_is_named(stage: Stage) -> None:
    with pytest.raises(Invalid) as refused:
        stage.do(hand_in, stage.executive, NOW, stage.agency, YEAR, SCALES, {"2549": Typed("6", "เหตุผล"), "2550": Typed("1", " \u200b")})
    assert sorted(refused.value.fields) == ["level_2549", "reason_th_2550"]
    with pytest.raises(Invalid) as refused:
        stage.do(hand_in, stage.executive, NOW, stage.agency, YEAR, ("2549",), {"2549": Typed("1", "ก" * 4001, "x" * 4001)})
    assert sorted(refused.value.fields) == ["reason_en_2549", "reason_th_2549"]


def test_the_year_takes_it_from_its_first_day_until_it_closes(stage: Stage) -> None:
    assert closes_on(YEAR).isoformat() == "2026-11-29"
    assert is_open(YEAR, closes_on(YEAR))
    assert not is_open(YEAR, closes_on(YEAR) + timedelta(days=1))
    assert open_years(NOW.date()) == [2570, 2569]
    assert open_years(LATER.date()) == [2570]
    assert not is_open(2548, closes_on(2548))
    for at, year in ((LATER, YEAR), (NOW, 2571), (NOW, 2568)):
        with pytest.raises(Conflict):
            hand(stage, at=at, year=year)
    assert hand(stage, year=2570).fiscal_year == 2570


def test_a_claim_changes_no_computed_level(stage: Stage) -> None:
    before = stage.session.scalars(select(Score.level).order_by(Score.id)).all()
    hand(stage, of_2549="5")
    assert stage.session.scalars(select(Score.level).order_by(Score.id)).all() == before


def test_reminded_on_the_first_working_day_on_or_after_each_day_of_reminding() -> None:
    closes = closes_on(YEAR)  # a Sunday
    reminded = [left for left in range(70, -1, -1) if is_reminded(YEAR, closes - timedelta(days=left), frozenset())]
    assert reminded == [60, 13, 3]  # 14 days before is a Sunday as well
    friday = closes - timedelta(days=2)
    assert is_reminded(YEAR, friday, {closes - timedelta(days=3)})


def test_the_morning_mail_reminds_who_has_to_hand_in_and_has_not(stage: Stage) -> None:
    thursday = NOW + timedelta(days=4)
    free = stage.do(make_agency)
    both = stage.person((stage.agency, Role.COORDINATOR), (free, Role.COORDINATOR))  # the other one takes part by choice
    line = digest.lines(stage.session, both, thursday)[0]
    assert (line.count, line.path, line.is_overdue) == (1, f"/desk/participation?year={YEAR}", True)
    assert digest.lines(stage.session, both, thursday - timedelta(days=1)) == []
    officer = stage.person((stage.agency, Role.OFFICER))
    assert digest.lines(stage.session, officer, thursday) == []
    hand(stage)
    assert digest.lines(stage.session, both, thursday) == []
    assert stage.session.scalar(select(func.count()).select_from(Claim)) == 1
