"""Anchors inside a page's text: kept apart from the ids of the layout, and never leading nowhere.

Ids that writers choose get the prefix ``t-``, with the links that lead to them; headings without one are ``section-1``, ``section-2`` …;
the layout uses neither. The functions expect clean HTML.
"""

import re

from portal.kernel import rich_text

_ID = re.compile(r' id="([^"]*)"')
_OWN = re.compile(r"t-|section-\d+$")
_LINK = re.compile(r'<a href="#([^"]*)">(.*?)</a>', re.DOTALL)


def anchored(html: str) -> str:
    """``html`` with ids of its own and an id on every heading; doing it twice changes nothing more."""
    chosen = {name: name if _OWN.match(name) else f"t-{name}" for name in _ID.findall(html)}
    html = _ID.sub(lambda found: f' id="{chosen[found[1]]}"', html)
    html = _LINK.sub(lambda found: f'<a href="#{chosen.get(found[1], found[1])}">{found[2]}</a>', html)
    return rich_text.with_heading_ids(html)


def dead_links(html: str) -> list[str]:
    """Texts of links that lead nowhere inside the page."""
    ids = set(_ID.findall(html))
    return [rich_text.to_text(found[2]).strip() or f"#{found[1]}" for found in _LINK.finditer(html) if found[1] not in ids]
