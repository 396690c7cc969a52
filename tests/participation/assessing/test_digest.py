"""What an assessor reads in the morning."""

from datetime import timedelta

from portal.desk.digest.models import DigestWish
from portal.desk.digest.service import begin
from portal.kernel.actor import Role
from portal.participation.assessing.digest import lines
from portal.participation.claims.service import Typed, hand_in
from tests.conftest import NOW
from tests.participation.sides import YEAR, Stage


def told(stage: Stage, actor=None, at=NOW) -> dict[str, int]:
    return {
        line.path.partition("part=")[2] + "!" * line.is_overdue: line.count for line in lines(stage.session, actor or stage.assessor, at)
    }


def test_what_waits_is_counted_for_who_may_assess_it(stage: Stage) -> None:
    assert told(stage) == {"evidence": 1}
    stage.object()
    stage.do(hand_in, stage.executive, NOW, stage.agency, YEAR, ["2549"], {"2549": Typed("1", "ทำครบ")})
    assert told(stage) == {"objections": 1, "claims": 1, "evidence": 1}
    late = NOW + timedelta(days=40)
    stage.object("another", at=late)
    assert told(stage, at=late) == {"objections!": 1, "objections": 1, "claims": 1, "evidence": 1}


def test_nobody_is_told_of_an_agency_that_they_are_too_near_to_and_others_of_nothing(stage: Stage) -> None:
    stage.object()
    near = stage.person((None, Role.ASSESSOR), unit_id=stage.agency.id)
    assert told(stage, near) == told(stage, stage.executive) == told(stage, stage.coordinator) == {}


def test_an_assessor_who_works_nowhere_is_looked_at_too(stage: Stage) -> None:
    monday = NOW + timedelta(days=1)
    stage.do(begin, monday)
    assert stage.session.get_one(DigestWish, stage.assessor.user_id).looked_at == monday.date()
