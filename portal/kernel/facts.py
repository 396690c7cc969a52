"""What rooms tell each other without knowing each other."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class SearchDocument:
    """One public record in one language, as a room offers it to the search.

    ``text`` is readable plain text (``rich_text.to_text``), never anything that may not be shown to everybody;
    ``url_path`` has neither host nor language prefix.
    """

    kind: str  # "disclosure", "case": which room it comes from
    key: str  # the record's slug or number; with kind and language it names the document
    language: str  # "th" or "en"
    title: str
    text: str
    url_path: str
    agency_id: int | None
    agency_name: str  # in ``language``
    at: datetime  # aware; what the newest-first order goes by
