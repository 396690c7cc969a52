"""Level 1 of 2549: each part missing, each number at its edge."""

from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest

from portal.participation.rules.dossier import Dossier
from tests.participation.builders import LISTS, at_three, changed, check, scored, seen, without

END = at_three().subject.as_of
Change = Callable[[Dossier], Dossier]


def _lists(law: str, **values: object) -> Change:
    return lambda one: msgspec.structs.replace(
        one, lists=tuple(msgspec.structs.replace(each, **values) if each.law == law else each for each in LISTS)
    )


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("mission_pages", lambda one: without(one, "page-m1")),
        ("mission_pages", lambda one: changed(one, "page-m1", on=END - timedelta(days=366), recorded_on=END - timedelta(days=366))),
        ("mission_pages", lambda one: changed(one, "page-m1", responsible=" ")),
        ("mission_pages", lambda one: changed(one, "page-m1", mission="m9")),
        ("mission_pages", lambda one: seen(one, missions=())),
        ("legal_s7", lambda one: without(one, "s7-1")),
        ("legal_s9", lambda one: changed(one, "s9-1", item="9")),
        ("legal_s9", lambda one: changed(one, "s9-1", list_code="s7")),
        ("legal_oit", lambda one: without(one, "oit-O1")),
        ("channel_general", lambda one: without(one, "web")),
        ("channel_general", lambda one: changed(one, "web", public=False)),
        ("channel_general", lambda one: changed(one, "web", until=END - timedelta(days=1))),
        ("channel_target", lambda one: changed(one, "box", audience="general_public")),
    ],
)
def test_what_is_missing_fails_its_check_and_the_level(name: str, change: Change) -> None:
    dossier = change(at_three())
    found = check(dossier, name).finding
    assert found.verdict == "failed"
    assert found.missing
    assert scored(dossier).reached == 0


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("mission_pages", lambda one: changed(one, "page-m1", on=END - timedelta(days=365), recorded_on=END - timedelta(days=365))),
        ("channel_general", lambda one: changed(one, "web", until=END)),
        ("legal_oit", _lists("oit", items=tuple(f"O{number}" for number in range(1, 11)))),
    ],
)
def test_just_enough_is_enough(name: str, change: Change) -> None:
    assert check(change(at_three()), name).finding.verdict == "passed"


@pytest.mark.parametrize(
    "change", [_lists("s9", is_complete=False), _lists("s9", items=()), lambda one: msgspec.structs.replace(one, lists=LISTS[:1])]
)
def test_a_list_that_the_portal_does_not_know_whole_is_no_fault_of_the_agency(change: Change) -> None:
    dossier = without(change(at_three()), "s7-1")
    assert check(dossier, "legal_s9").finding.verdict == "unknown"
    result = scored(dossier)
    assert (result.level, result.reached, result.levels[0].verdict) == (None, 0, "unknown")


def test_an_unknown_list_leaves_the_source_s_own_level_as_it_is() -> None:
    result = scored(msgspec.structs.replace(at_three(), lists=()))
    assert result.level is None
    assert result.levels[0].source_verdict == "passed"


def test_what_is_missing_names_the_mission_the_item_and_where_to_look() -> None:
    page, item = (
        check(without(at_three(), key), name).finding.missing[0] for key, name in (("page-m1", "mission_pages"), ("s7-1", "legal_s7"))
    )
    assert (page.said.values["mission"], page.path) == ({"th": "ดูแลน้ำ", "en": "Water"}, "/agencies/sommotthani")
    assert (item.said.values["item"], item.path) == ("1", "/disclosures/lists/sommotthani")
