"""Days of a column: read together, not one by one."""

from datetime import date

import pytest

from portal.feedback.sheets.reading.days import DayOrder, read, study
from portal.feedback.sheets.reading.values import phone_of, point_of

TODAY = date(2026, 11, 22)


def days(*cells, order=DayOrder.AUTO):
    column = study(cells, TODAY, order)
    return [found.isoformat() if (found := read(cell, column)) else None for cell in cells]


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("13/12/2550", "2007-12-13T09:00:00+07:00"),
        ("๑๓/๑๒/๒๕๕๐", "2007-12-13T09:00:00+07:00"),
        ("13 ธ.ค. 50", "2007-12-13T09:00:00+07:00"),
        ("13 ธันวาคม พ.ศ. 2550 เวลา 17.23 น.", "2007-12-13T17:23:00+07:00"),
        ("2550-12-13", "2007-12-13T09:00:00+07:00"),
        ("13/12/2024, 17:23:13", "2024-12-13T17:23:13+07:00"),
        ("12/13/2024 17:23:13", "2024-12-13T17:23:13+07:00"),
        ("2024/12/13 5:23:13 PM GMT+7", "2024-12-13T17:23:13+07:00"),
        ("2024/12/13 12:05:00 หลังเที่ยง GMT+7", "2024-12-13T12:05:00+07:00"),
        ("2023-05-13T09:12:34.123Z", "2023-05-13T09:12:34+00:00"),
        ("2023-05-13 09:12:34.5+00", "2023-05-13T09:12:34+00:00"),
        ("Dec 13, 2024", "2024-12-13T09:00:00+07:00"),
        (45639.5, "2024-12-13T12:00:00+07:00"),
        (243965, "2024-12-13T09:00:00+07:00"),
        (["2567-12-13T08:15:00"], "2024-12-13T08:15:00+07:00"),
        ("29/2/2567", "2024-02-29T09:00:00+07:00"),
        ("31/02/2567", None),
        ("13/13/2567", None),
        ("13 ธ.ค. 2567 25:61", None),
        ("1/1/1400", None),
        ("เมื่อวาน", None),
        ("", None),
        (True, None),
        (float(10**9), None),
        (["2568-02-29T00:00:00"], None),
    ],
)
def test_a_day_as_people_and_programs_write_it(cell, moment):
    assert days(cell) == [moment]


def test_the_column_decides_which_number_is_the_month():
    assert days("5/12/2024", "12/13/2024") == ["2024-05-12T09:00:00+07:00", "2024-12-13T09:00:00+07:00"]
    assert days("5/12/2024", "13/12/2024") == ["2024-12-05T09:00:00+07:00", "2024-12-13T09:00:00+07:00"]
    assert days("5/12/2024", "13/12/2024", "12/13/2024")[2] is None  # the column speaks for both, so day first
    unsure = study(["5/12/2024"], TODAY)
    assert (unsure.order, unsure.proven, unsure.open) == (DayOrder.DAY_FIRST, False, True)
    assert days("5/12/2024", order=DayOrder.MONTH_FIRST) == ["2024-05-12T09:00:00+07:00"]


def test_years_of_two_digits_are_buddhist_where_one_would_lie_in_the_future():
    assert days("5/6/24") == ["2024-06-05T09:00:00+07:00"]
    assert days("5/6/66", "5/6/67") == ["2023-06-05T09:00:00+07:00", "2024-06-05T09:00:00+07:00"]


def test_points_and_telephones():
    assert point_of("13.75, 100.5") == point_of("100.5,13.75") == point_of("POINT(100.5 13.75)") == ("13.75", "100.5")
    assert point_of("หน้าวัด") is point_of("13.75") is None
    assert [phone_of(cell) for cell in (812345678, "21234567", "081-234 5678", "1669", "")] == [
        *("0812345678", "021234567", "081-234 5678", "1669", ""),
    ]
