"""A scanned stack is taken apart into its pictures; what is more than a scan stays whole."""

import io

import pikepdf
import pytest
from PIL import Image

from portal.files.frames import framed, unframed
from portal.files.scans import pictures
from portal.files.service import receive_stack
from tests.files import makers


def stack(pages: int = 3, rotate: int = 0, extra: bytes = b"") -> bytes:
    """What a scanner makes: one picture a page."""
    images = [Image.new("RGB", (60, 80), (200 + page, 255, 255)) for page in range(pages)]
    out = io.BytesIO()
    images[0].save(out, "PDF", save_all=True, append_images=images[1:])
    with pikepdf.open(io.BytesIO(out.getvalue())) as pdf:
        for page in pdf.pages:
            if rotate:
                page.obj["/Rotate"] = rotate
            if extra:
                page.contents_add(pdf.make_stream(extra))
        done = io.BytesIO()
        pdf.save(done)
    return done.getvalue()


def test_each_page_becomes_a_picture_as_it_is_shown():
    found = [Image.open(io.BytesIO(page)) for page in pictures(stack(), 10)]
    assert [image.size for image in found] == [(60, 80)] * 3
    assert [Image.open(io.BytesIO(page)).size for page in pictures(stack(1, rotate=90), 10)] == [(80, 60)]


@pytest.mark.parametrize(
    "extra",
    [b"BT (stamp) Tj ET", b"0 0 10 10 re f", b"q 0 1 -1 0 0 0 cm Q", b"0 0 m 9 9 l S"],
    ids=["words", "box", "turned", "line"],
)
def test_what_is_more_than_a_scan_stays_whole(extra):
    assert pictures(stack(extra=extra), 10) == []


def test_invisible_words_under_the_picture_are_no_hindrance():
    assert len(pictures(stack(2, extra=b"BT 3 Tr (read by a program) Tj ET"), 10)) == 2


def test_too_many_pages_and_broken_documents_stay_whole():
    assert pictures(stack(3), 2) == []
    assert pictures(b"%PDF-1.4 nothing", 10) == []


def test_frames_come_apart_as_they_were_put_together():
    assert unframed(framed([b"", b"one", b"\0" * 9])) == [b"", b"one", b"\0" * 9]
    assert unframed(b"") == []


def test_a_stack_is_known_again_page_by_page(store):
    data = stack()
    first, again = (receive_stack(store, data, "กอง.pdf", "application/pdf", 10) for _time in range(2))
    assert [file.name for file in first] == ["กอง-01.jpg", "กอง-02.jpg", "กอง-03.jpg"]
    assert [file.original_sha256 for file in first] == [file.original_sha256 for file in again]
    assert len({file.original_sha256 for file in first}) == 3
    (whole,) = receive_stack(store, data, "กอง.pdf", "application/pdf", 2)
    assert whole.name == "กอง.pdf"
    (picture,) = receive_stack(store, makers.encoded("JPEG"), "a.jpg", "image/jpeg", 2)
    assert picture.name == "a.jpg"
