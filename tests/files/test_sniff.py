import pytest

from portal.files.rules import Kind
from portal.files.sniff import sniff

from . import makers


@pytest.mark.parametrize(("kind", "format"), [(Kind.JPEG, "JPEG"), (Kind.PNG, "PNG"), (Kind.WEBP, "WEBP"), (Kind.HEIC, "HEIF")])
def test_real_pictures_are_known(kind: Kind, format: str) -> None:
    assert sniff(makers.encoded(format)[:1024]) is kind


def test_a_real_document_is_known_even_behind_a_byte_order_mark() -> None:
    assert sniff(makers.pdf()[:1024]) is Kind.PDF
    assert sniff(b"\xef\xbb\xbf\r\n" + makers.pdf()[:1024]) is Kind.PDF


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"GIF89a....PK\x03\x04",
        b"<!doctype html>%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'>",
        b"MZ\x90\0",
        b"PK\x03\x04",
        b"RIFF\0\0\0\0WAVE",
        b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf",
        b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif",
        b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom",
        b"\xff\xd8",
        b"%!PS-Adobe",
        b"BM",
    ],
)
def test_everything_else_is_not(head: bytes) -> None:
    assert sniff(head) is None


def test_apple_pictures_that_say_mif1_first_are_known_by_their_other_brands() -> None:
    assert sniff(b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic") is Kind.HEIC
