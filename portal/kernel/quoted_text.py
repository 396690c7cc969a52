"""Which part of an answer by mail is only quoted, so that pages can fold it. The text itself is never changed."""

import re

#: Lines with which mail programs introduce what they quote, in Thai and English.
_INTRODUCES = re.compile(
    r"(?:On .{4,120} wrote:|เมื่อ.{2,120}(?:เขียนว่า|เขียน)\s*:|ใน.{2,120}เขียนว่า\s*:|-{2,}\s*(?:Original Message|Forwarded message|"
    r"ข้อความต้นฉบับ|ข้อความที่ส่งต่อ)\s*-{2,}|_{20,})\s*\Z",
    re.IGNORECASE,
)
#: The first of a block of header lines, as Outlook quotes.
_HEAD = re.compile(r"\*?(?:From|จาก|ผู้ส่ง)\s*:\*?\s", re.IGNORECASE)
_NEXT_HEAD = re.compile(r"\*?(?:Sent|Date|To|ส่ง|ส่งเมื่อ|วันที่|ถึง)\s*:\*?\s", re.IGNORECASE)
LINES_MOST = 20_000


def split_quoted(text: str) -> tuple[str, str]:
    """What the person wrote, and what stands quoted below it (empty if nothing does, or if the quotation is all there is)."""
    lines = text.split("\n")
    if len(lines) > LINES_MOST:
        return text, ""
    at = next((place for place in range(len(lines)) if _begins(lines, place)), None)
    at = _tail(lines) if at is None else at
    own = "\n".join(lines[:at]).rstrip()
    return (own, "\n".join(lines[at:]).strip("\n")) if own.strip() and at < len(lines) else (text, "")


def _begins(lines: list[str], place: int) -> bool:
    line = lines[place].strip()
    if _INTRODUCES.match(line):
        return _only_quoted(lines[place + 1 :]) if line.endswith(":") else True
    return bool(_HEAD.match(line)) and any(_NEXT_HEAD.match(next_line.strip()) for next_line in lines[place + 1 : place + 3])


def _only_quoted(rest: list[str]) -> bool:
    """An introduction counts where quoted lines follow: who answers between the lines has written there."""
    said = [line for line in rest if line.strip()]
    return bool(said) and sum(line.lstrip().startswith(">") for line in said) >= len(said) * 0.8


def _tail(lines: list[str]) -> int:
    """Where the quoted lines at the very end begin."""
    at = len(lines)
    while at and (not lines[at - 1].strip() or lines[at - 1].lstrip().startswith(">")):
        at -= 1
    return at if any(line.lstrip().startswith(">") for line in lines[at:]) else len(lines)
