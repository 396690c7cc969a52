"""An iCalendar file (RFC 5545) of whole days. Pure; why by hand: ``docs/decisions/013-calendar-files.md``."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

#: Octets of a line without its end.
LINE_MOST = 75


@dataclass(frozen=True)
class Event:
    """A whole day. ``uid`` stays the same when the day moves; ``stamp`` is when the event was made, not when it was asked for."""

    uid: str
    day: date
    title: str
    url: str
    stamp: datetime


def written(name: str, events: Iterable[Event]) -> str:
    """The whole file, every line ended by CRLF."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Suanruam//Desk//EN", "CALSCALE:GREGORIAN", f"X-WR-CALNAME:{escaped(name)}"]
    for event in events:
        lines += _event(event)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(event.uid)}"
    yield f"DTSTAMP:{event.stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(event.title)}"
    yield f"URL:{event.url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """Text as a value: the four signs that mean something, and the end of a line."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def folded(line: str) -> str:
    """No part longer than the standard allows, none beginning inside a character; the later ones begin with a space."""
    parts, part, size = [], "", 0
    for sign in line:
        length = len(sign.encode())
        if size + length > LINE_MOST:
            parts.append(part)
            part, size = " ", 1
        part, size = part + sign, size + length
    return "\r\n".join([*parts, part])
