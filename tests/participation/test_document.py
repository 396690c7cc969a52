"""The file: the same bytes, read back, and what is wrong with one that was changed."""

import json
from typing import Any

import pytest

from portal.participation.rules.document import DISCLAIMER, DocumentFault, bytes_of, differences, document_of, read_document, recompute
from portal.participation.scales import scales_for
from tests.participation.builders import YEAR, at_three, changed

SCALES = scales_for(YEAR, "government")
FILE = bytes_of(document_of(at_three(), SCALES))


def test_it_says_in_both_languages_that_it_is_not_opdc_s_result() -> None:
    told = json.loads(FILE)
    assert told["disclaimer"] == {"th": DISCLAIMER.th, "en": DISCLAIMER.en}
    assert "มิใช่ผลประเมินของ ก.พ.ร." in DISCLAIMER.th
    assert sorted(told["computed"]) == sorted(scale.code for scale in SCALES)
    assert {"level", "source_level", "reached", "stops_at"} <= set(told["computed"]["2549"])


def _with(change: Any) -> bytes:
    told = json.loads(FILE)
    change(told)
    return json.dumps(told, ensure_ascii=False).encode()


def _forge(told: dict[str, Any]) -> None:
    told["computed"]["2549"] |= {"level": 5, "reached": 5, "stops_at": None}


def _forge_evidence(told: dict[str, Any]) -> None:
    told["facts"] = [one for one in told["facts"] if one["key"] != "page-m1"]


def test_a_level_that_the_evidence_does_not_give_is_told() -> None:
    document = read_document(_with(_forge))
    assert differences(document, recompute(document)) == [f"2549: the file says level 5, its evidence gives {_level()}"]


def _level() -> str:
    level = json.loads(FILE)["computed"]["2549"]["level"]
    return "unknown" if level is None else str(level)


def test_evidence_that_was_taken_out_is_told_by_check() -> None:
    document = read_document(_with(_forge_evidence))
    assert "2549: mission_pages: the file says passed, its evidence gives failed" in differences(document, recompute(document))


def test_an_honest_file_has_no_difference_whatever_its_white_space() -> None:
    document = read_document(_with(lambda _: None))
    assert differences(document, recompute(document)) == []


def test_other_details_and_missing_results_are_told() -> None:
    told = read_document(_with(lambda one: one["computed"]["2549"]["standings"].pop()))
    assert differences(told, recompute(told)) == ["2549: the details in the file are not those of its evidence"]
    none = read_document(_with(lambda one: one["computed"].pop("2549")))
    assert differences(none, recompute(none)) == ["2549: the file has no result"]


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"", "no dossier file"),
        (b"\xff\xfe\x00", "no dossier file"),
        (b"[" * 100_000, "no dossier file"),
        (b"{}", "missing required field `format`"),
        (b'{"format": 2}', "has format 2; this portal reads format 1"),
        (b'{"format": 1}', "missing required field"),
        (_with(lambda one: one["subject"].update(as_of="soon")), r"\$.subject.as_of"),
        (_with(lambda one: one["facts"][0].update(kind="Nothing")), r"\$.facts\[0\].kind"),
    ],
)
def test_a_broken_file_says_where(raw: bytes, fault: str) -> None:
    with pytest.raises(DocumentFault, match=fault):
        read_document(raw)


def _scale(told: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = told["scales"][0]["levels"][0]["criteria"][0]["checks"][0]
    return found


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda one: _scale(one).update(predicate="magic"), "there is no predicate magic"),
        (lambda one: _scale(one)["given"].update(share=101), "mission_pages"),
        (lambda one: _scale(one)["given"].update(speed=1), "unknown field `speed`"),
        (lambda one: one["scales"][0]["levels"].pop(), "there must be five"),
        (lambda one: one["subject"].update(fiscal_year=99_999), "nothing can be computed"),
    ],
)
def test_a_file_from_which_nothing_can_be_computed_says_why(change: Any, fault: str) -> None:
    with pytest.raises(DocumentFault, match=fault):
        recompute(read_document(_with(change)))


def test_two_dossiers_that_differ_have_two_files() -> None:
    assert bytes_of(document_of(changed(at_three(), "a1", people=31), SCALES)) != FILE
