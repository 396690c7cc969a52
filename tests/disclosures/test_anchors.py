"""Anchors in a text never meet those of the layout."""

from portal.disclosures.anchors import anchored, dead_links
from portal.kernel.rich_text import clean

TEXT = '<h2 id="menu">เมนู</h2><h3>ข้อ</h3><p><a href="#menu">ไป</a> <a href="#x">หาย</a> <a href="https://example.org/#menu">นอก</a></p>'


def test_chosen_ids_and_their_links_move_together_and_headings_get_one():
    assert anchored(clean(TEXT)) == (
        '<h2 id="t-menu">เมนู</h2><h3 id="section-1">ข้อ</h3><p><a href="#t-menu">ไป</a> <a href="#x">หาย</a> '
        '<a href="https://example.org/#menu">นอก</a></p>'
    )


def test_saving_again_changes_nothing_more():
    once = anchored(clean(TEXT))
    assert anchored(clean(once)) == once


def test_links_that_lead_nowhere_are_told_by_their_words():
    assert dead_links(anchored(clean(TEXT))) == ["หาย"]
