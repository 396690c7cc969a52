"""Reading existing pages: our own pages with the faults that real ones have."""

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.disclosures.importing import ImportedPage, parse_page
from portal.kernel import rich_text
from portal.kernel.thai_calendar import BANGKOK

PIECES = ["<p>ก</p>", "<table><tr><td>ข", "</td></tr></table>", "<div>", "</div>", "<h5>ค</h5>", "<nav>ง</nav>"]
PAGES = Path(__file__).parent / "pages"


def read(name: str) -> ImportedPage:
    return parse_page((PAGES / name).read_text(encoding="utf-8"))


@pytest.fixture
def copied():
    return read("copied.txt")


@pytest.fixture
def body(copied):
    return rich_text.clean(copied.body_html)


def found(page: ImportedPage) -> list[str]:
    return [str(finding) for finding in page.findings]


def test_title_and_breadcrumb_are_told_from_menu_and_start_page(copied):
    assert copied.title == "รายงานการรับฟังความเห็นเรื่องตลาดนัด"
    assert copied.breadcrumb == ("แผนพัฒนาตำบลปี 2565-2569", "ด้านบริการประชาชน")


def test_times_in_thai_digits_and_buddhist_years_become_moments_in_bangkok(copied):
    assert copied.published_at == datetime(2007, 12, 13, 17, 23, 13, tzinfo=BANGKOK)
    assert copied.updated_at == datetime(2008, 1, 18, 8, 5, tzinfo=BANGKOK)


def test_a_blank_officer_is_found_and_nobody_is_made_up(copied):
    assert copied.responsible == ""
    assert "The responsible officer is blank" in found(copied)


def test_figure_numbers_that_contradict_each_other_are_found(copied):
    said = found(copied)
    assert "Figure numbers contradict each other: the text says ภาพที่ 5-4, the caption ภาพที่ 1-4" in said
    assert "The text refers to ตารางที่ 2, which has no caption" in said
    assert "The text never refers to ภาพที่ 1-6" in said


def test_a_title_that_stands_twice_is_found_and_is_not_in_the_body(copied, body):
    assert any(finding.startswith("The title stands more than once") for finding in found(copied))
    assert copied.title not in body


def test_menu_and_footer_are_left_out_and_listed(copied, body):
    for words in ("ผังเว็บไซต์", "แชร์", "คำถามที่พบบ่อย", "เกี่ยวกับ", "สงวนลิขสิทธิ์", "เผยแพร่ข้อมูล", "ผู้รับผิดชอบ:"):
        assert words not in body
    assert sum(finding.startswith("Left out as") for finding in found(copied)) == 2


def test_headings_are_known_by_their_numbers_and_by_what_follows(body):
    assert [(heading.level, heading.text) for heading in rich_text.headings(body)] == [
        (2, "1. ที่มาของการรับฟัง (Why we asked)"),
        (3, "ข้อเสนอของผู้ร่วมเวทีเรื่องการจัดตลาด โดยคณะทำงานตลาด"),
        (3, "(2) ด้านการติดตามผล"),
    ]


def test_lists_nest_by_number_bullet_and_bracket_and_survive_a_broken_line(body):
    assert (
        "<li>ขยายเวลาขายให้เริ่มเช้าขึ้น<ul><li>วันเสาร์เริ่มตีห้า</li><li>วันอาทิตย์เริ่มหกโมง"
        "<ol><li>เฉพาะหน้าร้อน</li><li>เฉพาะผักสด</li></ol></li></ul></li>" in body
    )
    assert "<li>จัดที่จอดรถเพิ่ม ซึ่งต้องขอใช้ที่ของ<p>โรงเรียนในวันหยุด และต้องมีผู้ดูแล</p></li><li>ติดป้ายบอกราคาทุกแผง</li></ol>" in body


def test_cells_between_tabs_become_a_table(body):
    assert '<th scope="col">เป้าหมาย</th>' in body
    assert "<tr><td>2</td><td>45</td><td>46</td></tr>" in body


def test_addresses_in_the_text_become_links(body):
    assert '<a href="https://example.org/market?x=1&amp;y=2">' in body


def test_numbered_lines_with_paragraphs_between_them_are_headings_not_a_list():
    text = "ชื่อ / หน้า\n\nหน้า\n\n1. ความเป็นมา\nข้อความยาว\n2. วัตถุประสงค์\nข้อความอื่น\n3. ผล\nจบ"
    assert [heading.text for heading in rich_text.headings(parse_page(text).body_html)] == ["1. ความเป็นมา", "2. วัตถุประสงค์", "3. ผล"]


def test_numbers_that_do_not_begin_with_one_keep_their_number():
    assert "<p>4. สี่" in parse_page("ชื่อ\n\n" + "4. สี่ " + "ยาว" * 60 + "\n5. ห้า " + "ยาว" * 60).body_html


def test_a_page_without_frame_keeps_all_its_words_and_says_what_is_not_there():
    page = parse_page("ประกาศเรื่องน้ำประปา\n\nน้ำจะหยุดไหลวันเสาร์")
    assert page.title == "ประกาศเรื่องน้ำประปา"
    assert page.body_html == "<p>น้ำจะหยุดไหลวันเสาร์</p>"
    assert {"The page does not say who is responsible", "The page has no published time", "The page has no updated time"} == set(
        found(page)
    )


def test_a_time_that_cannot_be_read_is_said_and_not_guessed():
    page = parse_page("หัวเรื่อง\n\nเนื้อหา\n\nเผยแพร่ข้อมูลเมื่อ 31 กุมภาพันธ์ 2550 10:00:00")
    assert page.published_at is None
    assert any(finding.startswith("The published time cannot be read: 31 กุมภาพันธ์ 2550") for finding in found(page))


def test_a_sentence_about_publishing_is_no_label():
    page = parse_page("หัวเรื่อง\n\nเผยแพร่ความรู้แก่ประชาชนทุกเดือน\nปรับปรุงถนนแล้ว")
    assert "เผยแพร่ความรู้แก่ประชาชนทุกเดือน" in page.body_html
    assert "ปรับปรุงถนนแล้ว" in page.body_html


def test_old_html_gives_its_officer_times_and_content_without_layout_tables():
    page = read("old.html")
    assert (page.title, page.breadcrumb) == ("รายงานการเปิดตู้รับฟังความคิดเห็น", ("แผนพัฒนาตำบล",))
    assert page.responsible == "นางสาวใจดี สมมติ"
    assert page.published_at == datetime(2008, 10, 2, 9, 30, tzinfo=BANGKOK)
    body = rich_text.clean(page.body_html)
    assert body.startswith("<h2>ผลการเปิดตู้</h2>")
    assert "<li>ครั้งแรก<ul><li>ความเห็น 4 ฉบับ</li></ul></li>" in body
    assert not any(words in body for words in ("table", "alert", "เผยแพร่ข้อมูล", "สงวนลิขสิทธิ์", "หน้าหลัก"))


def test_links_that_lead_nowhere_are_found_and_become_text_and_good_ones_stay():
    page = read("old.html")
    assert "The link “ดูภาคผนวก” leads nowhere inside the page: #annex" in found(page)
    assert "The link “ดูรายละเอียด” leads nowhere" in found(page)
    assert "#annex" not in page.body_html
    assert '<a href="https://example.org/">' in page.body_html
    assert "A picture was left out: ตู้รับฟัง" in found(page)


def test_html_with_landmarks_is_read_by_them():
    page = read("modern.html")
    assert (page.title, page.breadcrumb, page.responsible) == ("ศูนย์บริการเบ็ดเสร็จ", ("ยุทธศาสตร์",), "นายตัวอย่าง สมมติ")
    assert page.published_at == datetime(2024, 1, 1, 10, 0, tzinfo=BANGKOK)
    assert '<a href="#hours">' in page.body_html
    assert "แถบประกาศ" not in page.body_html
    assert "Left out around the content: เทศบาล เมนูหลัก ⏎ ติดต่อเทศบาล ⏎ แถบประกาศ" in found(page)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="กขค1. ()\n\t•|/<>p:&ผู้รับผิดชอบ", max_size=200))
def test_no_text_breaks_the_reader(text):
    page = parse_page(text)
    assert rich_text.clean(page.body_html) is not None


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(["<p>ก</p>", "<table><tr><td>ข", "</td></tr></table>", "<div>", "</div>", "<h5>ค</h5>", "<nav>ง</nav>"]),
        max_size=12,
    )
)
def test_no_markup_breaks_the_reader(parts):
    assert isinstance(parse_page("<html><body>" + "".join(parts)), ImportedPage)
