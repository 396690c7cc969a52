"""Which facts count: each reason against, the first that holds, and the days at the edges."""

from datetime import date
from typing import Any

import msgspec
import pytest

from portal.kernel.evidence import ChannelFact, Fact, OpinionReportFact
from portal.participation.rules.computing import weigh
from portal.participation.rules.dossier import Dossier, Ruling
from portal.participation.rules.results import Standing
from tests.participation.builders import fact, on, subject

EVENT = date(2026, 3, 1)


def standing(one: Fact, *rulings: Ruling, frozen_on: date | None = None) -> Standing:
    return weigh(Dossier(subject=subject(), facts=(one,), rulings=rulings, frozen_on=frozen_on))[0][1]


def report(**values: Any) -> OpinionReportFact:
    made: OpinionReportFact = fact(OpinionReportFact, "r", EVENT, first_on=on(10, 1), last_on=EVENT, due_on=EVENT, opinions=1)
    return msgspec.structs.replace(made, **values)


def ruling(accepted: bool, day: date = EVENT) -> Ruling:
    return Ruling(kind="OpinionReportFact", key="r", accepted=accepted, reason="เพราะ", on=day)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, Standing.COUNTS),
        ({"withdrawn": True, "public": False}, Standing.WITHDRAWN),
        ({"public": False, "responsible": ""}, Standing.NOT_PUBLIC),
        ({"responsible": " ", "on": date(2020, 1, 1)}, Standing.NOBODY_RESPONSIBLE),
        ({"on": date(2025, 9, 30)}, Standing.OUTSIDE_YEAR),
        ({"on": date(2025, 10, 1), "recorded_on": date(2025, 10, 1)}, Standing.COUNTS),
        ({"on": date(2026, 9, 30), "recorded_on": date(2026, 9, 30)}, Standing.COUNTS),
        ({"on": date(2026, 10, 1), "by_scorer": True}, Standing.OUTSIDE_YEAR),
        ({"by_scorer": True}, Standing.BY_SCORER),
        ({"recorded_on": date(2026, 3, 31)}, Standing.COUNTS),
        ({"recorded_on": date(2026, 4, 1)}, Standing.LATE),
    ],
)
def test_the_first_reason_against_is_told(values: dict[str, Any], expected: Standing) -> None:
    assert standing(report(**values)) is expected


def test_what_was_entered_after_the_year_was_closed_does_not_count() -> None:
    late = report(on=date(2026, 9, 30), recorded_on=date(2026, 11, 30))
    assert standing(late, frozen_on=date(2026, 11, 29)) is Standing.AFTER_FREEZE
    assert standing(late, frozen_on=date(2026, 11, 30)) is Standing.LATE


def test_the_last_ruling_counts() -> None:
    late = report(recorded_on=date(2026, 6, 1))
    assert standing(late, ruling(True)) is Standing.ACCEPTED
    assert standing(late, ruling(True), ruling(False, date(2026, 5, 1))) is Standing.REFUSED
    assert standing(late, ruling(False, date(2026, 5, 1)), ruling(True)) is Standing.REFUSED
    assert standing(report(), ruling(False)) is Standing.REFUSED
    assert standing(report(), ruling(True)) is Standing.COUNTS


@pytest.mark.parametrize(
    ("first", "until", "expected"),
    [
        (date(2019, 1, 1), None, Standing.COUNTS),
        (date(2019, 1, 1), date(2025, 10, 1), Standing.COUNTS),
        (date(2019, 1, 1), date(2025, 9, 30), Standing.OUTSIDE_YEAR),
        (date(2026, 9, 30), None, Standing.COUNTS),
        (date(2026, 10, 1), None, Standing.OUTSIDE_YEAR),
    ],
)
def test_what_lasts_counts_in_every_year_that_it_touches(first: date, until: date | None, expected: Standing) -> None:
    assert standing(fact(ChannelFact, "c", first, channel="web", audience="general_public", is_formal=True, until=until)) is expected


@pytest.mark.parametrize(
    ("first", "stored", "expected"),
    [
        (date(2019, 1, 1), date(2024, 5, 1), Standing.COUNTS),  # late in its own year, not in this one
        (date(2019, 1, 1), date(2025, 10, 31), Standing.COUNTS),
        (date(2019, 1, 1), date(2025, 11, 1), Standing.LATE),
        (date(2026, 3, 1), date(2026, 3, 31), Standing.COUNTS),
        (date(2026, 3, 1), date(2026, 4, 1), Standing.LATE),
    ],
)
def test_what_lasts_is_late_only_for_the_year_in_which_it_was_entered_late(first: date, stored: date, expected: Standing) -> None:
    assert standing(fact(ChannelFact, "c", first, channel="web", audience="general_public", is_formal=True, recorded_on=stored)) is expected
