"""Files of lists are checked, and each agency has the lists of its kind and year."""

import pytest

from portal.agencies.rules import AgencyKind
from portal.disclosures.legal.lists import all_lists, by_code
from portal.disclosures.legal.rules import Law, ListFault, check_together, holding, read_list

GOOD = """
code: oit-2570-local
law: oit
title: {th: รายการ, en: List}
basis: {th: ฐาน, en: Basis}
host: {th: ท้องถิ่น, en: Local}
kinds: [local]
first_year: 2570
last_year: 2571
complete: true
items:
  - {code: O1, words: {th: โครงสร้าง, en: Structure}}
  - {code: O2, words: {th: ติดต่อ, en: Contact}, by_portal: contact}
"""


def codes(kind: AgencyKind, year: int, slug: str = "somewhere", *, is_sample: bool = False) -> list[str]:
    return [one.code for one in holding(all_lists(), slug, kind, year, is_sample=is_sample)]


def test_every_agency_has_the_two_lists_of_the_act_and_the_items_of_its_kind_and_year_where_they_are_known() -> None:
    assert codes(AgencyKind.LOCAL, 2564) == ["s7", "s9", "oit-2564-local"]
    assert codes(AgencyKind.LOCAL, 2565) == ["s7", "s9"]
    assert codes(AgencyKind.GOVERNMENT, 2564) == ["s7", "s9"]
    assert codes(AgencyKind.PUBLIC_ORG, 2569) == ["s7", "s9", "oit-2569-public-organisation"]
    assert codes(AgencyKind.GOVERNMENT, 2540) == []


def test_the_invented_list_holds_in_every_year_for_invented_agencies_alone() -> None:
    assert codes(AgencyKind.LOCAL, 2564, is_sample=True) == ["s7", "s9", "oit-sample"]
    assert codes(AgencyKind.GOVERNMENT, 2571, is_sample=True) == ["s7", "s9", "oit-sample"]
    assert not any("sample" in code for kind in AgencyKind for year in range(2549, 2575) for code in codes(kind, year))


def test_the_files_hold_what_the_sources_show() -> None:
    counts = {one.code: (len(one.items), len(one.known), one.complete) for one in all_lists()}
    assert counts["s7"] == (5, 5, True)
    assert counts["s9"] == (8, 8, True)
    assert counts["oit-2564-local"] == (43, 43, True)
    assert counts["oit-2567-vocational"] == (33, 33, True)
    assert counts["oit-2569-public-organisation"] == (26, 22, False)
    unknown = [item.code for item in by_code("oit-2569-public-organisation").items if not item.is_known]  # type: ignore[union-attr]
    assert unknown == ["O2", "O5", "O6", "O7"]
    assert by_code("oit-2567-vocational").kinds == ()  # type: ignore[union-attr]


def test_an_incomplete_list_says_so_in_the_dossier_and_asks_only_for_what_is_known() -> None:
    found = by_code("oit-2569-public-organisation").as_evidence()  # type: ignore[union-attr]
    assert not found.is_complete
    assert "O2" not in found.items
    assert len(found.items) == 22


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kinds: [local]", "kinds: [school]", "school"),
        ("first_year: 2570", "first_year: soon", "first_year"),
        ("last_year: 2571", "last_year: 2569", "last_year"),
        ("code: O2", "code: O1", "twice"),
        ("by_portal: contact", "by_portal: coffee", "coffee"),
        (", words: {th: โครงสร้าง, en: Structure}", ", standing: unknown", "complete"),
        (", words: {th: โครงสร้าง, en: Structure}", "", "without words"),
        ("code: oit-2570-local", "code: OIT 2570", "small letters"),
        ("complete: true", "complete: true\nwhat: 1", "what"),
    ],
)
def test_a_fault_in_a_file_is_told_with_its_place(old: str, new: str, said: str) -> None:
    assert old in GOOD
    with pytest.raises(ListFault, match=said):
        read_list(GOOD.replace(old, new))


def test_two_lists_of_one_law_do_not_hold_for_the_same_kind_in_the_same_year() -> None:
    one = read_list(GOOD)
    later = read_list(GOOD.replace("oit-2570-local", "oit-2572").replace("2570", "2572").replace("2571", "2573"))
    check_together([one, later])
    with pytest.raises(ListFault, match="local"):
        check_together([one, read_list(GOOD.replace("oit-2570-local", "oit-2571").replace("first_year: 2570", "first_year: 2571"))])
    with pytest.raises(ListFault, match="this code"):
        check_together([one, one])


def test_a_list_that_names_the_agency_goes_before_that_of_its_kind() -> None:
    named = read_list(GOOD.replace("oit-2570-local", "own").replace("kinds: [local]", "agencies: [school]"))
    lists = [named, read_list(GOOD)]
    assert [one.code for one in holding(lists, "school", AgencyKind.LOCAL, 2570, is_sample=False)] == ["own"]
    assert [one.code for one in holding(lists, "town", AgencyKind.LOCAL, 2570, is_sample=False)] == ["oit-2570-local"]
    assert {one.law for one in lists} == {Law.OIT}
