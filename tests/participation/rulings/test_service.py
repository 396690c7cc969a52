"""Accepting and refusing evidence."""

from collections.abc import Sequence
from datetime import date

import pytest
from msgspec import structs
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.kernel.actor import Role
from portal.kernel.errors import Invalid, NotAllowed, NotFound
from portal.kernel.evidence import Fact, Look
from portal.participation.appending import IsAppendOnly
from portal.participation.assessing.dossiers import seen_facts
from portal.participation.rules.results import Standing
from portal.participation.rulings import queries
from portal.participation.rulings.models import EvidenceRuling
from portal.participation.rulings.service import Which, rule
from portal.participation.scores.freezing import versions
from portal.participation.scores.models import Score
from portal.participation.scores.service import freeze
from portal.participation.scores.sources import SOURCES, Source
from tests.conftest import NOW
from tests.participation.sides import LATER, YEAR, Stage, opened

LATE = Which("BoxOpened", "2")


def standings(stage: Stage) -> dict[str, Standing | None]:
    return {one.fact.key: one.standing for one in seen_facts(stage.session, stage.agency.id, YEAR)}


def test_what_waits_stands_first_with_what_rests_on_it(stage: Stage) -> None:
    seen = seen_facts(stage.session, stage.agency.id, YEAR)
    assert [one.fact.key for one in seen][:2] == ["2", "bulk-01"]
    assert (seen[-1].fact.key, seen[-1].waits, seen[-1].flags) == ("1", False, [])
    assert [flag.code for flag in seen[1].flags] == ["entered_in_bulk"]
    stage.do(rule, stage.assessor, NOW, stage.agency, YEAR, Which("BoxOpened", "bulk-01"), "accept", "ตรวจกับภาพถ่ายแล้ว")
    seen = seen_facts(stage.session, stage.agency.id, YEAR)
    assert [(one.fact.key, [row.reason for row in one.rulings]) for one in seen if not one.waits] == [
        ("1", []), ("bulk-01", ["ตรวจกับภาพถ่ายแล้ว"]),
    ]  # fmt: skip


def test_the_score_follows_a_ruling_at_once(stage: Stage) -> None:
    late = stage.session.scalar(select(Score.late))
    assert (late, standings(stage)["2"]) == (1, Standing.LATE)
    stage.do(rule, stage.assessor, NOW, stage.agency, YEAR, LATE, "accept", "มีภาพถ่ายในวันนั้น")
    stage.session.expire_all()
    assert (stage.session.scalar(select(Score.late)), standings(stage)["2"]) == (0, Standing.ACCEPTED)
    stage.do(rule, stage.assessor, NOW, stage.agency, YEAR, LATE, "refuse", "ภาพเป็นของปีก่อน")
    assert standings(stage)["2"] is Standing.REFUSED


def test_nobody_rules_on_a_record_that_they_made(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def facts_of(session: Session, agencies: Sequence[Agency], look: Look) -> dict[int, list[Fact]]:
        mine = look.scored(stage.agency.id, stage.assessor.user_id)
        return {agency.id: [structs.replace(opened("2", date(2026, 4, 1), date(2026, 7, 1)), by_scorer=mine)] for agency in agencies}

    monkeypatch.setitem(SOURCES, "tests", Source("tests", facts_of, ()))
    with pytest.raises(NotAllowed, match="made this record"):
        stage.do(rule, stage.assessor, NOW, stage.agency, YEAR, LATE, "accept", "เหตุผล")
    other = stage.person((None, Role.ASSESSOR))
    stage.do(rule, other, NOW, stage.agency, YEAR, LATE, "accept", "เหตุผล")


def test_the_last_ruling_holds_and_all_stay(stage: Stage) -> None:
    stage.do(rule, stage.assessor, NOW, stage.agency, YEAR, LATE, "accept", "มีภาพถ่ายในวันนั้น")
    stage.do(rule, stage.assessor, NOW, stage.agency, YEAR, LATE, "refuse", "ภาพเป็นของปีก่อน")
    rulings = queries.rulings_of(stage.session, [stage.agency.id, stage.home.id], YEAR)
    assert [(one.key, one.accepted, one.reason) for one in rulings[stage.agency.id]] == [
        ("2", True, "มีภาพถ่ายในวันนั้น"), ("2", False, "ภาพเป็นของปีก่อน"),
    ]  # fmt: skip
    assert rulings[stage.home.id] == ()
    assert rulings[stage.agency.id][0].by == stage.user(stage.assessor).name_th
    row = stage.session.scalars(select(EvidenceRuling)).first()
    with pytest.raises(IsAppendOnly):
        stage.do(lambda session: (setattr(row, "reason", "อื่น"), session.flush()))


def test_who_rules_must_be_free_of_the_agency_and_say_why(stage: Stage) -> None:
    near = stage.person((None, Role.ASSESSOR), unit_id=stage.agency.id)
    for actor in (near, stage.executive, stage.coordinator):
        with pytest.raises(NotAllowed):
            stage.do(rule, actor, NOW, stage.agency, YEAR, LATE, "accept", "เหตุผล")
    with pytest.raises(Invalid) as refused:
        stage.do(rule, stage.assessor, NOW, stage.agency, YEAR, LATE, "", "")
    assert sorted(refused.value.fields) == ["decision", "reason"]
    for which, year in ((Which("BoxOpened", "99"), YEAR), (Which("Nothing", "2"), YEAR), (LATE, YEAR - 1)):
        with pytest.raises(NotFound):
            stage.do(rule, stage.assessor, NOW, stage.agency, year, which, "accept", "เหตุผล")


def test_everybody_who_claims_rules_or_confirms_is_a_scorer(stage: Stage) -> None:
    assert queries.scorers_of(stage.session, [stage.agency.id], YEAR) == {stage.agency.id: frozenset()}
    stage.do(rule, stage.assessor, NOW, stage.agency, YEAR, LATE, "accept", "เหตุผล")
    assert queries.scorers_of(stage.session, [stage.agency.id, stage.home.id], YEAR) == {
        stage.agency.id: frozenset({stage.assessor.user_id}), stage.home.id: frozenset(),
    }  # fmt: skip
    assert queries.scorers_of(stage.session, [stage.agency.id], YEAR - 1) == {stage.agency.id: frozenset()}


def test_after_the_freeze_a_ruling_makes_a_new_version_and_the_first_one_stays(stage: Stage) -> None:
    stage.do(freeze, LATER, [stage.agency.id], YEAR)
    stage.do(rule, stage.assessor, LATER, stage.agency, YEAR, LATE, "accept", "มีภาพถ่ายในวันนั้น")
    rows = versions(stage.session, stage.agency.id, YEAR)
    assert [(row.number, row.cause, "มีภาพถ่าย" in row.document) for row in rows] == [(1, "frozen", False), (2, "ruling", True)]
    assert standings(stage)["2"] is Standing.ACCEPTED
