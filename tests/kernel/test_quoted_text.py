"""What an answer by mail quotes is told from what it says, in the ways in which mail programs quote."""

import pytest

from portal.kernel.quoted_text import split_quoted

OWN = "ต้นที่สามค่ะ"


@pytest.mark.parametrize(
    "quoted",
    [
        "> ต้นไหน\n> ขอบคุณ",
        "On Mon, 30 Nov 2026 at 09:00, Suanruam <no-reply@a.example> wrote:\n> ต้นไหน",
        "เมื่อ จ. 30 พ.ย. 2026 เวลา 09:00 ส่วนร่วม เขียนว่า:\n> ต้นไหน\n\n>> เดิม",
        "-----Original Message-----\nFrom: a\nต้นไหน",
        "________________________________\nFrom: a",
        "From: ส่วนร่วม\nSent: Monday\nต้นไหน",
        "จาก: ส่วนร่วม\nส่งเมื่อ: วันจันทร์\nต้นไหน",
    ],
)
def test_the_quotation_below_is_folded(quoted: str) -> None:
    assert split_quoted(f"{OWN}\n\n{quoted}") == (OWN, quoted)


@pytest.mark.parametrize(
    "text",
    [
        OWN,
        "> ต้นไหน",  # nothing else was said
        "> ต้นไหน\nต้นที่สาม\n> เมื่อไร\nเมื่อคืน",  # answered between the lines
        "On Monday the office wrote:\nyou must pay",  # not quoted at all
        "From: my house to the school it is dark",
        "",
        "ก\n" * 30_000,
    ],
)
def test_what_is_no_quotation_stays(text: str) -> None:
    assert split_quoted(text) == (text, "")
