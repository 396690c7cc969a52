"""The rules of publishing, without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.disclosures import rules
from portal.disclosures.rules import DisclosureKind, Draft, Move, PublishState, Responsible, missing_before_publishing
from portal.kernel.errors import Conflict

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SOMEBODY = Responsible(person="นางสาวใจดี สมมติ")
ORDINARY = {"title": "ชื่อหน้า", "body_text": "เนื้อหา", "responsible": SOMEBODY}


def test_a_complete_draft_may_be_published():
    assert missing_before_publishing(Draft(**ORDINARY), NOW) == {}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"responsible": Responsible()}, "responsible"),
        ({"responsible": Responsible(position="ผู้อำนวยการ", unit="กอง")}, "responsible"),
        ({"responsible": Responsible(person="\u200b ", contact="โทร. 1")}, "responsible"),
        ({"title": " \u200b"}, "title"),
        ({"body_text": "\u00a0"}, "body"),
        ({"published_at": NOW + timedelta(seconds=1)}, "published_at"),
        ({"updated_at": NOW + timedelta(seconds=1)}, "updated_at"),
        ({"published_at": NOW, "updated_at": NOW - timedelta(seconds=1)}, "updated_at"),
        ({"kind": DisclosureKind.REPORT, "periods": 1}, "fiscal_year"),
        ({"kind": DisclosureKind.REPORT, "fiscal_year": 2569}, "figures"),
        ({"number": 2}, "change_note"),
        ({"dead_links": ("ดูภาคผนวก",)}, "body"),
    ],
)
def test_each_missing_thing_is_said_at_its_own_field(change, field):
    assert list(missing_before_publishing(Draft(**{**ORDINARY, **change}), NOW)) == [field]


def test_everything_missing_is_said_at_once():
    assert set(missing_before_publishing(Draft("", "", Responsible()), NOW)) == {"responsible", "title", "body"}


def test_an_office_stands_for_a_person_when_it_is_complete():
    office = Responsible(position="ผู้อำนวยการกอง", unit="กองแผน", contact="โทร. 02 000 0000")
    assert missing_before_publishing(Draft(**{**ORDINARY, "responsible": office}), NOW) == {}
    assert office.name == "ผู้อำนวยการกอง"


def test_a_report_may_stand_on_its_figures():
    report = Draft(**{**ORDINARY, "body_text": ""}, kind=DisclosureKind.REPORT, fiscal_year=2569, periods=4)
    assert missing_before_publishing(report, NOW) == {}


def test_a_published_time_of_this_very_moment_is_not_the_future():
    assert missing_before_publishing(Draft(**ORDINARY, published_at=NOW, updated_at=NOW), NOW) == {}


def test_what_was_never_public_cannot_be_withdrawn():
    assert rules.allows(Move.WITHDRAW, PublishState.DRAFT, is_public=True)
    with pytest.raises(Conflict):
        rules.after(Move.WITHDRAW, PublishState.DRAFT, is_public=False)


def test_only_publishing_brings_a_withdrawn_text_back():
    leaving = {move for (move, before), after in rules.MOVES.items() if before is PublishState.WITHDRAWN and after is not before}
    assert leaving == {Move.PUBLISH}


@given(st.lists(st.sampled_from(Move), max_size=12))
def test_no_way_through_the_table_leads_to_published_but_publishing(moves):
    state, public = PublishState.DRAFT, False
    for move in moves:
        if not rules.allows(move, state, is_public=public):
            continue
        before, state = state, rules.after(move, state, is_public=public)
        public = state is PublishState.PUBLISHED or (public and state is not PublishState.WITHDRAWN)
        assert (state is PublishState.PUBLISHED) <= (move is Move.PUBLISH or before is PublishState.PUBLISHED)
        assert (state is PublishState.WITHDRAWN) <= (move is Move.WITHDRAW or before is PublishState.WITHDRAWN)


@pytest.mark.parametrize("text", ["opdc-2570-1", "a", "x1-y2"])
def test_addresses_of_small_letters_digits_and_hyphens_are_good(text):
    assert rules.is_slug(text)


@pytest.mark.parametrize("text", ["", "-a", "a-", "a--b", "A", "ก", "a b", "a/b", "a\n", "a" * 101])
def test_other_addresses_are_refused(text):
    assert not rules.is_slug(text)


def test_the_next_address_counts_on_from_the_highest_of_the_year():
    taken = ["opdc-2569-9", "opdc-2569-10", "opdc-2569-10-annex", "opdc-2568-40", "opdc-2569-x"]
    assert rules.next_slug("opdc", 2569, taken) == "opdc-2569-11"
    assert rules.next_slug("opdc", 2570, taken) == "opdc-2570-1"
