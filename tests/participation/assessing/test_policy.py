"""Nobody assesses their own agency, nor one above or below it."""

import pytest
from sqlalchemy import event

from portal.accounts.models import Grant
from portal.agencies.models import Agency
from portal.agencies.rules import AgencyLevel
from portal.kernel.actor import CITIZEN, SYSTEM, VISITOR, Role
from portal.participation.assessing.near import near_to
from portal.participation.assessing.policy import can_assess
from tests.factories import actor_of, make_agency
from tests.participation.sides import Stage


@pytest.fixture
def tree(stage: Stage) -> dict[str, Agency]:
    """ministry > department > (division, office); and a sister of the department."""
    made: dict[str, Agency] = {}
    for name, parent, level in (
        ("ministry", None, AgencyLevel.MINISTRY),
        ("department", "ministry", AgencyLevel.DEPARTMENT),
        ("sister", "ministry", AgencyLevel.DEPARTMENT),
        ("division", "department", AgencyLevel.DIVISION),
        ("office", "department", AgencyLevel.SERVICE_POINT),
    ):
        made[name] = stage.do(make_agency, parent_id=made[parent].id if parent else None, level=level)
    return made


ASSESSOR = (None, Role.ASSESSOR)


def too_near(stage: Stage, tree: dict[str, Agency], *grants: tuple[Agency | None, Role], **values: object) -> set[str]:
    actor = stage.person(ASSESSOR, *grants, **values)
    near = near_to(stage.session, actor)
    return {name for name, agency in tree.items() if not can_assess(actor, near, agency.id)}


def test_only_assessors_assess(stage: Stage) -> None:
    for role in Role:
        actor = stage.person((None, role))
        assert can_assess(actor, near_to(stage.session, actor), stage.agency.id) == (role is Role.ASSESSOR)
    for stranger in (VISITOR, CITIZEN, SYSTEM):
        assert not can_assess(stranger, near_to(stage.session, stranger), stage.agency.id)


def test_where_they_work_counts_and_where_they_hold_any_role(stage: Stage, tree: dict[str, Agency]) -> None:
    assert too_near(stage, tree) == set()
    # who works in a division belongs to what is above it; the sister below the same ministry is free
    assert too_near(stage, tree, unit_id=tree["division"].id) == {"division", "department", "ministry"}
    assert too_near(stage, tree, (tree["department"], Role.CIVIL_SOCIETY), unit_id=None) == {"ministry", "department", "division", "office"}
    assert too_near(stage, tree, (tree["office"], Role.PUBLISHER), unit_id=None) == {"office", "department", "ministry"}
    assert too_near(stage, tree, unit_id=tree["ministry"].id) == set(tree)


def test_an_inherited_role_counts_for_everything_that_it_reaches(stage: Stage, tree: dict[str, Agency]) -> None:
    user = stage.user(stage.person(ASSESSOR, unit_id=None))
    grant = Grant(agency_id=tree["ministry"].id, role=Role.COORDINATOR, with_children=True)
    stage.do(lambda session: user.grants.append(grant))
    actor = actor_of(stage.session, user)
    near = near_to(stage.session, actor)
    assert {agency.id for agency in tree.values()} <= near
    assert can_assess(actor, near, stage.agency.id)


def test_what_was_merged_counts_with_what_it_went_into(stage: Stage, tree: dict[str, Agency]) -> None:
    def merged(session: object) -> None:
        tree["sister"].closed_at, tree["sister"].successor_id = tree["sister"].updated_at, tree["department"].id

    stage.do(merged)
    assert {"department", "ministry", "sister"} <= too_near(stage, tree, unit_id=tree["sister"].id)
    assert "sister" in too_near(stage, tree, unit_id=tree["department"].id)


def test_nearness_costs_the_same_however_many_agencies(stage: Stage, tree: dict[str, Agency]) -> None:
    def statements(unit: Agency) -> int:
        actor, seen = stage.person(ASSESSOR, unit_id=unit.id), []
        stage.session.expire_all()
        event.listen(stage.session.get_bind(), "before_cursor_execute", lambda *args: seen.append(args[2]))
        near_to(stage.session, actor)
        return len(seen)

    one = statements(tree["office"])
    for _ in range(5):
        stage.do(make_agency, parent_id=tree["ministry"].id)
    assert statements(tree["ministry"]) <= one + 1  # listeners of both counts are still there for the second
