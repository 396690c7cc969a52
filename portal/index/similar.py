"""Public records that speak of the same as a text that is being typed.

Not a search: nobody asks for every word. The longest words of the text are counted, no further than ``RARE``; those that few records have
decide. Common words count where several stand together. So the cost is bounded however much there is.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, func, literal, literal_column, select, union_all
from sqlalchemy.orm import Session

from portal.index.models import SearchChunk
from portal.index.queries import FTS, fts5_matches, tsquery_of
from portal.index.tokens import tokens
from portal.kernel.thai_text import WordBreaker, clusters

#: How much of a text is read, and how many of its words are looked up.
LONGEST = 600
MOST_WORDS = 8
#: A word that more stretches than this have says little by itself.
RARE = 100
#: How many rare words decide together; each may bring ``RARE`` stretches to be weighed.
DECIDING = 4
#: So many common words together stand for a rare one: first three, then two.
TOGETHER = (3, 2)
#: No more stretches than this are looked at that have common words together.
MOST_TOGETHER = 300
_LEAST_CLUSTERS = 2


def similar(session: Session, text: str, breaker: WordBreaker, kinds: Sequence[str], most: int = 5) -> list[SearchChunk]:
    """The nearest public records, best first, each once; in what language they are found. At most four queries."""
    words = telling(text, breaker)
    if not words:
        return []
    sqlite = session.get_bind().dialect.name == "sqlite"
    counts = _counts(session, words, sqlite)
    rare = sorted((word for word in words if 0 < counts[word] <= RARE), key=lambda word: counts[word])[:DECIDING]
    found = _first_of_each(_weighed(session, rare, kinds, most, sqlite)) if rare else {}
    known = [word for word in words if counts[word]]
    for many in TOGETHER:
        if len(found) >= most or len(known) < many:
            continue
        found |= {
            key: chunk for key, chunk in _first_of_each(_together(session, known[:many], kinds, most, sqlite)).items() if key not in found
        }
    return list(found.values())[:most]


def telling(text: str, breaker: WordBreaker) -> list[str]:
    """The words worth looking up, the longest first: they are the rarest."""
    found = dict.fromkeys(word for word in tokens(text[:LONGEST], breaker).words if not word.isdecimal())
    long_enough = [word for word in found if len(clusters(word)) >= _LEAST_CLUSTERS]
    return sorted(long_enough, key=lambda word: -len(clusters(word)))[:MOST_WORDS]


def _counts(session: Session, words: Sequence[str], sqlite: bool) -> dict[str, int]:
    """In how many stretches each word stands, counted to one beyond ``RARE``."""
    parts = []
    for place, word in enumerate(words):
        some = _having([word], " ", sqlite).limit(RARE + 1).subquery()
        parts.append(select(literal(place), func.count()).select_from(some))
    found = {words[place]: count for place, count in session.execute(union_all(*parts))}
    return {word: found.get(word, 0) for word in words}


def _having(words: Sequence[str], between: str, sqlite: bool) -> Select[Any]:
    if sqlite:
        return select(FTS.c.rowid.label("id")).where(fts5_matches(between.join(f'({{words}} : "{word}")' for word in words)))
    return select(SearchChunk.id).where(_has_words(between.join(f"'{word}'" for word in words)))


def _has_words(query: str) -> Any:
    return literal_column("search_chunk.words_vector").op("@@", is_comparison=True)(tsquery_of(query))


def _weighed(session: Session, words: Sequence[str], kinds: Sequence[str], most: int, sqlite: bool) -> Iterable[SearchChunk]:
    """Stretches with any of the words, by how well they fit, then the newest."""
    if sqlite:
        ids = _having(words, " OR ", sqlite).add_columns(literal_column("bm25(search_fts, 1.0, 0.0)").label("score"))
    else:
        rank = func.ts_rank(literal_column("search_chunk.words_vector"), tsquery_of(" | ".join(f"'{word}'" for word in words)))
        ids = _having(words, " | ", sqlite).add_columns((-rank).label("score"))
    # the score is negative: less is better
    best = ids.order_by(literal_column("score"), literal_column("id").desc()).limit(most * 6).subquery()
    rows = select(SearchChunk).join(best, best.c.id == SearchChunk.id).where(SearchChunk.kind.in_(kinds))
    return session.scalars(rows.order_by(best.c.score, best.c.id.desc()))


def _together(session: Session, words: Sequence[str], kinds: Sequence[str], most: int, sqlite: bool) -> Iterable[SearchChunk]:
    """Stretches with all of the words, the newest first."""
    some = _having(words, " AND " if sqlite else " & ", sqlite).limit(MOST_TOGETHER).subquery()
    rows = select(SearchChunk).join(some, some.c.id == SearchChunk.id).where(SearchChunk.kind.in_(kinds))
    return session.scalars(rows.order_by(SearchChunk.id.desc()).limit(most * 6))


def _first_of_each(chunks: Iterable[SearchChunk]) -> dict[tuple[str, str], SearchChunk]:
    """Of a record in several stretches or languages the first one."""
    found: dict[tuple[str, str], SearchChunk] = {}
    for chunk in chunks:
        found.setdefault((chunk.kind, chunk.key), chunk)
    return found
