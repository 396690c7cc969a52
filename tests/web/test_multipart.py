import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.web.multipart import drain, text_before_files

BOUNDARY = "----WebKitFormBoundary7MA4YWxk"
CONTENT_TYPE = f"multipart/form-data; boundary={BOUNDARY}"
Part = tuple[str, str, str | None]  # name, content, file name


class Drip(io.RawIOBase):
    """A body that comes in pieces of any size, as networks have it, and counts what was taken."""

    def __init__(self, data: bytes, sizes: list[int] | None = None) -> None:
        self.data, self.sizes, self.taken = data, sizes or [1_000_000], 0

    def read(self, size: int = -1) -> bytes:
        self.sizes.append(turn := self.sizes.pop(0))
        piece = self.data[self.taken : self.taken + min(size, turn)]
        self.taken += len(piece)
        return piece


def body(*parts: Part) -> bytes:
    """A form as browsers send it."""
    return b"".join(_part(*part) for part in parts) + b"--" + BOUNDARY.encode() + b"--\r\n"


def _part(name: str, content: str, file_name: str | None) -> bytes:
    kind = "" if file_name is None else f'; filename="{file_name}"\r\nContent-Type: image/jpeg'
    return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{kind}\r\n\r\n{content}\r\n'.encode()


TYPED = [("subject", "ไฟทางดับ", None), ("body", "หน้าวัด\r\nสามคืนแล้ว --x", None), ("kind", "complaint", None), ("kind", "second", None)]
FOUND = {"subject": ["ไฟทางดับ"], "body": ["หน้าวัด\r\nสามคืนแล้ว --x"], "kind": ["complaint", "second"]}


def test_words_before_the_first_file_come_back_and_the_file_is_not_read() -> None:
    stream = Drip(body(*TYPED, ("files", "x" * 61_000_000, "big.jpg"), ("after", "unseen", None)))
    assert text_before_files(stream, CONTENT_TYPE) == FOUND
    assert stream.taken <= 64 * 1024


def test_a_body_without_files_comes_back_whole() -> None:
    assert text_before_files(Drip(body(*TYPED)), CONTENT_TYPE) == FOUND


def test_reading_stops_at_the_limit_and_gives_what_was_read_of_a_field() -> None:
    stream = Drip(body(("body", "ก" * 1_000_000, None)))
    [text] = text_before_files(stream, CONTENT_TYPE, limit_bytes=100_000)["body"]
    assert stream.taken == 100_000
    assert 33_000 < text.count("ก") < 33_334


def test_a_body_that_breaks_off_gives_what_came() -> None:
    whole = body(*TYPED)
    assert text_before_files(Drip(whole[: whole.index(b"second")]), CONTENT_TYPE)["subject"] == ["ไฟทางดับ"]


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "application/json",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/mixed; boundary=x",
        "\0;;=",
        "multipart/form-data; boundary=ไทย",
    ],
)
def test_what_is_no_form_gives_nothing_and_is_not_read(content_type: str) -> None:
    stream = Drip(body(*TYPED))
    assert text_before_files(stream, content_type) == {}
    assert stream.taken == 0


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"Content-Type: text/plain",
        b"Content-Disposition: form-data",
        b"Content-Disposition: \xff\xfe",
        b"Content-Disposition: form-data; name",
    ],
)
def test_a_part_with_a_broken_head_costs_nothing_that_came_before(head: bytes) -> None:
    broken = (
        _part("subject", "kept", None) + b"--" + BOUNDARY.encode() + b"\r\n" + head + b"\r\n\r\nvalue\r\n--" + BOUNDARY.encode() + b"--\r\n"
    )
    assert text_before_files(Drip(broken), CONTENT_TYPE)["subject"] == ["kept"]


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
parts = st.lists(st.tuples(st.sampled_from(["subject", "body", "kind"]), texts), max_size=5)
chunkings = st.lists(st.integers(1, 60), min_size=1, max_size=20)


@given(parts, chunkings, st.booleans())
def test_however_the_body_is_cut_into_pieces_the_same_words_come_back(
    fields: list[tuple[str, str]], sizes: list[int], with_file: bool
) -> None:
    file: list[Part] = [("files", "\r\n--not the end", "a.jpg"), ("late", "never", None)] if with_file else []
    expected: dict[str, list[str]] = {}
    for name, text in fields:
        expected.setdefault(name, []).append(text)
    sent = body(*((name, text, None) for name, text in fields), *file)
    assert text_before_files(Drip(sent, sizes), CONTENT_TYPE) == expected


@given(st.binary(max_size=400), chunkings)
def test_no_bytes_at_all_raise_anything(noise: bytes, sizes: list[int]) -> None:
    start = b"--" + BOUNDARY.encode() + b"\r\n"
    for data in (noise, start + noise, start + b'Content-Disposition: form-data; name="a"\r\n' + noise, body(*TYPED)[:-4] + noise):
        assert isinstance(text_before_files(Drip(data, list(sizes)), CONTENT_TYPE), dict)


def test_draining_takes_what_is_there_and_no_more_than_allowed() -> None:
    assert drain(Drip(b"x" * 200_000), 1_000_000) == 200_000
    stream = Drip(b"x" * 200_000)
    assert drain(stream, 100_001) == stream.taken == 100_001


def test_a_sender_who_hangs_up_ends_the_draining_quietly() -> None:
    class Gone(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise ConnectionResetError

    assert drain(Gone(), 1_000_000) == 0
