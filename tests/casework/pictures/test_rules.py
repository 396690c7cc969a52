"""States of a picture, areas, and the sender's days, with no database."""

import itertools

import pytest

from portal.casework.pictures.rules import AREAS_MOST, STEPS, WITHDRAWN_BY, PictureState, Step, after, checked_areas, possible, shown_days
from portal.casework.publication.rules import ENDED_BY
from portal.files.rules import Area
from portal.kernel.errors import Conflict, Invalid


def test_nothing_is_public_that_was_not_prepared_and_shown_before() -> None:
    """Every way through the table to what is public, of whatever steps."""
    for way in itertools.product(Step, repeat=4):
        state: PictureState | None = None
        done: list[Step] = []
        for step in way:
            if possible(step, state):
                state = after(step, state)
                done.append(step)
        if state is PictureState.RELEASED:
            assert done[-3:] == [Step.PREPARE, Step.SHOW, Step.RELEASE] or Step.SHOW in done[done.index(Step.PREPARE) :]


@pytest.mark.parametrize("step", [step for step in Step if step is not Step.PREPARE])
def test_a_picture_that_nobody_opened_can_only_be_prepared(step: Step) -> None:
    with pytest.raises(Conflict):
        after(step, None)


def test_what_is_public_or_with_the_sender_is_not_changed_behind_their_back() -> None:
    assert not possible(Step.PREPARE, PictureState.RELEASED)
    assert not possible(Step.PREPARE, PictureState.SHOWN)
    assert {state for step in Step for state in STEPS[step][0]} == set(PictureState)


@pytest.mark.parametrize(("of_agency", "days"), [(0, 3), (2, 3), (3, 3), (7, 7)])
def test_the_sender_has_three_days_or_those_of_the_agency(of_agency: int, days: int) -> None:
    assert shown_days(of_agency) == days


def test_what_takes_the_text_away_takes_the_pictures_and_stops_those_that_wait() -> None:
    assert WITHDRAWN_BY <= ENDED_BY


def test_areas_are_cut_at_the_edge() -> None:
    assert checked_areas([Area(90, 95, 20, 20), Area(0, 0, 100, 100)]) == [Area(90, 95, 10, 5), Area(0, 0, 100, 100)]


@pytest.mark.parametrize(
    "area", [Area(-1, 0, 5, 5), Area(0, 100, 5, 5), Area(100, 0, 5, 5), Area(5, 5, 0, 5), Area(5, 5, 5, 0), Area(0, 0, -1, 9)]
)
def test_an_area_that_covers_nothing_is_refused_at_its_place(area: Area) -> None:
    with pytest.raises(Invalid) as refused:
        checked_areas([Area(0, 0, 1, 1), area])
    assert list(refused.value.fields) == ["area-2-left"]


def test_more_areas_than_the_form_has_are_refused() -> None:
    with pytest.raises(Invalid):
        checked_areas([Area(0, 0, 1, 1)] * (AREAS_MOST + 1))
