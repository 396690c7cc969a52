"""One copy of the figures, as CSV and as JSON."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.disclosures.figures import IndicatorInput, PeriodInput, as_csv, as_json, check, guarded
from portal.kernel.errors import Invalid

FIGURES = [
    {
        "name_th": "=HYPERLINK(1)",
        "name_en": "Median wait",
        "unit_th": "นาที",
        "unit_en": "minutes",
        "direction": "down",
        "baseline": "38",
        "periods": [
            {"label_th": "ไตรมาส 1", "label_en": "Q1", "target": "-15.50", "actual": "19.00"},
            {"label_th": "ไตรมาส 2", "label_en": "Q2", "target": "15", "actual": ""},
        ],
    }
]


def test_the_csv_begins_with_a_bom_and_has_one_row_a_period():
    text = as_csv(FIGURES)
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text[1:])))
    assert [(row["period_th"], row["target"], row["actual"]) for row in rows] == [("ไตรมาส 1", "-15.50", "19.00"), ("ไตรมาส 2", "15", "")]


def test_a_spreadsheet_finds_no_formula_in_the_words_and_every_number_as_it_is():
    row = next(csv.DictReader(io.StringIO(as_csv(FIGURES)[1:])))
    assert row["indicator_th"] == "'=HYPERLINK(1)"
    assert row["target"] == "-15.50"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", " =1", "\r=1"])
def test_cells_that_begin_like_formulas_are_guarded(text):
    assert guarded(text) == f"'{text}"


@given(st.text())
def test_guarding_never_loses_a_character(text):
    assert guarded(text).removeprefix("'") == text.removeprefix("'")


def test_the_json_has_the_same_digits_and_null_for_what_is_missing():
    text = as_json({"slug": "a"}, FIGURES)
    assert '"target": -15.50' in text
    assert '"actual": 19.00' in text
    assert json.loads(text)["indicators"][0]["periods"][1]["actual"] is None


def test_words_that_look_like_our_own_mark_stay_words():
    figures = [{**FIGURES[0], "name_th": "\\u00005"}]
    assert json.loads(as_json({}, figures))["indicators"][0]["name_th"] == "\\u00005"


def test_an_indicator_needs_name_unit_and_names_of_its_periods():
    with pytest.raises(Invalid) as refused:
        check([IndicatorInput(name_th="", periods=(PeriodInput(label_th=""),))])
    assert len(refused.value.fields["figures"]) == 3


def test_a_label_that_the_table_cannot_hold_is_refused():
    with pytest.raises(Invalid):
        check([IndicatorInput(name_th="ก", unit_th="ข", periods=(PeriodInput(label_th="ค" * 61),))])


def test_too_many_indicators_are_refused():
    one = IndicatorInput(name_th="ก", unit_th="ข")
    check([one] * 50)
    with pytest.raises(Invalid):
        check([one] * 51)
