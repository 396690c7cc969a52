"""Reading HTML: by its landmarks where it has them, by the words of its blocks where it has none; ``tidy`` writes it out again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import html as lxml_html

from portal.disclosures.importing.frame import SEPARATOR
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import excerpt

SILENT = ("script", "style", "noscript", "template", "iframe", "object", "svg")
BLOCKS = frozenset(
    """address article aside blockquote body caption center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
    header hr li main nav ol p pre section table tbody td tfoot th thead tr ul""".split()  # noqa: SIM905 - a list of thirty names reads worse
)
SURROUNDINGS = " | ".join(
    ["//nav", "//aside", "//form", *(f"//{tag}[not(ancestor::main or ancestor::article)]" for tag in ("header", "footer"))]
)
MAIN = ("//main", "//*[@role='main']", "//article", "//*[@id='content' or @id='main-content' or @id='main']")
BREADCRUMB = "//*[contains(translate(concat(@class,' ',@id,' ',@aria-label),'BREADCUM','breadcum'),'breadcrumb')]"
NOWHERE = re.compile(r"\s*(?:#?|javascript:.*)\s*", re.IGNORECASE | re.DOTALL)


@dataclass
class Markup:
    """A page's blocks of text in their order, each with its element, and what the markup says by itself."""

    root: Any
    blocks: list[tuple[Any, str]]
    title: str = ""
    breadcrumb: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def is_html(text: str) -> bool:
    """True if the text is markup rather than a copied page."""
    return re.search(r"<(?:!doctype|html|body|main|article|div|table|p|h[1-6])\b", text[:5000], re.IGNORECASE) is not None


def read_markup(text: str) -> Markup:
    """Take the page apart. Landmarks that surround the content are cut away, and remembered."""
    root = lxml_html.document_fromstring(text)
    for element in root.xpath("//comment() | " + " | ".join(f"//{tag}" for tag in SILENT)):
        element.drop_tree()
    page = Markup(root=root, blocks=[])
    page.breadcrumb = _take_breadcrumb(root)
    for element in root.xpath(SURROUNDINGS):
        _cut(page, element)
    page.root = _content(page, root)
    headings = page.root.xpath(".//h1")
    page.title = text_of(headings[0]) if len(headings) == 1 else ""
    page.blocks = [(element, text) for element in leaves(page.root) if (text := text_of(element))]
    return page


def text_of(element: Any) -> str:
    """An element's text on one line."""
    return " ".join(" ".join(element.itertext()).split())


def link_faults(root: Any) -> list[Message]:
    """Links that lead nowhere, which become plain text, and pictures that are lost because only text is kept."""
    anchors = set(root.xpath(".//@id")) | set(root.xpath(".//a/@name"))
    found = []
    for link in [link for link in root.iter("a") if link.get("href") is not None]:
        message = _link_fault(link, anchors)
        if message:
            found.append(message)
            link.drop_tag()
    for picture in root.iter("img"):
        name = excerpt(picture.get("alt") or picture.get("src") or "", 80)
        found.append(Message(N_("A picture was left out: %(name)s"), {"name": name}))
    return found


def _link_fault(link: Any, anchors: set[str]) -> Message | None:
    href, words = link.get("href"), excerpt(text_of(link), 80) or "…"
    if NOWHERE.fullmatch(href):
        return Message(N_("The link “%(words)s” leads nowhere"), {"words": words})
    if href.startswith("#") and href[1:] not in anchors:
        return Message(N_("The link “%(words)s” leads nowhere inside the page: %(href)s"), {"words": words, "href": excerpt(href, 80)})
    return None


def _take_breadcrumb(root: Any) -> list[str]:
    for element in root.xpath(BREADCRUMB):
        if element.getparent() is None:
            continue
        items = [text_of(item) for item in element.iter("li")]
        crumbs = items or SEPARATOR.split(text_of(element))
        element.drop_tree()
        return [crumb.strip(" />»›") for crumb in crumbs if crumb.strip(" />»›")]
    return []


def _content(page: Markup, root: Any) -> Any:
    for path in MAIN:
        found = root.xpath(path)
        if len(found) == 1:
            body = root.find("body")
            inside = set(found[0].iter())
            outside = [text for element in leaves(body) if element not in inside and (text := text_of(element))]
            page.left_out.extend(outside)
            return found[0]
    return root.find("body")


def _cut(page: Markup, element: Any) -> None:
    if page.root not in element.iterancestors():
        return  # inside something that was cut before
    words = text_of(element)
    if words:
        page.left_out.append(words)
    element.drop_tree()


def leaves(root: Any) -> Iterator[Any]:
    """Blocks that hold no other block: what a reader sees as one piece of text."""
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag in BLOCKS and not holds_blocks(element):
            yield element


def holds_blocks(element: Any) -> bool:
    """True if a block lies inside."""
    return any(child.tag in BLOCKS for child in element.iterdescendants())
