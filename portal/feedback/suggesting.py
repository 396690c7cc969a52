"""What is public on the same matter while somebody types: public records only, so nothing that is kept apart and nobody's name."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.orm import Session

from portal.casework.search import KIND as CASE
from portal.index.dictionary import breaker
from portal.index.similar import similar
from portal.kernel.thai_text import excerpt, normalise
from portal.web.language import language, path_in

EXCERPT = 160  # characters
#: Pages that agencies disclose, as the index names them; the room itself is none of ours.
DISCLOSURE = "disclosure"
#: Shorter texts say too little.
LEAST = 6
MOST_READ = 1200


@dataclass(frozen=True)
class Suggestion:
    """One record: its title, where it is, whose it is, and how it goes on."""

    title: str
    url: str
    agency: str
    text: str
    is_case: bool

    def as_json(self) -> dict[str, Any]:
        """For the script of the page."""
        return asdict(self)


def suggestions(session: Session, typed: str, kinds: Sequence[str] = (CASE, DISCLOSURE)) -> list[Suggestion]:
    """At most five of these kinds, best first; none for a text that is too short."""
    text = normalise(typed)[:MOST_READ].strip()
    if len(text) < LEAST:
        return []
    found = similar(session, text, breaker(session), kinds)
    return [
        Suggestion(chunk.title, path_in(language(), chunk.url_path), chunk.agency_name, excerpt(chunk.text, EXCERPT), chunk.kind == CASE)
        for chunk in found
    ]
