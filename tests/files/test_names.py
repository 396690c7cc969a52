import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.files.names import NAME_MOST, extension, safe_name, tidy
from portal.files.rules import Kind


@pytest.mark.parametrize(
    ("claimed", "kind", "safe"),
    [
        ("รูปถนน.jpg", Kind.JPEG, "รูปถนน.jpg"),
        ("รูปน้ำท่วม 2567.JPEG", Kind.JPEG, "รูปน้ำท่วม 2567.jpg"),
        ("IMG_1.HEIC", Kind.JPEG, "IMG_1.jpg"),
        ("../../etc/passwd", Kind.PNG, "passwd.png"),
        ("..\\..\\windows\\evil.exe", Kind.PDF, "evil.pdf"),
        ("/etc/cron.d/x.pdf", Kind.PDF, "x.pdf"),
        ("a\0b.pdf", Kind.PDF, "ab.pdf"),
        ("invoice\u202efdp.exe", Kind.PDF, "invoicefdp.pdf"),
        ("ส\u200bเ\u200dช\u2060\ufeff.pdf", Kind.PDF, "สเช.pdf"),
        ("\u3164\u2800.png", Kind.PNG, "png.png"),
        ("a.pdf.exe", Kind.PDF, "a.pdf"),
        ("report v1.2", Kind.PDF, "report v1.2.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", Kind.PDF, "a Set-Cookie_ x=1.pdf"),
        ('a"b<c>?*|.pdf', Kind.PDF, "a_b_c____.pdf"),
        ("...", Kind.WEBP, "file.webp"),
        ("", Kind.JPEG, "file.jpg"),
        (".htaccess", Kind.JPEG, "htaccess.jpg"),
        ("dir/", Kind.JPEG, "file.jpg"),
    ],
)
def test_a_name_is_made_safe(claimed: str, kind: Kind, safe: str) -> None:
    assert safe_name(claimed, kind) == safe


@given(st.text(max_size=300), st.sampled_from(Kind))
def test_no_name_is_a_path_or_hides_anything_or_ends_in_another_kind(claimed: str, kind: Kind) -> None:
    name = safe_name(claimed, kind)
    assert len(name) <= NAME_MOST
    assert name.endswith(kind.extension)
    assert not set('/\\<>:"|?*') & set(name)
    assert not name.startswith(".")
    assert not any(unicodedata.category(c)[0] == "C" or unicodedata.category(c) in ("Zl", "Zp") for c in name)


def test_a_long_thai_name_is_cut_and_keeps_its_extension() -> None:
    name = safe_name("ก" * 500 + ".pdf", Kind.PDF)
    assert (len(name), name[-5:]) == (120, "ก.pdf")


def test_the_name_shown_in_a_message_is_tidy_too() -> None:
    assert tidy("C:\\x\\\u202etxt.exe") == "txt.exe"


@pytest.mark.parametrize(
    ("name", "end"), [("a.JPG", "JPG"), ("a", ""), ("a.tar.gz", "gz"), ("x/../b.pdf\u200b", "pdf"), ("a.pdf. ", "pdf")]
)
def test_the_extension_is_read_from_what_a_person_would_see(name: str, end: str) -> None:
    assert extension(name) == end
