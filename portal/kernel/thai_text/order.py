"""Thai dictionary order (ลำดับพจนานุกรม)."""

import re

from portal.kernel.thai_text.characters import fold_digits, normalise

_LEADING_VOWEL = re.compile("([เ-ไ])([ก-ฮ])")
#: Compared only when the letters are equal: ็ ่ ้ ๊ ๋ ์ in this order, after nothing at all.
_LATE_MARKS = frozenset("็่้๊๋์")


def sort_key(text: str) -> tuple[str, str, str]:
    """A key for ``sorted``: letters with the leading vowel after its consonant, then tone marks, then the text itself."""
    spelled = _LEADING_VOWEL.sub(r"\2\1", fold_digits(normalise(text)).casefold())
    letters = "".join(character for character in spelled if character not in _LATE_MARKS)
    return letters, _late_marks(spelled), text


def _late_marks(spelled: str) -> str:
    """One space for each letter, followed by the marks that stand on it; a space sorts before every mark."""
    return "".join(character if character in _LATE_MARKS else " " for character in spelled)
