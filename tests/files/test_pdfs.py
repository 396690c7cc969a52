import io

import pikepdf
import pytest

from portal.files import pdfs
from portal.files.jpeg_segments import without_application_data
from portal.files.pdfs import sanitize
from portal.files.rules import Fault, Refused

from . import makers


def unfolded(data: bytes) -> bytes:
    """Every object in plain text, streams as they are."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(out, qdf=True, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    return out.getvalue()


def refusal(data: bytes) -> Fault:
    with pytest.raises(Refused) as refused:
        sanitize(data)
    return refused.value.fault


@pytest.fixture(scope="module")
def sent() -> bytes:
    return makers.pdf_with_everything()


@pytest.fixture(scope="module")
def stored(sent: bytes) -> bytes:
    return unfolded(sanitize(sent))


def test_the_document_as_sent_is_as_bad_as_we_think(sent: bytes) -> None:
    assert unfolded(sent).count(makers.SECRET.encode()) >= 20


def test_nothing_of_it_is_in_the_document_as_stored(stored: bytes) -> None:
    assert makers.SECRET.encode() not in stored
    assert makers.SECRET.encode("utf-16-be") not in stored


ACTIVE = ["/JavaScript", "/JS", "/OpenAction", "/AA", "/Launch", "/GoToR", "/SubmitForm", "/XFA", "/EmbeddedFile", "/EF"]
TELLING = ["/Metadata", "/PieceInfo", "/Info", "/Author", "Exif"]


@pytest.mark.parametrize("trace", [*ACTIVE, *TELLING])
def test_no_trace_is_left_of(trace: str, stored: bytes) -> None:
    assert trace.encode() + b" " not in stored
    assert trace.encode() + b"\n" not in stored


def test_the_page_its_picture_and_honest_links_stay(stored: bytes) -> None:
    assert b"seen on the page" in stored
    assert b"https://example.go.th/report" in stored
    assert b"mailto:office@example.go.th" in stored
    with pikepdf.open(io.BytesIO(stored)) as document:
        image = document.pages[0].Resources.XObject.Im0
        assert pikepdf.PdfImage(image).as_pil_image().size == (60, 40)


def test_the_sweep_alone_finds_scripts_where_the_standard_has_no_place_for_them(sent: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfs, "_SANITIZER", pikepdf.sanitize.Sanitizer())
    assert b"app.alert" not in unfolded(sanitize(sent))


def test_without_the_sweep_the_library_misses_some(sent: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfs, "_sweep", lambda node: None)
    assert b"app.alert" in unfolded(sanitize(sent))


def test_what_hangs_behind_the_end_is_gone() -> None:
    stored = sanitize(makers.pdf() + b"\n% " + makers.SECRET.encode() + b" PK\x03\x04")
    assert makers.SECRET.encode() not in stored
    assert b"PK\x03\x04" not in stored


def test_an_earlier_revision_of_a_page_is_gone() -> None:
    assert makers.SECRET.encode() in makers.pdf_with_earlier_revision()
    assert makers.SECRET.encode() not in unfolded(sanitize(makers.pdf_with_earlier_revision()))


def test_a_plain_document_keeps_its_pages() -> None:
    with pikepdf.open(io.BytesIO(sanitize(makers.pdf(7)))) as document:
        assert len(document.pages) == 7


@pytest.mark.parametrize("password", ["open sesame", ""])
def test_a_locked_document_is_refused_whether_for_reading_or_only_for_changing(password: str) -> None:
    assert refusal(makers.pdf(encryption=pikepdf.Encryption(owner="owner", user=password))) is Fault.LOCKED


def test_a_document_cut_off_in_the_middle_is_refused_and_not_repaired() -> None:
    whole = makers.pdf(30)
    assert refusal(whole[: len(whole) // 2]) is Fault.BROKEN


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF"])
def test_a_document_in_name_only_is_refused(data: bytes) -> None:
    assert refusal(data) is Fault.BROKEN


def test_a_document_without_pages_is_refused() -> None:
    out = io.BytesIO()
    pikepdf.new().save(out)
    assert refusal(out.getvalue()) is Fault.BROKEN


def test_more_pages_than_allowed_are_refused() -> None:
    assert refusal(makers.pdf(1001)) is Fault.PAGES


def test_a_document_that_unfolds_to_more_than_the_limit_is_refused() -> None:
    assert refusal(makers.object_stream_bomb(100)) is Fault.BROKEN
    assert sanitize(makers.object_stream_bomb(10))


def test_a_photograph_in_a_document_loses_what_the_camera_wrote_and_no_pixel() -> None:
    photograph = makers.encoded("JPEG", exif=makers.exif().tobytes(), comment=makers.SECRET.encode())
    bare = without_application_data(photograph)
    assert makers.SECRET.encode() not in bare
    assert bare[bare.index(b"\xff\xda") :] == photograph[photograph.index(b"\xff\xda") :]


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8", b"\xff\xd8\xff\xe1", b"\xff\xd8\xff\xe1\xff\xff", b"\xff\xd8\xff\xe1\0\0" * 3, b"no jpeg"]
)
def test_cutting_segments_ends_on_any_bytes(data: bytes) -> None:
    assert len(without_application_data(data)) <= len(data)
