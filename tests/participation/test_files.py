"""The scales that are shipped, and what a folder of them must be."""

from pathlib import Path

import pytest

from portal.participation.rules.scales import ScaleFault, checks_of
from portal.participation.scales import FOLDER, all_scales, read_folder, scale_for, scales_for

SHIPPED = (FOLDER / "2549-1.yaml").read_text(encoding="utf-8")


def folder(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / f"{name.replace('_', '-')}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_scale_of_2549_holds_from_its_year_on_for_every_kind() -> None:
    assert [scale.code for scale in scales_for(2549, "government")] == ["2549"]
    assert "2549" in [scale.code for scale in scales_for(2570, "local")]
    assert scales_for(2548, "government") == ()
    assert scale_for("2549", 2548) is None
    scale = scale_for("2549", 2569)
    assert scale is not None
    assert scale.edition == "2549-1"


def test_the_slips_of_the_source_are_put_right() -> None:
    words = " ".join(level.words.th for scale in all_scales() for level in scale.levels)
    assert not [slip for slip in ("กรจัดการ", "รูปธนนม", "กฏหมาย", "บริหาราชการ", "เป็นโยบาย") if slip in words]


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('code: "2549"', 'cod: "2549"', "contains unknown field `cod`"),
        ("edition: 2549-1", "edition: 2549-9", "edition: must be '2549-1'"),
        ("kinds: [government,", "kinds: [kingdom,", "kinds: kingdom is none of"),
        ("owner: publisher", "owner: nobody", "mission_pages: owner: nobody is none of"),
        ("only_levels: [province]", "only_levels: [planet]", "only_levels: planet is none of"),
        ("  en: Scale of 2549", "  en: ''", r"Expected `str` matching regex"),
        ("first_year: 2549", "first_year: 2549\nlast_year: 2500", "last_year: 2500 lies before"),
        ("id: legal_s9", "id: legal_s7", "legal_s7 used twice"),
        ("predicate: legal_lists", "predicate: hearsay", "legal_s7: there is no predicate hearsay"),
        ("given: {days: 365, share: 100}", "given: {days: 365}", "mission_pages: Object missing required field `share`"),
        ("given: {days: 365, share: 100}", "given: {days: 365, share: 101}", "mission_pages: Expected `int` <= 100"),
        ("given: {law: s7,", "given: {law: s8,", "legal_s7: Invalid enum value 's8'"),
        ("number: 5", "number: 6", "five, numbered 1 to 5"),
        ("            origin: source", "            origin: hearsay", "hearsay"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_name_and_place(tmp_path: Path, before: str, after: str, fault: str) -> None:
    assert before in SHIPPED
    with pytest.raises(ScaleFault, match=r"2549-1\.yaml") as refused:
        read_folder(folder(tmp_path, **{"2549_1": SHIPPED.replace(before, after, 1)}))
    assert fault in str(refused.value)


def test_two_editions_in_one_year_are_refused(tmp_path: Path) -> None:
    second = SHIPPED.replace("edition: 2549-1", "edition: 2549-2").replace("first_year: 2549", "first_year: 2570")
    with pytest.raises(ScaleFault, match=r"2549-2\.yaml: 2549-1 holds in 2570 already"):
        read_folder(folder(tmp_path, **{"2549_1": SHIPPED, "2549_2": second}))


def test_a_new_edition_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    first = SHIPPED.replace("first_year: 2549", "first_year: 2549\nlast_year: 2569")
    second = SHIPPED.replace("edition: 2549-1", "edition: 2549-2").replace("first_year: 2549", "first_year: 2570")
    read = read_folder(folder(tmp_path, **{"2549_1": first, "2549_2": second}))
    assert [[scale.edition for scale in read if scale.holds_in(year)] for year in (2569, 2570)] == [["2549-1"], ["2549-2"]]


def test_the_rules_in_words_tell_of_every_check() -> None:
    words = (FOLDER.parents[1] / "docs/rules/scale.md").read_text(encoding="utf-8")
    assert not [check.id for scale in all_scales() for check in checks_of(scale) if f"`{check.id}`" not in words]
