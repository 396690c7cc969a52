"""What a person types, read as terms that must all be found, and written in the query language of each database.

Nothing typed reaches those languages as it is: only clusters and words do, which hold letters and digits alone.
"""

import re
from dataclasses import dataclass

from portal.index.tokens import tokens
from portal.kernel.thai_text import WordBreaker, normalise

LONGEST = 200
MOST_TERMS = 12
_QUOTES = "\"“”„‟«»"  # fmt: skip
_PIECE = re.compile(f"[{_QUOTES}]([^{_QUOTES}]+)[{_QUOTES}]|([^\\s{_QUOTES}]+)")


@dataclass(frozen=True)
class Term:
    """A phrase of clusters, the words in it for ranking, and whether it was quoted: then its end is not a beginning of more."""

    clusters: tuple[str, ...]
    words: tuple[str, ...]
    is_exact: bool = False


@dataclass(frozen=True)
class Question:
    """What is searched for. ``is_shortened`` says that more was typed than is looked at."""

    text: str
    terms: tuple[Term, ...]
    is_shortened: bool = False


def ask(typed: str, breaker: WordBreaker) -> Question:
    """Read what was typed; ``terms`` is empty if it holds no letter and no digit."""
    tidy = " ".join(normalise(typed).split())
    text = tidy[:LONGEST]
    terms = dict.fromkeys(term for piece in _PIECE.finditer(text) if (term := _term(piece, breaker)).clusters)
    kept = tuple(terms)[:MOST_TERMS]
    return Question(text, kept, len(kept) < len(terms) or len(text) < len(tidy))


def _term(piece: re.Match[str], breaker: WordBreaker) -> Term:
    words, clusters = tokens(piece[1] or piece[2], breaker)
    return Term(tuple(clusters), tuple(dict.fromkeys(words)), is_exact=piece[1] is not None)


def fts5(term: Term) -> str:
    """The term for finding, in FTS5's language."""
    return f'{{clusters}} : "{" ".join(term.clusters)}"' + ("" if term.is_exact else " *")


def fts5_ranked(question: Question) -> str:
    """Any of the terms, each counted once more by its words: what bm25 weighs."""
    return " OR ".join(f"({found} AND ({found}{_fts5_words(term)}))" for term in question.terms if (found := f"({fts5(term)})"))


def _fts5_words(term: Term) -> str:
    return "".join(f' OR ({{words}} : "{word}")' for word in term.words)


def tsquery(term: Term) -> str:
    """The term for finding, as a literal of PostgreSQL's tsquery."""
    *before, last = (f"'{cluster}'" for cluster in term.clusters)
    return " <-> ".join([*before, last if term.is_exact else f"{last}:*"])


def tsquery_any(question: Question) -> str:
    """Any of the terms."""
    return " | ".join(f"({tsquery(term)})" for term in question.terms)


def tsquery_words(question: Question) -> str:
    """Any of the words."""
    return " | ".join(f"'{word}'" for term in question.terms for word in term.words)
