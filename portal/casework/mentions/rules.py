"""Who is meant by an @ in a note."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: Before a name, with or without a space; abbreviations such as ดร., ผศ.ดร., น.ส., พ.ต.ท. are told by their points.
_TITLE = re.compile(
    r"(?:(?:นางสาว|นาง|นายแพทย์|นาย|แพทย์หญิง|ว่าที่ร้อย(?:ตรี|โท|เอก)|(?:ว่าที่\s*)?(?:[ก-ฮ]{1,4}\.\s*)+)|(?:mrs|mr|ms|miss|dr)\b\.?)\s*",
    re.IGNORECASE,
)
_NAMELY = re.compile(r"[\w\u0e00-\u0e7f]")


@dataclass(frozen=True)
class Person:
    """Somebody who can be told, by id and names."""

    id: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class _Name:
    """Whole, without its title, and the first name alone; folded."""

    title: str
    whole: str
    bare: str
    first: str


def meant(text: str, people: Iterable[Person]) -> set[int]:
    """Everybody whose whole name, or first name, with or without title, stands behind an @; two of one name are both meant.

    A name that is whole with its title means its bearers alone. Of people with one first name a title means those who bear it, where
    anybody does.
    """
    folded = text.casefold()
    names = [(person.id, _parts(name)) for person in people for name in person.names]
    return {id_ for at in re.finditer("@", folded) for id_ in _meant_at(folded, at.end(), names)}


def _meant_at(text: str, start: int, names: Sequence[tuple[int, _Name]]) -> set[int]:
    title = _TITLE.match(text, start)
    if title and (whole := {id_ for id_, name in names if name.title and _stands_at(name.whole, text, start)}):
        return whole
    called = [(id_, name.title == _plain(title)) for id_, name in names if _is_called(text, start, title, name)]
    return {id_ for id_, bears_it in called if bears_it} or {id_ for id_, _ in called}


def _is_called(text: str, start: int, title: re.Match[str] | None, name: _Name) -> bool:
    if any(_stands_at(handle, text, start) for handle in (name.whole, name.bare, name.first)):
        return True
    return title is not None and any(_stands_at(handle, text, title.end()) for handle in (name.bare, name.first))


def handles(name: str) -> set[str]:
    """What may be written for a name; where its title is left out, any other may stand before it."""
    parts = _parts(name)
    return {parts.whole, parts.bare, parts.first} - {""}


def _parts(name: str) -> _Name:
    whole = " ".join(name.split()).casefold()
    title = _TITLE.match(whole)
    bare = whole[title.end() :] if title else whole
    return _Name(_plain(title), whole, bare, bare.split(" ")[0])


def _plain(title: re.Match[str] | None) -> str:
    """Without points and spaces; empty for none."""
    return re.sub(r"[.\s]", "", title[0]) if title else ""


def _stands_at(handle: str, text: str, start: int) -> bool:
    """And no letter follows it."""
    after = start + len(handle)
    return bool(handle) and text.startswith(handle, start) and not _NAMELY.match(text, after)
