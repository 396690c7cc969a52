"""Which line of a page is what: menu, breadcrumb, title, responsible officer, times, body, footer.

Works on the page's lines (or blocks of HTML) as plain text. Old sites mark nothing, so the frame is known by its
words and places: the breadcrumb has separators and ends in the title, labels stand at the beginning of a line.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from portal.kernel.thai_calendar import parse_thai_datetime


class Part(Enum):
    """What a line belongs to."""

    MENU = "menu"
    BREADCRUMB = "breadcrumb"
    TITLE = "title"
    TITLE_AGAIN = "title again"
    LABEL = "label"
    BODY = "body"
    FOOTER = "footer"


@dataclass
class Frame:
    """What was found; ``parts`` has one entry for each line."""

    parts: list[Part]
    title: str = ""
    breadcrumb: tuple[str, ...] = ()
    #: ``None`` where the page has no such label, empty where nothing follows it.
    responsible: str | None = None
    published: str | None = None
    updated: str | None = None
    places: dict[str, int] = field(default_factory=dict)

    @property
    def published_at(self) -> datetime | None:
        """The published time, if it can be read."""
        return parse_thai_datetime(self.published or "")

    @property
    def updated_at(self) -> datetime | None:
        """The updated time, if it can be read."""
        return parse_thai_datetime(self.updated or "")


HOME = frozenset({"หน้าหลัก", "หน้าแรก", "home"})
SEPARATOR = re.compile(r"\s+[/>»›→]\s+")
COPYRIGHT = re.compile(r"สงวนลิขสิทธิ์|ลิขสิทธิ์\s*©|©|copyright", re.IGNORECASE)
TOOL = re.compile(r"(?:พิมพ์(?:หน้านี้)?|แชร์|ส่งต่อ|share|print|facebook|twitter|line|email|ขนาดตัวอักษร|[\s|])+", re.IGNORECASE)
LABELS = {
    "responsible": re.compile(
        r"[^\w(]*(?:เจ้าหน้าที่)?ผู้รับผิดชอบ(?:ข้อมูล|เนื้อหา|หน้านี้)?(?=\s*[:：]|\s*$)|\W*responsible(?: officer)?(?=\s*:|\s*$)",
        re.IGNORECASE,
    ),
    "published": re.compile(r"\W*(?:วันที่)?(?:เผยแพร่|ประกาศ)(?:ข้อมูล)?(?:เมื่อ|วันที่)?(?=[\s:：]|$)"),
    "updated": re.compile(r"\W*(?:วันที่)?(?:ปรับปรุง|แก้ไข)(?:ข้อมูล)?(?:ครั้ง)?(?:ล่าสุด)?(?:เมื่อ|วันที่)?(?=[\s:：]|$)"),
}
#: Both times often stand on one line.
INNER_UPDATED = re.compile(r"(?<=\s)(?:ปรับปรุง|แก้ไข)(?:ข้อมูล)?(?:ครั้ง)?(?:ล่าสุด)?(?:เมื่อ|วันที่)?\s*[:：]?\s*(?=\d|[๐-๙])")
LONG_LINE = 200  # characters; no label, crumb or title of a menu is longer
HEAD_LINES = 60  # non-blank lines among which title and breadcrumb are looked for


def read_frame(lines: Sequence[str], title: str = "", breadcrumb: Sequence[str] = ()) -> Frame:
    """Tell the parts of a page. ``title`` and ``breadcrumb`` are given where the markup has said them already."""
    texts = [" ".join(line.split()) for line in lines]
    frame = Frame(parts=[Part.BODY] * len(texts))
    _read_labels(frame, texts)
    trail = _breadcrumb_place(frame, texts)
    crumbs = list(breadcrumb) or (SEPARATOR.split(texts[trail]) if trail is not None else [])
    place = _title_place(frame, texts, trail, title, crumbs)
    frame.title = title or (texts[place] if place is not None else (crumbs[-1] if crumbs else ""))
    frame.breadcrumb = tuple(crumb for crumb in map(str.strip, crumbs) if crumb and crumb.lower() not in HOME and crumb != frame.title)
    if trail is not None:
        frame.parts[trail] = Part.BREADCRUMB
    _mark_head(frame, texts, trail, place)
    _mark_footer(frame, texts)
    return frame


def _read_labels(frame: Frame, texts: Sequence[str]) -> None:
    for place, text in enumerate(texts):
        if frame.parts[place] is Part.LABEL or not text or len(text) > LONG_LINE:
            continue
        for name, pattern in LABELS.items():
            found = pattern.match(text)
            if found and name not in frame.places and _take_label(frame, texts, place, name, text[found.end() :]):
                break


def _take_label(frame: Frame, texts: Sequence[str], place: int, name: str, rest: str) -> bool:
    """Keep a label's value: on its own line, or on the next one where the label stands alone."""
    has_colon = rest.lstrip()[:1] in (":", "：")
    value = rest.lstrip(" :：\t").strip(" |")
    follower = next((i for i in range(place + 1, len(texts)) if texts[i]), None)
    if name != "responsible" and not _is_time(value):
        if value or follower is None or not _is_time(texts[follower]):
            return _unreadable(frame, place, name, value)
        value = texts[follower]
        frame.parts[follower] = Part.LABEL
    elif name == "responsible" and not value and not has_colon and follower is not None and not _is_label(texts[follower]):
        value = texts[follower]
        frame.parts[follower] = Part.LABEL
    inner = INNER_UPDATED.search(value) if name == "published" else None
    if inner:
        frame.updated = value[inner.end() :]
        frame.places["updated"] = place
        value = value[: inner.start()]
    setattr(frame, name, value)
    frame.places[name] = place
    frame.parts[place] = Part.LABEL
    return True


def _unreadable(frame: Frame, place: int, name: str, value: str) -> bool:
    """A short line that begins like a time label and holds a digit is one that cannot be read; anything else is text."""
    if not value or len(value) > 40 or not re.search(r"\d{2}|[๐-๙]{2}", value):
        return False
    setattr(frame, name, value)
    frame.places[name] = place
    frame.parts[place] = Part.LABEL
    return True


def _is_time(text: str) -> bool:
    return len(text) <= LONG_LINE and parse_thai_datetime(text[:40]) is not None


def _is_label(text: str) -> bool:
    return any(pattern.match(text) for pattern in LABELS.values())


def _breadcrumb_place(frame: Frame, texts: Sequence[str]) -> int | None:
    head = [i for i, text in enumerate(texts) if text][:HEAD_LINES]
    found = [i for i in head if frame.parts[i] is Part.BODY and "|" not in texts[i] and len(SEPARATOR.findall(texts[i])) >= 1]
    found = [i for i in found if all(len(crumb) <= 150 for crumb in SEPARATOR.split(texts[i]))]
    ending_in_title = [i for i in found if SEPARATOR.split(texts[i])[-1].strip() in texts[i + 1 :]]
    many = [i for i in found if len(SEPARATOR.findall(texts[i])) >= 2]
    return next(iter(ending_in_title or many), None)


def _title_place(frame: Frame, texts: Sequence[str], trail: int | None, title: str, crumbs: Sequence[str]) -> int | None:
    wanted = title or (crumbs[-1].strip() if crumbs else "")
    start = trail + 1 if trail is not None else 0
    head = [i for i in range(start, len(texts)) if texts[i]][:HEAD_LINES]
    same = next((i for i in head if texts[i] == wanted), None)
    if same is not None or title:
        return same
    candidates = [i for i in head if frame.parts[i] is Part.BODY and "|" not in texts[i] and not TOOL.fullmatch(texts[i])]
    if trail is None and "responsible" in frame.places:
        before = [i for i in candidates if i < frame.places["responsible"]]
        candidates = before[-1:] or candidates
    return next((i for i in candidates if len(texts[i]) <= 300), None)


def _mark_head(frame: Frame, texts: Sequence[str], trail: int | None, place: int | None) -> None:
    """Above the breadcrumb is menu; below the title come its repetitions, labels and tools, then the body."""
    first = trail if trail is not None else place
    if first is None:
        return
    _mark(frame, range(first), Part.MENU)
    if place is None:
        return
    _mark(frame, range(first + 1, place), Part.MENU)
    frame.parts[place] = Part.TITLE
    for at in range(place + 1, len(texts)):
        if not texts[at] or frame.parts[at] is Part.LABEL:
            continue
        if texts[at] == frame.title:
            frame.parts[at] = Part.TITLE_AGAIN
        elif TOOL.fullmatch(texts[at]):
            frame.parts[at] = Part.MENU
        else:
            break


def _mark_footer(frame: Frame, texts: Sequence[str]) -> None:
    """What comes after times that stand below the text; else from a copyright line, with the short lines around it."""
    last_label = max((frame.places[name] for name in ("published", "updated") if name in frame.places), default=-1)
    above = [i for i in range(last_label) if frame.parts[i] is Part.BODY and texts[i]]
    if above and last_label >= 0:
        _mark(frame, range(last_label + 1, len(texts)), Part.FOOTER)
        return
    short = (i for i, text in enumerate(texts) if frame.parts[i] is Part.BODY and len(text) <= LONG_LINE)
    mark = next((i for i in short if COPYRIGHT.search(texts[i])), None)
    if mark is None:
        return
    while mark > 0 and (not texts[mark - 1] or "|" in texts[mark - 1]) and frame.parts[mark - 1] is Part.BODY:
        mark -= 1
    _mark(frame, range(mark, len(texts)), Part.FOOTER)


def _mark(frame: Frame, places: range, part: Part) -> None:
    for at in places:
        if frame.parts[at] is Part.BODY:
            frame.parts[at] = part
