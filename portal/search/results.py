"""Finds as a page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.casework.queries import invented as invented_cases
from portal.casework.search import KIND as CASE
from portal.index.highlight import excerpt, highlight
from portal.index.models import SearchChunk
from portal.index.queries import languages_of
from portal.index.question import Question
from portal.kernel.thai_text import pick
from portal.search.sources import SOURCES
from portal.web.language import path_in

LABELS = {source.kind: source.label for source in SOURCES}


@dataclass(frozen=True)
class Result:
    """One find. ``kind`` is English source text; ``language`` is that of title and excerpt."""

    url: str
    title: Markup
    excerpt: Markup
    kind: str
    agency: str
    at: datetime
    language: str
    is_sample: bool


def results(session: Session, chunks: Sequence[SearchChunk], question: Question, language: str) -> list[Result]:
    """The finds for a reader of ``language``."""
    known = agencies.by_ids(session, {chunk.agency_id for chunk in chunks if chunk.agency_id is not None})
    languages, invented = languages_of(session, chunks), invented_cases(session, [chunk.key for chunk in chunks if chunk.kind == CASE])
    return [
        Result(
            url=path_in(_leads_to(chunk, languages[chunk.kind, chunk.key], language), chunk.url_path),
            title=highlight(chunk.title, question),
            excerpt=excerpt(chunk.text, question),
            kind=LABELS.get(chunk.kind, chunk.kind),
            agency=pick(language, agency.name_th, agency.name_en) if agency else chunk.agency_name,
            at=chunk.at,
            language=chunk.language,
            is_sample=bool(agency and agency.is_sample) or (chunk.kind == CASE and chunk.key in invented),
        )
        for chunk in chunks
        for agency in [known.get(chunk.agency_id or 0)]
    ]


def _leads_to(chunk: SearchChunk, languages: frozenset[str], reader: str) -> str:
    """The reader's language, except where the record has a text in it that lacks what was found."""
    return chunk.language if reader in languages else reader
