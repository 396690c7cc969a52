"""The receipt code (รหัสติดตามเรื่อง): twenty digits that open one case to whoever holds them.

Eighteen random digits and two check digits (ISO 7064, MOD 97-10), so that every single wrong digit and every pair of
swapped neighbours is noticed before anything is looked up. Digits only, because people read them aloud. Only a keyed
hash is ever stored (``keyring``, purpose "receipt").
"""

import secrets
import unicodedata

LENGTH = 20
GROUP = 4
RANDOM_DIGITS = 18
#: Written between the digits by people and machines, beside spaces, dashes and invisible marks: minus sign, dots.
_OTHER_SEPARATORS = frozenset("−.·")


class MistypedCode(ValueError):
    """Not twenty digits, or the check digits do not fit: certainly not a code that we gave."""


def new_code() -> str:
    """A fresh code, digits only."""
    stem = f"{secrets.randbelow(10**RANDOM_DIGITS):0{RANDOM_DIGITS}d}"
    return stem + check_digits(stem)


def check_digits(stem: str) -> str:
    """The two digits that make ``int(stem + digits) % 97 == 1``."""
    return f"{98 - int(stem) * 100 % 97:02d}"


def format_code(digits: str) -> str:
    """``1234-5678-9012-3456-7888``."""
    return "-".join(digits[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def read_code(text: str) -> str:
    """The twenty digits in what somebody typed or pasted; raises ``MistypedCode``.

    Forgiven: digits of any script (Thai, full-width), spaces, any dash, dots, zero-width and direction marks.
    """
    digits = "".join(_digit(character) for character in text if not _is_separator(character))
    if len(digits) != LENGTH or int(digits) % 97 != 1:
        raise MistypedCode("wrong length or check digits")
    return digits


def parse_code(text: str) -> str | None:
    """Like ``read_code``, but None for a mistyped code."""
    try:
        return read_code(text)
    except MistypedCode:
        return None


def _is_separator(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in ("Pd", "Cf") or character in _OTHER_SEPARATORS


def _digit(character: str) -> str:
    try:
        return str(unicodedata.decimal(character))
    except ValueError:
        raise MistypedCode("not a digit") from None
