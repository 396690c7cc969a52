"""A covered copy holds nothing of what lay under an area, and nothing about the picture."""

import io

import pytest
from PIL import Image
from sqlalchemy.orm import Session

from portal.db import unit_of_work
from portal.files.covering import GREY, covered
from portal.files.rules import PUBLIC_SIDE, Area, Kind, Refused
from portal.files.service import covered_copy, keep, receive
from portal.files.store import LocalStore
from tests.conftest import NOW
from tests.files import makers


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_an_area_is_filled_with_one_grey_and_the_rest_stays() -> None:
    striped = Image.effect_noise((200, 100), 120).convert("RGB")
    copy = opened(covered(Kind.PNG, makers.encoded("PNG", striped), [Area(25, 20, 50, 60)]))
    inside = copy.crop((58, 28, 142, 72)).getcolors(100_000) or []
    assert all(abs(channel - grey) <= 3 for _count, colour in inside for channel, grey in zip(colour, GREY, strict=True))
    assert len(copy.crop((0, 0, 40, 100)).getcolors(100_000) or []) > 100


@pytest.mark.parametrize("size", [(7, 5), (101, 99), (1999, 301)])
def test_areas_are_rounded_outwards(size: tuple[int, int]) -> None:
    copy = opened(covered(Kind.PNG, makers.encoded("PNG", Image.new("RGB", size, "white")), [Area(0, 0, 100, 100)]))
    corners = {(0, 0), (copy.width - 1, 0), (0, copy.height - 1), (copy.width - 1, copy.height - 1)}
    assert all(abs(sum(copy.getpixel(corner)) - sum(GREY)) < 12 for corner in corners)  # type: ignore[arg-type]


def test_place_and_time_are_gone_and_it_is_not_larger_than_a_page_needs() -> None:
    photograph = makers.encoded("JPEG", makers.picture((3000, 2000)), exif=makers.exif(6), comment=makers.SECRET.encode())
    assert makers.SECRET.encode() in photograph
    data = covered(Kind.JPEG, photograph, [])
    copy = opened(data)
    assert (copy.format, copy.size) == ("JPEG", (1067, PUBLIC_SIDE))  # upright
    assert not dict(copy.getexif())
    assert makers.SECRET.encode() not in data
    assert b"Exif" not in data


def test_what_is_transparent_becomes_white() -> None:
    secret = Image.new("RGBA", (40, 40), (200, 0, 0, 0))
    copy = opened(covered(Kind.PNG, makers.encoded("PNG", secret), []))
    assert copy.getpixel((20, 20)) == (255, 255, 255)


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(Refused):
        covered(Kind.JPEG, b"no picture", [])


def test_the_copy_has_a_name_and_a_hash_of_its_own(session: Session, store: LocalStore) -> None:
    received = receive(store, makers.encoded("JPEG"), "บ้านป้าสมหญิง.jpg", "image/jpeg")
    with unit_of_work(session) as work:
        original = keep(work, NOW, received)
        copy = covered_copy(store, original, [Area(0, 0, 50, 50)], "OPDC-2569-000001-picture")
    assert copy.name == "OPDC-2569-000001-picture.jpg"
    assert {copy.sha256, copy.original_sha256}.isdisjoint({received.sha256, received.original_sha256})
    with store.open(copy.public_id) as file:
        assert opened(file.read()).size == (60, 40)
