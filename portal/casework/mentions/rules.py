"""Who is meant by an @ in a note."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_TITLE = re.compile(r"^(นางสาว|นาง|นาย|น\.ส\.|ดร\.|ว่าที่ร้อยตรี|Mr\.?|Mrs\.?|Ms\.?|Miss|Dr\.?)\s*")
_NAMELY = re.compile(r"[\w\u0e00-\u0e7f]")


@dataclass(frozen=True)
class Person:
    """Somebody who can be told, by id and names."""

    id: int
    names: tuple[str, ...]


def meant(text: str, people: Iterable[Person]) -> set[int]:
    """Everybody whose whole name, or first name, with or without title, stands behind an @; two of one name are both meant."""
    folded = text.casefold()
    return {person.id for person in people if any(_stands_in(handle, folded) for name in person.names for handle in handles(name))}


def handles(name: str) -> set[str]:
    """What may be written for a name."""
    plain = " ".join(name.split()).casefold()
    bare = _TITLE.sub("", " ".join(name.split())).casefold()
    first = bare.split(" ")[0] if bare else ""
    return {handle for handle in (plain, bare, first) if handle}


def _stands_in(handle: str, text: str) -> bool:
    at = text.find(f"@{handle}")
    while at >= 0:
        after = text[at + 1 + len(handle) : at + 2 + len(handle)]
        if not _NAMELY.match(after or " "):
            return True
        at = text.find(f"@{handle}", at + 1)
    return False
