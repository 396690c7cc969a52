"""A server process leaves alone what it is made of."""

import gc
from collections.abc import Iterator

import pytest

from portal.served import SETTLED_AFTER, set_apart


@pytest.fixture
def collector() -> Iterator[None]:
    """As it was before, afterwards."""
    before = list(gc.callbacks)
    yield
    gc.callbacks[:] = before
    gc.unfreeze()


@pytest.mark.usefixtures("collector")
def test_the_collector_looks_through_what_lives_long_a_few_times_and_never_again() -> None:
    set_apart()
    begun = gc.get_freeze_count()
    assert begun > 0
    kept = []
    for place in range(SETTLED_AFTER + 2):
        kept.append([[place]])
        gc.collect()
        assert (kept[place] in gc.get_objects()) is (place >= SETTLED_AFTER)
    assert gc.get_freeze_count() > begun
