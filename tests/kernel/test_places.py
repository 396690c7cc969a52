"""Places by code, by name, by point."""

import pytest

from portal.kernel import places


def names(codes: list[str]) -> list[str]:
    return sorted(" ".join(place.label_th for place in places.path(code)) for code in codes)


@pytest.mark.parametrize(
    ("text", "place", "found"),
    [
        ("ไฟดับที่ตำบลแม่ปะ อำเภอแม่สอด จังหวัดตาก", "", ["ตำบลแม่ปะ อำเภอแม่สอด จังหวัดตาก"]),
        ("ไฟดับ ต.แม่ปะ อ.แม่สอด จ.ตาก", "", ["ตำบลแม่ปะ อำเภอแม่สอด จังหวัดตาก"]),
        ("น้ำท่วม", "แม่ปะ แม่สอด ตาก", ["ตำบลแม่ปะ อำเภอแม่สอด จังหวัดตาก"]),
        ("ผ้าตากไว้หน้าบ้านเลยหาย", "", []),
        ("ถนนพังที่อำเภอเฉลิมพระเกียรติ", "", []),
        ("ถนนพังที่อำเภอเฉลิมพระเกียรติ จังหวัดน่าน", "", ["อำเภอเฉลิมพระเกียรติ จังหวัดน่าน"]),
        ("ทางเท้าแตกที่เขตดุสิต กทม.", "", ["เขตดุสิต กรุงเทพมหานคร"]),
        ("รถเมล์ไม่มาที่นครราชสีมาเลย", "", ["จังหวัดนครราชสีมา"]),
        ("The road in Mae Sot is broken", "Mae Sot, Tak", ["อำเภอแม่สอด จังหวัดตาก"]),
        ("", "", []),
        ("\ud800 😀 ต. อ. จ.", "(((", []),
    ],
)
def test_places_are_found_by_name(text: str, place: str, found: list[str]) -> None:
    assert names(places.find(text, place)) == found


def test_a_point_is_rounded_to_the_middle_of_its_sub_district() -> None:
    one, other = places.place_at(16.7161, 98.5746), places.place_at(16.7190, 98.5700)
    assert one is not None
    assert one == other
    assert one.code.startswith("6306")
    assert one.point != (16.7161, 98.5746)


def test_bangkok_is_bangkok_and_the_sea_is_nowhere() -> None:
    assert places.place_at(13.7563, 100.5018) == places.by_code("10")
    assert places.place_at(9.0, 101.9) is None
    assert places.place_at(51.5, -0.1) is None


def test_codes_hold_what_begins_with_them() -> None:
    assert places.covers("63", "630602")
    assert not places.covers("6306", "63")
    assert len(places.provinces()) == 77
    assert all(place.code.startswith("63") for place in places.districts_of("63"))
    assert [places.is_code(code) for code in ("63", "6306", "99", "6", "๖๓", "63a", "")] == [True, True, False, False, False, False, False]
