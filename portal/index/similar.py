"""Public records that speak of the same as a text that is being typed.

Not a search: nobody asks for every word. The longest words of the text are counted, no further than ``RARE``; those that few records have
decide. Where all words are common, records with several of them at once do. So the cost is bounded however much there is.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, String, func, literal, literal_column, select, union_all
from sqlalchemy.orm import Session

from portal.index.models import SearchChunk
from portal.index.queries import FTS, fts5_matches, tsquery_of
from portal.index.tokens import tokens
from portal.kernel.thai_text import WordBreaker, clusters

#: How much of a text is read, and how many of its words are looked up.
LONGEST = 600
MOST_WORDS = 10
#: A word that more stretches than this have says little by itself.
RARE = 400
#: So many common words together stand for a rare one.
TOGETHER = 3
_LEAST_CLUSTERS = 2


def similar(session: Session, text: str, breaker: WordBreaker, kinds: Sequence[str], most: int = 5) -> list[SearchChunk]:
    """The nearest public records, best first, each once; in what language they are found. Two or three queries."""
    words = telling(text, breaker)
    if not words:
        return []
    sqlite = session.get_bind().dialect.name == "sqlite"
    counts = _counts(session, words, sqlite)
    known = [word for word in words if counts[word]]
    rare = [word for word in known if counts[word] <= RARE]
    if rare:
        return _best(session, rare, kinds, most, sqlite, together=False)
    return _best(session, known[:TOGETHER], kinds, most, sqlite, together=True) if known else []


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


def _best(session: Session, words: Sequence[str], kinds: Sequence[str], most: int, sqlite: bool, *, together: bool) -> list[SearchChunk]:
    """By how well they fit, then the newest; of a record in several stretches the best one."""
    if sqlite:
        query = literal((" AND " if together else " OR ").join(f'({{words}} : "{word}")' for word in words), String)
        ids = select(FTS.c.rowid.label("id"), literal_column("bm25(search_fts, 1.0, 0.0)").label("score"))
        ids = ids.where(literal_column("search_fts").op("MATCH", is_comparison=True)(query))
    else:
        joined = (" & " if together else " | ").join(f"'{word}'" for word in words)
        ids = select(SearchChunk.id, (-func.ts_rank(literal_column("search_chunk.words_vector"), tsquery_of(joined))).label("score"))
        ids = ids.where(_has_words(joined))
    # the score is negative: less is better
    best = ids.order_by(literal_column("score"), literal_column("id").desc()).limit(most * 6).subquery()
    rows = session.scalars(
        select(SearchChunk)
        .join(best, best.c.id == SearchChunk.id)
        .where(SearchChunk.kind.in_(kinds))
        .order_by(best.c.score, best.c.id.desc())
    )
    found: dict[tuple[str, str], SearchChunk] = {}
    for chunk in rows:
        found.setdefault((chunk.kind, chunk.key), chunk)
    return list(found.values())[:most]
