"""Text parts of a mail as plain text: flowed lines joined, HTML without its tags. Nothing that a text points to is fetched."""

import re

from lxml import etree, html

#: HTML that is longer is no letter.
HTML_MOST = 5_000_000
#: Deeper quotations are shown as of this depth.
QUOTED_MOST = 5
_DROPPED = frozenset({"script", "style", "head", "title", "template", "noscript", "object", "svg"})
_BLOCKS = frozenset(
    {"p", "div", "br", "li", "tr", "table", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre", "section", "article"}
)
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
_MANY_EMPTY = re.compile(r"\n{3,}")
_PAGE = re.compile(r"https?://\S{1,2000}\Z")


def unflowed(text: str, *, delsp: bool = False) -> str:
    """Lines that were broken for the way only, joined again (RFC 3676)."""
    out: list[list[str]] = []  # pieces of each line: a line that is made of many must not be copied for each
    open_depth: int | None = None
    for line in text.split("\n"):
        quotes = len(line) - len(line.lstrip(">"))
        words = line[quotes:].removeprefix(" ")
        flows = words.endswith(" ") and words != "-- "
        words = words[:-1] if flows and delsp else words
        if open_depth == quotes and out:
            out[-1].append(words)
        else:
            out.append([f"{'>' * quotes}{' ' if quotes else ''}{words}"])
        open_depth = quotes if flows else None
    return "\n".join("".join(pieces).rstrip(" ") for pieces in out)


def of_html(source: str) -> str:
    """HTML as text: blocks on lines of their own, quotations behind ``>``, links with their page in brackets. Empty if it is none."""
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, recover=True)
    try:
        root = html.fromstring(source[:HTML_MOST].encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    writer = _Writer()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if isinstance(element.tag, str):
            writer.start(element) if event == "start" else writer.end(element)
    return _MANY_EMPTY.sub("\n\n", writer.text()).strip("\n> ")


class _Writer:
    """Collects lines; knows how deep a quotation it is in and whether anything is to be written at all."""

    def __init__(self) -> None:
        self._lines: list[list[str]] = [[]]  # pieces of each
        self._depths: list[int] = [0]
        self._quoted = self._dropped = self._kept_spaces = 0
        self._said = False  # something on the present line

    def start(self, element: html.HtmlElement) -> None:
        tag = element.tag.lower()
        if tag in _DROPPED:
            self._dropped += 1
        if tag in _BLOCKS:
            self._line()
        self._quoted += tag == "blockquote"
        self._kept_spaces += tag == "pre"
        if tag == "blockquote":
            self._line()
        if tag == "li":
            self._write("- ")
        self._write(element.text or "")

    def end(self, element: html.HtmlElement) -> None:
        tag = element.tag.lower()
        if tag == "a":
            self._write(_page_of(element))
        self._quoted -= tag == "blockquote"
        self._kept_spaces -= tag == "pre"
        if tag in _BLOCKS and tag != "br":
            self._line()
        if tag == "p":
            self._line(empty=True)
        if tag in ("td", "th"):
            self._write(" ")
        if tag in _DROPPED:
            self._dropped -= 1
        self._write(element.tail or "")

    def text(self) -> str:
        lines = zip(self._lines, self._depths, strict=True)
        return "\n".join(f"{'> ' * min(depth, QUOTED_MOST)}{''.join(pieces).strip(' ')}".rstrip(" ") for pieces, depth in lines)

    def _write(self, text: str) -> None:
        if self._dropped or not text:
            return
        if self._kept_spaces:
            first, *rest = text.split("\n")
            self._append(first)
            for line in rest:
                self._line(empty=True)
                self._append(line)
            return
        folded, pieces = _SPACES.sub(" ", text), self._lines[-1]
        self._append(folded.lstrip(" ") if not pieces or pieces[-1].endswith(" ") else folded)

    def _append(self, piece: str) -> None:
        if piece:
            self._lines[-1].append(piece)
            self._said = self._said or not piece.isspace()

    def _line(self, *, empty: bool = False) -> None:
        if self._dropped:
            return
        if empty or self._said:
            self._lines.append([])
            self._said = False
            self._depths.append(self._quoted)
        self._depths[-1] = self._quoted


def _page_of(element: html.HtmlElement) -> str:
    """The address of a link in brackets, unless its text says it already."""
    page, said = (element.get("href") or "").strip(), "".join(element.itertext())
    return f" ({page})" if _PAGE.fullmatch(page) and page.rstrip("/") not in said else ""
