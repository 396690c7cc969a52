import io
import time
import tracemalloc

import pytest
from PIL import Image, ImageFile

from portal.files.images import reencode
from portal.files.rules import LONG_SIDE, Fault, Kind, Refused

from . import makers

FORMATS = {Kind.JPEG: "JPEG", Kind.PNG: "PNG", Kind.WEBP: "WEBP", Kind.HEIC: "HEIF"}


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def jpeg_markers(data: bytes) -> list[int]:
    markers, at = [], 2
    while data[at + 1] != 0xDA:
        markers.append(data[at + 1])
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return markers


def png_chunks(data: bytes) -> list[bytes]:
    names, at = [], 8
    while at < len(data):
        names.append(data[at + 4 : at + 8])
        at += 12 + int.from_bytes(data[at : at + 4], "big")
    return names


def webp_chunks(data: bytes) -> list[bytes]:
    names, at = [], 12
    while at < len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        names.append(data[at : at + 4])
        at += 8 + size + size % 2
    return names


@pytest.mark.parametrize("kind", FORMATS)
def test_the_secret_stands_in_the_picture_as_sent_and_nowhere_in_the_picture_as_stored(kind: Kind) -> None:
    sent = makers.everything_hidden(FORMATS[kind])
    assert sent.count(makers.SECRET.encode()) >= 2
    assert makers.SECRET.encode() not in reencode(kind, sent)


@pytest.mark.parametrize("kind", FORMATS)
def test_what_is_stored_has_no_exif_profile_or_comment(kind: Kind) -> None:
    image = opened(reencode(kind, makers.everything_hidden(FORMATS[kind])))
    assert not image.getexif()
    assert not {"exif", "xmp", "icc_profile", "comment", "Author"} & set(image.info)


def test_a_stored_jpeg_holds_only_the_segments_that_draw_and_nothing_behind_its_end() -> None:
    data = reencode(Kind.JPEG, makers.everything_hidden("JPEG"))
    assert set(jpeg_markers(data)) <= {0xE0, 0xDB, 0xC0, 0xC2, 0xC4}
    assert data.endswith(b"\xff\xd9")


def test_a_stored_png_holds_only_the_chunks_that_draw() -> None:
    assert set(png_chunks(reencode(Kind.PNG, makers.everything_hidden("PNG")))) == {b"IHDR", b"IDAT", b"IEND"}


def test_a_stored_webp_holds_only_the_chunks_that_draw() -> None:
    assert set(webp_chunks(reencode(Kind.WEBP, makers.everything_hidden("WEBP")))) <= {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}


def test_heic_becomes_jpeg() -> None:
    assert opened(reencode(Kind.HEIC, makers.encoded("HEIF"))).format == "JPEG"


@pytest.mark.parametrize("kind", [Kind.JPEG, Kind.PNG, Kind.WEBP])
def test_a_picture_taken_with_the_telephone_on_its_side_is_stored_upright(kind: Kind) -> None:
    image = opened(reencode(kind, makers.encoded(FORMATS[kind], exif=makers.exif(orientation=6).tobytes()))).convert("L")
    assert image.size == (40, 60)
    assert image.getpixel((20, 5)) < 50 < 200 < image.getpixel((20, 55))


def test_a_picture_whose_exif_is_rubbish_is_taken_as_upright() -> None:
    assert opened(reencode(Kind.JPEG, makers.encoded("JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff"))).size == (60, 40)


def test_a_large_picture_is_made_smaller_in_proportion() -> None:
    assert opened(reencode(Kind.JPEG, makers.encoded("JPEG", makers.picture((6000, 1500))))).size == (LONG_SIDE, 1000)


def test_a_hair_thin_picture_keeps_a_pixel() -> None:
    assert opened(reencode(Kind.PNG, makers.encoded("PNG", makers.picture((40_000, 2))))).size == (LONG_SIDE, 1)


def test_transparency_survives_where_the_kind_knows_it() -> None:
    glass = Image.new("RGBA", (4, 4), (255, 0, 0, 0))
    assert opened(reencode(Kind.PNG, makers.encoded("PNG", glass))).getpixel((1, 1))[3] == 0
    assert opened(reencode(Kind.WEBP, makers.encoded("WEBP", glass, lossless=True))).convert("RGBA").getpixel((1, 1))[3] == 0


@pytest.mark.parametrize("mode", ["1", "L", "P", "I;16", "RGBA", "LA"])
def test_every_kind_of_png_pixel_is_taken(mode: str) -> None:
    image = makers.deep_picture() if mode == "I;16" else makers.picture().convert(mode)
    stored = opened(reencode(Kind.PNG, makers.encoded("PNG", image))).convert("L")
    assert (stored.getpixel((5, 5)), stored.getpixel((55, 5))) == (0, 255)


def test_print_colours_become_screen_colours() -> None:
    assert opened(reencode(Kind.JPEG, makers.encoded("JPEG", makers.picture().convert("CMYK")))).mode == "RGB"


@pytest.mark.parametrize("kind", [Kind.PNG, Kind.WEBP])
def test_of_an_animation_the_first_frame_is_kept(kind: Kind) -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    stored = opened(reencode(kind, makers.encoded(FORMATS[kind], frames[0], save_all=True, append_images=frames[1:])))
    assert getattr(stored, "n_frames", 1) == 1
    assert stored.convert("RGB").getpixel((5, 5))[0] > 200


def test_a_picture_of_30000_by_30000_is_refused_at_once_and_without_decoding() -> None:
    bomb = makers.bomb_png()
    tracemalloc.start()
    began = time.perf_counter()
    with pytest.raises(Refused) as refusal:
        reencode(Kind.PNG, bomb)
    seconds, (_, peak) = time.perf_counter() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert refusal.value.fault is Fault.PIXELS
    assert seconds < 0.1
    assert peak < 5_000_000


def test_a_picture_just_above_the_limit_is_refused_and_the_warning_of_the_library_is_an_error() -> None:
    with pytest.raises(Refused) as refusal:
        reencode(Kind.PNG, makers.bomb_png(10_000, 5_001))
    assert refusal.value.fault is Fault.PIXELS


@pytest.mark.parametrize("kind", FORMATS)
def test_a_truncated_picture_is_refused_whatever_another_library_allowed(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    noise = Image.effect_noise((200, 200), 80).convert("RGB")
    whole = makers.encoded(FORMATS[kind], noise)
    with pytest.raises(Refused) as refusal:
        reencode(kind, whole[: len(whole) // 2])
    assert refusal.value.fault is Fault.BROKEN


def test_a_damaged_png_is_refused_by_its_checksum() -> None:
    whole = bytearray(makers.encoded("PNG"))
    whole[whole.index(b"IHDR") + 5] ^= 1
    with pytest.raises(Refused):
        reencode(Kind.PNG, bytes(whole))


def test_only_the_decoder_of_the_kind_is_asked() -> None:
    with pytest.raises(Refused):
        reencode(Kind.JPEG, makers.encoded("GIF"))


def test_a_picture_that_is_also_an_archive_and_a_document_is_stored_as_a_picture_only() -> None:
    both = makers.encoded("JPEG", comment=b"%PDF-1.7 /JS") + b"PK\x03\x04 META-INF/MANIFEST.MF PK\x05\x06"
    stored = reencode(Kind.JPEG, both)
    assert not any(trace in stored for trace in (b"%PDF", b"PK\x03\x04", b"META-INF"))
