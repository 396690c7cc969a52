"""Thai text: one way of writing it, its clusters and words, its dictionary order.

Terms: character cluster (กลุ่มอักขระ, what must not be torn apart), word (คำ), stop word (คำหยุด). Callers import from
here; the files inside are ``characters`` (needs nothing), ``order`` and ``words`` (needs nlpo3 and the shipped word list).
"""

from portal.kernel.thai_text.characters import as_given, clusters, excerpt, fold_digits, is_blank, normalise, pick
from portal.kernel.thai_text.order import sort_key
from portal.kernel.thai_text.words import WORDS_PATH, WordBreaker, default_breaker, search_tokens, stop_words, words

__all__ = [
    "WORDS_PATH",
    "WordBreaker",
    "as_given",
    "clusters",
    "default_breaker",
    "excerpt",
    "fold_digits",
    "is_blank",
    "normalise",
    "pick",
    "search_tokens",
    "sort_key",
    "stop_words",
    "words",
]
