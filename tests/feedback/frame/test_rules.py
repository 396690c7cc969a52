"""Which sites can be listed: origins as browsers compare them, and nothing that could add to a header."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.feedback.frame.rules import origin_of, readable
from portal.kernel.errors import Invalid


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        (" https://www.example.go.th/ ", "https://www.example.go.th"),
        ("www.example.go.th", "https://www.example.go.th"),
        ("HTTPS://Example.TH:443", "https://example.th"),
        ("https://a.example:8443", "https://a.example:8443"),
        ("https://ตลาดเมฆน้อย.ไทย", "https://xn--62c1acs2biq2ewbyj4d.xn--o3cw4h"),
        ("https://ทำดี.ไทย", "https://xn--l3cf5fn1j.xn--o3cw4h"),
    ],
)
def test_a_site_is_its_origin(typed, origin):
    assert origin_of(typed) == origin


REFUSED = """
 https:// | * | https://*.go.th | http://example.go.th | https://example.go.th/page | https://example.go.th? | https://example.go.th#x
 https://me:secret@example.go.th | https://1.2.3.4 | https://0x7f.1 | https://[::1] | localhost | http://localhost:8000 | https://intranet
 'self' | data:text/html,x | javascript:alert(1) | https://a.th;script-src * | https://a.th b.th | https://a.th,b.th | https://a.th\\@b.th
 https://a..th | https://-a.th | https://a_b.th | https://a.th:99999
"""


@pytest.mark.parametrize(
    "typed",
    [
        *("", f"https://{'a' * 64}.th", f"https://{'a.' * 200}th", "https://a.th\x00", "ก" * 501),
        *(one.strip() for line in REFUSED.strip().splitlines() for one in line.split("|")),
    ],
)
def test_what_is_no_whole_site_is_refused(typed):
    with pytest.raises(Invalid) as refused:
        origin_of(typed)
    assert list(refused.value.fields) == ["origin"]


def test_this_very_machine_can_be_listed_only_to_try_things_out():
    assert origin_of("http://localhost:8001", local=True) == "http://localhost:8001"
    assert origin_of("http://127.0.0.1:80", local=True) == "http://127.0.0.1"
    with pytest.raises(Invalid):
        origin_of("http://example.go.th", local=True)


def test_people_read_a_thai_name_in_thai_letters():
    assert readable("https://xn--62c1acs2biq2ewbyj4d.xn--o3cw4h:8443") == "https://ตลาดเมฆน้อย.ไทย:8443"
    assert readable("https://www.example.go.th") == "https://www.example.go.th"
    assert readable("https://xn--999999999.th") == "https://xn--999999999.th"


@given(st.text(max_size=40) | st.from_regex(r"https://[a-z*;'. \-:/?#@\\]{1,20}", fullmatch=True))
@settings(max_examples=100)
def test_whatever_is_typed_nothing_but_an_origin_reaches_the_header(typed):
    try:
        origin = origin_of(typed)
    except Invalid:
        return
    assert re.fullmatch(r"https://[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?", origin)
    assert origin_of(origin) == origin
