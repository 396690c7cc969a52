"""A server process leaves alone what it is made of."""

import gc
from collections.abc import Iterator

import pytest

from portal.served import YOUNG, spare_pauses


@pytest.fixture
def collector() -> Iterator[None]:
    """As it was before, afterwards."""
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


@pytest.mark.usefixtures("collector")
def test_the_collector_passes_what_is_there_and_lets_a_page_finish_before_it_looks() -> None:
    there = [[1]]
    spare_pauses()
    looks: list[dict[str, int]] = []

    def seen(phase: str, info: dict[str, int]) -> None:
        looks.append(info)

    gc.callbacks.append(seen)
    try:
        page = [[place] for place in range(YOUNG // 2)]
    finally:
        gc.callbacks.remove(seen)
    assert looks == []
    assert gc.get_freeze_count() > 0
    living = gc.get_objects()
    assert not any(one is there for one in living)
    assert any(one is page for one in living)  # what comes later is still looked after
