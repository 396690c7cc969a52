"""Words by dictionary (nlpo3, maximal matching), and the tokens of the search."""

import hashlib
import re
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import nlpo3

from portal.kernel.thai_text.characters import clusters, fold_digits, normalise
from portal.kernel.thai_text.names import Names

_DATA = Path(__file__).parent.parent / "data"
WORDS_PATH = _DATA / "words_th.txt"
STOP_WORDS_PATH = _DATA / "stopwords_th.txt"
#: Segmenting takes time in the square of an ambiguous stretch, so a stretch has an end.
_STRETCH = re.compile(r"[^\n]{1,1000}")


class WordBreaker:
    """A word list, and names that are words of their own though it does not hold them (``names``)."""

    def __init__(self, path: Path = WORDS_PATH, extra: Iterable[str] = ()) -> None:
        self.name = _loaded(path)
        self._names = Names(_folded(word).strip().replace("\n", " ") for word in extra)

    def words(self, text: str) -> list[str]:
        """The words of ``text`` in its order, folded for comparison (case, digits); no spaces, no punctuation."""
        pieces = self._names.split(_folded(text))
        return [word for piece, is_name in pieces for word in ([piece] if is_name else _cut(piece, self.name))]


@cache
def _loaded(path: Path) -> str:
    """The name under which nlpo3 holds the word list, once for each process: what it has loaded it never frees (about 75 MB)."""
    listed = path.read_text(encoding="utf-8").splitlines()
    content = "\n".join(sorted({*listed} - {""}))
    name = "words-" + hashlib.sha256(content.encode()).hexdigest()[:16]
    # nlpo3 reads dictionaries from files only, and panics where there is none; a name it knows is left as it is.
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "words.txt")
        file.write_text(content + "\n", encoding="utf-8")
        nlpo3.load_dict(str(file), name)
    return name


def _folded(text: str) -> str:
    return fold_digits(normalise(text)).casefold()


def _cut(folded: str, dictionary: str) -> list[str]:
    tokens = (token for stretch in _STRETCH.findall(folded) for token in nlpo3.segment(stretch, dictionary))
    return [token.strip() for token in tokens if any(character.isalnum() for character in token)]


def words(text: str, dictionary_name: str) -> list[str]:
    """The words of ``text`` by the dictionary that a ``WordBreaker`` loaded under this name."""
    return _cut(_folded(text), dictionary_name)


@cache
def default_breaker() -> WordBreaker:
    """The shipped word list without additions, loaded once."""
    return WordBreaker()


@cache
def stop_words() -> frozenset[str]:
    """Words too frequent to rank by."""
    return frozenset(STOP_WORDS_PATH.read_text(encoding="utf-8").split())


def search_tokens(text: str, breaker: WordBreaker | None = None) -> tuple[list[str], list[str]]:
    """Words, for ranking, and clusters, for finding phrases; the same for what is stored and what is asked.

    Stop words are left out of the words unless there is nothing else.
    """
    found = (breaker or default_breaker()).words(text)
    telling = [word for word in found if word not in stop_words()]
    return telling or found, clusters(fold_digits(normalise(text)).casefold())
