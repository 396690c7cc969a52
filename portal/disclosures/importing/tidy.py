"""HTML of a body without what old sites need to stand: layout tables, bare divisions, empty shells, wild heading levels."""

import re
from typing import Any

from lxml import html as lxml_html

from portal.disclosures.importing.markup import holds_blocks, text_of

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
TOP_LEVEL, LAST_LEVEL = 2, 4
FLOWING = frozenset({"p", "div", "ul", "ol", "dl", "table", "blockquote", *HEADINGS})
SHELLS = frozenset({"p", "div", "dl", "dd", "dt", "ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr", *HEADINGS})
BARE = ("div", "center", "section", "article", "address", "td", "th")


def body_html(root: Any, drop: list[Any]) -> str:
    """The content of ``root`` without the elements of the page's frame. Changes the tree."""
    for element in drop:
        if element.getparent() is not None:
            element.drop_tree()
    for table in list(root.iter("table")):
        if _is_layout(table):
            _unwrap(table)
    for element in list(root.iter(*BARE)):
        if element is not root and not holds_blocks(element) and element.tag not in ("td", "th"):
            element.tag = "p"
    _drop_empty(root)
    _level_headings(root)
    html = (root.text or "") + "".join(lxml_html.tostring(child, encoding="unicode") for child in root)
    return re.sub(r"\n\s*\n", "\n", html).strip()


def _cells(table: Any) -> list[Any]:
    """The table's own cells, not those of tables inside it."""
    return [cell for cell in table.iter("td", "th") if next(cell.iterancestors("table")) is table]


def _is_layout(table: Any) -> bool:
    cells = _cells(table)
    has_heads = any(cell.tag == "th" for cell in cells)
    return not has_heads and any(child.tag in FLOWING for cell in cells for child in cell.iterdescendants())


def _unwrap(table: Any) -> None:
    for cell in _cells(table):
        if holds_blocks(cell):
            cell.drop_tag()
        else:
            cell.tag = "p"
    for part in list(table.iter("thead", "tbody", "tfoot", "tr")):
        if next(part.iterancestors("table")) is table:
            part.drop_tag()
    table.drop_tag()


def _drop_empty(root: Any) -> None:
    for element in reversed(list(root.iterdescendants())):
        if element.tag in SHELLS and not text_of(element) and element.getparent() is not None:
            element.drop_tree()


def _level_headings(root: Any) -> None:
    """The highest level in use becomes the second, the next one the third, so that none is skipped."""
    used = sorted({heading.tag for heading in root.iter(*HEADINGS)})
    for heading in root.iter(*HEADINGS):
        heading.tag = f"h{min(TOP_LEVEL + used.index(heading.tag), LAST_LEVEL)}"
