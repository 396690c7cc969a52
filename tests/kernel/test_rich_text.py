from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.kernel.rich_text import ATTRIBUTES, DEPTH_MOST, SCHEMES, TAGS, Heading, clean, headings, to_text, with_heading_ids

# fmt: off
NAMES = [
    "p", "b", "i", "table", "tr", "td", "th", "div", "button", "svg", "math", "mtext", "style", "ul", "li", "h2", "h3",
    "figure", "figcaption", "caption", "select", "form", "template", "dl", "dt", "dd", "blockquote", "noscript", "textarea",
    "title", "script", "a", "plaintext", "desc",
]
ODDITIES = [
    '<a href="x">', '<a href="javascript:x">', "<th scope=col>", "<h2 id=a>", "<br>", "<hr>", "<img src=x onerror=alert(1)>",
    "<![CDATA[", "]]>", "<!--", "-->", "x", "ก", " ", "&nbsp;", "&lt;", "&copy;", "<", ">", '"', "'", "&",
    '<annotation-xml encoding="text/html">',
]
# fmt: on
PIECES = [f"<{name}>" for name in NAMES] + [f"</{name}>" for name in NAMES] + ODDITIES
soup = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


def second_opinion(html: str) -> str:
    """What nh3 makes of ``html`` under the same rules."""
    attributes = {tag: set(names) for tag, names in ATTRIBUTES.items()}
    return nh3.clean(html, tags=set(TAGS), attributes=attributes, url_schemes=set(SCHEMES), link_rel=None)


@pytest.mark.parametrize(
    ("given_html", "kept"),
    [
        ("<p>ก<br/>ข <strong>ค</strong>", "<p>ก<br>ข <strong>ค</strong></p>"),
        ('<h2 id="one">ก</h2><h3 id="one">ข</h3>', '<h2 id="one">ก</h2><h3>ข</h3>'),
        ('<th scope="col" colspan="2" rowspan="0" style="x">', ""),
        ("<table><tr><th scope=col colspan=2 onclick=x>ก<td rowspan=x>ข", None),
        ('<a href="https://example.go.th/?a=1&b=ก">ก</a>', '<a href="https://example.go.th/?a=1&amp;b=ก">ก</a>'),
        ('<a href="#ข้อ-1">ก</a><a href="../b">ข</a>', '<a href="#ข้อ-1">ก</a><a href="../b">ข</a>'),
        ('<a href="tel:021412222" target="_blank">ก</a>', '<a href="tel:021412222">ก</a>'),
        ("<div>ก</div><div>ข</div>", "ก\nข"),
        ("&copy; &quot;ก&quot; &nbsp;\xa0 1 < 2", '© "ก" &nbsp;&nbsp; 1 &lt; 2'),
        ("ทํา\u200bงาน", "ทำงาน"),
        ("<!-- ลับ --><p>ก</p>", "<p>ก</p>"),
        ('<figure id="f1"><figcaption>ภาพ</figcaption></figure>', '<figure id="f1"><figcaption>ภาพ</figcaption></figure>'),
    ],
)
def test_allowed_parts_stay_and_the_rest_goes(given_html, kept):
    if kept is None:
        kept = '<table><tbody><tr><th scope="col" colspan="2">ก</th><td>ข</td></tr></tbody></table>'
    assert clean(given_html) == kept


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<ScRiPt src=//x>alert(1)",
        "<img src=x onerror=alert(1)>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
        "<style>p { color: red }</style>",
    ],
)
def test_scripts_styles_and_pictures_leave_nothing_behind(html):
    assert "alert" not in clean(html).replace("&lt;img src=1 onerror=alert(1)&gt;", "")
    assert "<img" not in clean(html)
    assert "color" not in clean(html)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " java\nscript:alert(1)",
        "&#106;avascript:alert(1)",
        "JaVaScRiPt:x",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
    ],
)
def test_addresses_that_run_or_read_are_removed(address):
    assert clean(f'<a href="{address}">ก</a>') == "<a>ก</a>"


@settings(max_examples=300, deadline=None)
@given(soup)
def test_a_second_sanitizer_finds_nothing_to_change(html):
    cleaned = clean(html)
    assert second_opinion(cleaned) == cleaned
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize("value", ["a'b", 'a"b', "a>b", "a&quot;b", "a&copy;&#62;&nbsp;b", "a b", "//example.org"])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_no_spelling_of_an_address_surprises_the_second_sanitizer(value, quote):
    cleaned = clean(f"<a href={quote}{value}{quote}>ก</a>")
    assert second_opinion(cleaned) == cleaned


def test_texts_of_different_threads_do_not_mix():
    texts = [f"<p>ผู้ใช้ {number} <b>{'ก' * number}</b></p>" for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(clean, texts)) == texts


def test_rich_text_is_read_aloud_line_by_line():
    html = (
        "<h2>หัว</h2><p>ก&nbsp;ข<br>ค &lt;ง&gt;</p><ul><li>หนึ่ง</li><li><p>สอง</p></li></ul><table><tr><th>ปี</th><td>2550</td></tr></table>"
    )
    assert to_text(clean(html)).split("\n") == ["หัว", "ก ข", "ค <ง>", "• หนึ่ง", "•", "สอง", "ปี | 2550"]


def test_headings_are_listed_with_their_plain_text():
    html = clean('<h2 id="top">ก <em>ข</em></h2><p>x</p><h3>ค &amp; ง</h3>')
    assert headings(html) == [Heading(2, "top", "ก ข"), Heading(3, "", "ค & ง")]


def test_every_heading_gets_an_id_of_its_own():
    html = with_heading_ids(clean('<h2>ก</h2><h3 id="section-1">ข</h3><h4>ค</h4>'))
    assert [heading.id for heading in headings(html)] == ["section-2", "section-1", "section-3"]
    assert with_heading_ids(html) == html == clean(html)


@pytest.mark.parametrize("opening", ["<ul><li>", "<b>", "<p><b>", "<table><tr><td>", "<B >"])
def test_nesting_that_nobody_wrote_becomes_plain_text_in_no_time(opening: str):
    begun = perf_counter()
    text = clean(f"{opening}ก" * 3000)
    assert perf_counter() - begun < 1, "the parser alone would need many times as long"
    assert "<" not in text
    assert text.count("ก") == 3000
    assert clean(text) == text


def test_deep_but_honest_nesting_stays():
    html = "<blockquote>" * DEPTH_MOST + "ก" + "</blockquote>" * DEPTH_MOST
    assert clean(html) == html
    many = "<ul><li><b>ก</b></li></ul>" * DEPTH_MOST * 2
    assert clean(many) == many
