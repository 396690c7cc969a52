"""Which records share words with a longer text: for suggestions, where ``queries.find`` wants every term."""

from collections.abc import Collection, Sequence

from sqlalchemy import String, cast, column, literal, literal_column, select, table
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from portal.index.dictionary import breaker
from portal.index.models import SearchChunk
from portal.index.tokens import tokens

#: Words of a text that are asked for; of a long one the first.
WORDS_MOST = 60
#: Records that are compared.
MATCHES_MOST = 400
_FTS = table("search_fts", column("rowid"))


def words_of(session: Session, text: str) -> list[str]:
    """The telling words of a text, each once: no stop words, no single letters, no numbers."""
    found = dict.fromkeys(word.casefold() for word in tokens(text, breaker(session)).words)
    return [word for word in found if len(word) > 1 and not word.isdigit()][:WORDS_MOST]


def sharing(session: Session, kind: str, words: Collection[str]) -> Sequence[SearchChunk]:
    """Chunks of this kind with at least one of the words, those with more or rarer ones first."""
    if not words:
        return []
    if session.get_bind().dialect.name == "sqlite":
        asked = "{words} : (" + " OR ".join(f'"{word}"' for word in words) + ")"
        joined = select(SearchChunk).join(_FTS, SearchChunk.id == _FTS.c.rowid)
        matching = joined.where(literal_column("search_fts").op("MATCH", is_comparison=True)(literal(asked, String)))
        ordered = matching.order_by(literal_column("bm25(search_fts)"), SearchChunk.id)
    else:
        asked = " | ".join(f"'{word}'" for word in words)
        matches = literal_column("search_chunk.words_vector").op("@@", is_comparison=True)(cast(literal(asked, String), TSQUERY))
        ordered = select(SearchChunk).where(matches).order_by(SearchChunk.id)
    return session.scalars(ordered.where(SearchChunk.kind == kind).limit(MATCHES_MOST)).all()
