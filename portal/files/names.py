"""File names that are safe to show, to store and to offer for saving: never a path, never a trick on the eye."""

import re
import unicodedata

from portal.files.rules import EXTENSIONS, Kind

NAME_MOST = 120  # characters, extension included

# Letters by category that draw nothing: Hangul fillers, the grapheme joiner, the Braille blank.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_FORBIDDEN = re.compile(r'[<>:"|?*]')  # Windows refuses them in a file name
_OTHER_EXTENSION = re.compile(r"\.(?=[0-9]*[a-z])[a-z0-9]{2,4}$", re.IGNORECASE)  # ".php", not ".12" and not ".A"
_OWN_EXTENSION = re.compile(rf"\.(?:{'|'.join(name for names in EXTENSIONS.values() for name in names)})$", re.IGNORECASE)


def tidy(name: str) -> str:
    """The last part of a path without control, direction, zero-width and forbidden characters; "file" if nothing is left."""
    base = re.split(r"[/\\]", name)[-1]
    visible = "".join(c for c in unicodedata.normalize("NFC", base) if _shows(c))
    text = _FORBIDDEN.sub("_", " ".join(visible.split()))
    return text.strip(" .")[:NAME_MOST].rstrip(" .") or "file"


def extension(name: str) -> str:
    """What follows the last dot, without it; empty if there is none."""
    return tidy(name).rpartition(".")[2] if "." in tidy(name) else ""


def safe_name(name: str, kind: Kind) -> str:
    """A tidy name that ends in the extension of what the file really is, at most 120 characters."""
    stem = _OWN_EXTENSION.sub("", _OTHER_EXTENSION.sub("", tidy(name)))
    room = NAME_MOST - len(kind.extension)
    return (stem[:room].strip(" .") or "file") + kind.extension


def _shows(character: str) -> bool:
    """True for what a reader can see, and for plain spaces (line ends and tabs count as spaces)."""
    if character in "\t\n\r":
        return True
    category = unicodedata.category(character)
    return category[0] != "C" and category not in ("Zl", "Zp") and character not in _BLANK
