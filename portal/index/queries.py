"""Finding: every term in the record, ranked by words, a page at a time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, column, func, literal, literal_column, select, table, tuple_
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from portal.index.models import SearchChunk
from portal.index.question import Question, Term, fts5, fts5_ranked, tsquery, tsquery_any, tsquery_words

#: Only the newest matches are ranked, so that a question which half of all records answer stays quick.
MOST_RANKED = 2000
PER_PAGE = 20
WORD_WEIGHT = 10

#: Any columns.
Rows = Select[*tuple[Any, ...]]
FTS = table("search_fts", column("rowid"))
_RECORD = (SearchChunk.kind, SearchChunk.key, SearchChunk.language)


@dataclass(frozen=True)
class Filters:
    """What a reader narrows by; ``None`` lets everything through. ``prefer`` is the language shown of a record found in both."""

    kind: str | None = None
    agency_ids: Collection[int] | None = None
    language: str | None = None
    prefer: str = "th"


@dataclass(frozen=True)
class Found:
    """A page of records, each by its best chunk. ``total`` counts all, at most ``MOST_RANKED``."""

    chunks: Sequence[SearchChunk] = field(default_factory=tuple)
    total: int = 0
    next_offset: int | None = None

    @property
    def is_cut(self) -> bool:
        """True if there may be older records that match and are not counted."""
        return self.total >= MOST_RANKED


def find(session: Session, question: Question, filters: Filters | None = None, offset: int = 0, per_page: int = PER_PAGE) -> Found:
    """The records that hold every term, best first, then newest."""
    if not question.terms:
        return Found()
    filters = filters or Filters()
    sqlite = session.get_bind().dialect.name == "sqlite"
    ranked = _one_per_record(_matches(question, filters, sqlite), filters.prefer)
    order = (ranked.c.score.desc(), ranked.c.at.desc(), ranked.c.id.desc())
    rows = session.execute(select(ranked.c.id, func.count().over()).order_by(*order).limit(per_page + 1).offset(offset)).all()
    chunks = {
        chunk.id: chunk for chunk in session.scalars(select(SearchChunk).where(SearchChunk.id.in_([row[0] for row in rows[:per_page]])))
    }
    return Found(
        [chunks[row[0]] for row in rows[:per_page]],
        rows[0][1] if rows else 0,
        offset + per_page if len(rows) > per_page else None,
    )


def languages_of(session: Session, chunks: Collection[SearchChunk]) -> dict[tuple[str, str], frozenset[str]]:
    """For each record (kind, key) the languages in which the index has it."""
    found: dict[tuple[str, str], set[str]] = {(chunk.kind, chunk.key): set() for chunk in chunks}
    wanted = select(*_RECORD).distinct().where(tuple_(SearchChunk.kind, SearchChunk.key).in_(list(found)))
    for kind, key, language in session.execute(wanted) if found else ():
        found[kind, key].add(language)
    return {record: frozenset(languages) for record, languages in found.items()}


def documents_by_kind(session: Session) -> dict[str, int]:
    """How many documents (a record in one language) of each kind the index holds."""
    rows = session.execute(
        select(SearchChunk.kind, func.count().label("documents")).where(SearchChunk.number == 0).group_by(SearchChunk.kind)
    )
    return {row.kind: row.documents for row in rows}


def keys_of(session: Session, kind: str) -> frozenset[str]:
    """Keys of all records of a kind that the index holds."""
    return frozenset(session.scalars(select(SearchChunk.key).where(SearchChunk.kind == kind).distinct()))


def _matches(question: Question, filters: Filters, sqlite: bool) -> Rows:
    """Chunks with a term, of records with every term, and their scores (higher is better)."""
    columns = (SearchChunk.id, SearchChunk.kind, SearchChunk.key, SearchChunk.language, SearchChunk.at)
    if sqlite:
        scored: Rows = select(*columns, (-literal_column(f"bm25(search_fts, {WORD_WEIGHT}.0, 1.0)")).label("score"))
        scored = scored.join_from(FTS, SearchChunk, SearchChunk.id == FTS.c.rowid).where(fts5_matches(fts5_ranked(question)))
    else:
        scored = select(*columns, _postgresql_score(question)).where(_tsvector_matches(tsquery_any(question)))
    if len(question.terms) > 1:  # a long record may hold its terms in different chunks
        scored = scored.where(*(tuple_(*_RECORD).in_(_records_with(term, sqlite)) for term in question.terms))
    return _narrowed(scored, filters)


def _records_with(term: Term, sqlite: bool) -> Rows:
    if sqlite:
        return select(*_RECORD).join_from(FTS, SearchChunk, SearchChunk.id == FTS.c.rowid).where(fts5_matches(fts5(term)))
    return select(*_RECORD).where(_tsvector_matches(tsquery(term)))


def fts5_matches(query: str) -> ColumnElement[bool]:
    return literal_column("search_fts").op("MATCH", is_comparison=True)(literal(query, String))


def _tsvector_matches(query: str) -> ColumnElement[bool]:
    return literal_column("search_chunk.clusters_vector").op("@@", is_comparison=True)(tsquery_of(query))


def _postgresql_score(question: Question) -> ColumnElement[float]:
    by_words = func.ts_rank(literal_column("search_chunk.words_vector"), tsquery_of(tsquery_words(question)))
    by_clusters = func.ts_rank(literal_column("search_chunk.clusters_vector"), tsquery_of(tsquery_any(question)))
    return (WORD_WEIGHT * by_words + by_clusters).label("score")


def tsquery_of(query: str) -> ColumnElement[Any]:
    return cast(literal(query, String), TSQUERY)


def _narrowed(query: Rows, filters: Filters) -> Rows:
    if filters.kind is not None:
        query = query.where(SearchChunk.kind == filters.kind)
    if filters.agency_ids is not None:
        query = query.where(SearchChunk.agency_id.in_(filters.agency_ids))
    if filters.language is not None:
        query = query.where(SearchChunk.language == filters.language)
    return query


def _one_per_record(matches: Rows, prefer: str) -> Any:
    """The best chunk of each of the newest records, in the preferred language where that one matches too."""
    found = matches.cte("found")
    best_first = (found.c.language == prefer).desc(), found.c.score.desc(), found.c.id
    place = func.row_number().over(partition_by=(found.c.kind, found.c.key), order_by=best_first).label("place")
    placed = select(found.c.id, found.c.at, found.c.score, place).subquery("placed")
    newest = select(placed.c.id, placed.c.at, placed.c.score).where(placed.c.place == 1)
    return newest.order_by(placed.c.at.desc(), placed.c.id.desc()).limit(MOST_RANKED).subquery("newest")
