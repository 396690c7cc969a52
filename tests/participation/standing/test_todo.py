"""Whatever a check asks for: who has to do it is led to a page that opens for them, or told that the portal keeps no such records."""

import pytest
from flask import Flask

from portal.accounts.passwords import hash_password
from portal.kernel.actor import Role
from portal.participation.rules.kept import NOT_KEPT
from portal.participation.rules.predicates import PREDICATES
from portal.participation.rules.results import Said, Verdict
from portal.participation.rules.scales import Level
from portal.participation.scales import all_scales
from portal.participation.standing.todo import WHERE, Task, rungs_of
from tests.client import PageClient
from tests.participation.builders import at_three, scored, without
from tests.participation.sides import YEAR, Stage

PASSWORD = "a long enough password"
LEVELS = [pytest.param(scale.code, level, id=f"{scale.edition} {level.number}") for scale in all_scales() for level in scale.levels]


def tasks(level: Level) -> list[Task]:
    """Every check of a level as if it were not passed."""
    return [Task(check, Verdict.FAILED, Said(""), ()) for criterion in level.criteria for check in criterion.checks]


#: Page of the desk and who is led there.
WAYS = sorted({(task.where, task.hand) for scale in all_scales() for level in scale.levels for task in tasks(level) if task.where})


@pytest.mark.parametrize(("scale", "level"), LEVELS)
def test_every_check_of_a_level_has_its_page_or_the_level_says_that_there_is_none(scale: str, level: Level) -> None:
    without = [task.check.id for task in tasks(level) if not task.where]
    assert without == ([task.check.id for task in tasks(level)] if (scale, level.number) in NOT_KEPT else [])


def test_no_page_is_named_for_a_predicate_that_is_not_there() -> None:
    assert set(WHERE) <= set(PREDICATES)


@pytest.mark.parametrize(("endpoint", "role"), WAYS, ids=[f"{endpoint} {role}" for endpoint, role in WAYS])
def test_the_page_opens_for_whoever_can_do_it(app: Flask, client: PageClient, stage: Stage, endpoint: str, role: Role) -> None:
    with app.test_request_context():
        address = app.url_for(endpoint)
    person = stage.person((stage.agency, role), password_hash=hash_password(PASSWORD))
    client.sign_in(stage.user(person).email, PASSWORD)
    assert client.get(address, follow_redirects=True).status_code == 200


def test_the_next_level_says_what_the_portal_does_not_keep_yet(client: PageClient, stage: Stage) -> None:
    person = stage.person((stage.agency, Role.EXECUTIVE), password_hash=hash_password(PASSWORD))
    client.sign_in(stage.user(person).email, PASSWORD)
    page = client.get(f"/en/desk/participation?agency={stage.agency.slug}&year={YEAR}").get_data(as_text=True)
    assert "The portal keeps no joint working groups yet" in page
    assert "The portal keeps no advisory committees and their resolutions yet" in page


def test_what_an_administrator_has_to_do_stands_under_their_name() -> None:
    scale = all_scales()[0]
    result = scored(without(at_three(), *[fact.key for fact in at_three().facts]))
    first = rungs_of(scale, result)[0]
    assert Role.ADMINISTRATOR in [role for role, _tasks in first.by_owner]
    assert first.not_kept == ""
