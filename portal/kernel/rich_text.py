"""Officers' rich text (ข้อความจัดรูปแบบ): cleaned once, when it is written; the only place that knows bleach.

Citizens' words are plain text and never come here. What ``clean`` returns is in one canonical spelling that a second,
independent sanitizer (nh3) leaves as it is; a test holds that, so that bleach can be replaced by it. The other
functions expect the output of ``clean``.
"""

import re
from collections.abc import Callable
from html import escape, unescape
from itertools import count
from typing import NamedTuple

from bleach.sanitizer import Cleaner

from portal.kernel.thai_text import normalise

INLINE = frozenset({"a", "strong", "em", "b", "i", "sup", "sub"})
TAGS = frozenset(
    {"p", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "figure", "figcaption", "br", "hr"}
    | {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
    | INLINE
)
ATTRIBUTES = {
    "a": frozenset({"href"}),
    "h2": frozenset({"id"}),
    "h3": frozenset({"id"}),
    "h4": frozenset({"id"}),
    "figure": frozenset({"id"}),
    "th": frozenset({"scope", "colspan", "rowspan"}),
    "td": frozenset({"colspan", "rowspan"}),
}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
#: Shapes of the values; the scheme of addresses is checked by bleach against ``SCHEMES``.
_VALUES = {
    "href": re.compile(r'[^"]*'),
    "id": re.compile(r"[^\W\d][\w.-]{0,79}"),
    "scope": re.compile(r"col|row|colgroup|rowgroup"),
    "colspan": re.compile(r"[1-9][0-9]?"),
    "rowspan": re.compile(r"[1-9][0-9]?"),
}
#: Taking tags away can change how the rest nests; text that has not come to rest by then is given as plain text.
_ROUNDS = 6
#: Deeper nesting is no text that anybody wrote, and the parser's work grows faster than the depth (a hundred thousand letters: minutes).
DEPTH_MOST = 400
#: Elements that hold others of their kind until they are closed.
_NESTS = re.compile(r"<(/?)(?:ul|ol|dl|table|blockquote|figure|strong|em|b|i|sup|sub)\b", re.IGNORECASE)

_SILENT = re.compile(r"<(/?)(script|style|template|noscript|title)\b[^<>]*>", re.IGNORECASE)
#: A tag as bleach writes it: attributes in double quotes, which may hold a ">".
_TAG = re.compile(r'(<[^<>"]*(?:"[^"]*"[^<>"]*)*>)')
_VALUE = re.compile(r'="([^"]*)"')
_HEADING = re.compile(r"<h(?P<level>[234])(?P<rest>[^>]*)>(?P<body>.*?)</h(?P=level)>", re.DOTALL)
_ID = re.compile(r' id="([^"]*)"')


def clean(html: str) -> str:
    """``html`` with nothing left but the allowed tags, attributes and addresses; ``clean(clean(x)) == clean(x)``.

    Scripts and styles go with their content, other tags leave their text behind. Ids are unique. What is nested deeper than
    ``DEPTH_MOST`` is given as plain text.
    """
    text = _without_silent_parts(normalise(html))
    if _is_too_deep(text):
        return _canonical(_TAG.sub(" ", text))
    for _ in range(_ROUNDS):
        before, text = text, _clean_once(text)
        if text == before:
            return text
    return _canonical(_TAG.sub(" ", text))


def _without_silent_parts(html: str) -> str:
    """Drop what is not text for people, from the opening tag to its end (or the end of all)."""
    kept, start, inside = [], 0, ""
    for tag in _SILENT.finditer(html):
        closing, name = tag[1], tag[2].lower()
        if not inside:
            kept.append(html[start : tag.start()])
            inside = "" if closing else name
        elif closing and name == inside:
            inside = ""
        start = tag.end()
    return "".join(kept) + ("" if inside else html[start:])


def _is_too_deep(html: str) -> bool:
    depth = 0
    for tag in _NESTS.finditer(html):
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        if depth > DEPTH_MOST:
            return True
    return False


def _clean_once(html: str) -> str:
    # A shared Cleaner mixes the texts of threads; a new one for each call does not.
    cleaner = Cleaner(tags=TAGS, attributes=_attribute_filter(), protocols=SCHEMES, strip=True, strip_comments=True)
    return "".join(_canonical_tag(part) if part.startswith("<") else _canonical(part) for part in _TAG.split(cleaner.clean(html)))


def _attribute_filter() -> Callable[[str, str, str], bool]:
    """Allows an attribute by tag, name and value; the second use of an id is refused."""
    seen: set[str] = set()

    def allowed(tag: str, name: str, value: str) -> bool:
        if name not in ATTRIBUTES.get(tag, ()):
            return False
        if name in _VALUES and not _VALUES[name].fullmatch(value):
            return False
        fresh = name != "id" or value not in seen
        seen.add(value)
        return fresh

    return allowed


def _canonical(text: str) -> str:
    """Text between tags with entities only where they are needed, and a visible non-breaking space."""
    return escape(unescape(text), quote=False).replace("\xa0", "&nbsp;")


def _canonical_tag(tag: str) -> str:
    return _VALUE.sub(lambda value: '="' + _canonical(value[1]).replace('"', "&quot;") + '"', tag)


class Heading(NamedTuple):
    """A heading of a page; ``id`` is empty where it has none, ``text`` is plain."""

    level: int
    id: str
    text: str


def headings(html: str) -> list[Heading]:
    """The headings of ``html`` in their order, for a table of contents."""
    return [Heading(int(found["level"]), _id_of(found["rest"]), to_text(found["body"])) for found in _HEADING.finditer(html)]


def with_heading_ids(html: str) -> str:
    """``html`` where every heading has an id: its own, or ``section-1``, ``section-2`` by its place."""
    taken = set(_ID.findall(html))
    numbers = (name for place in count(1) if (name := f"section-{place}") not in taken)

    def named(found: re.Match[str]) -> str:
        if _id_of(found["rest"]):
            return found[0]
        return f'<h{found["level"]} id="{next(numbers)}">{found["body"]}</h{found["level"]}>'

    return _HEADING.sub(named, html)


def _id_of(attributes: str) -> str:
    found = _ID.search(attributes)
    return found[1] if found else ""


def to_text(html: str) -> str:
    """The words of ``html`` as people read them: a line for each block, ``•`` before items, ``|`` between cells."""
    text = unescape(_TAG.sub(_spoken, html.replace("\n", " ")))
    lines = (" ".join(line.replace("\xa0", " ").split()).strip(" |") for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _spoken(tag: re.Match[str]) -> str:
    """What a tag sounds like in plain text."""
    name = tag[0].strip("</>").split(" ")[0]
    if name in ("th", "td"):
        return " | " if tag[0].startswith("<t") else ""
    if name == "li":
        return "\n• " if tag[0].startswith("<l") else "\n"
    return "" if name in INLINE else "\n"
