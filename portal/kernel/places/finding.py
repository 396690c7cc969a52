"""Places named in a text. Many names are ordinary words (เลย, ตาก, บ้านใหม่), so most count only after their kind."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from portal.kernel.places.table import BANGKOK, DISTRICT, PROVINCE, SUBDISTRICT, table
from portal.kernel.thai_text import normalise

#: Of a long matter the beginning; who names a place does it early.
LOOKED_AT = 4000  # characters
#: A province of so many letters is no ordinary word.
PLAIN_PROVINCE = 5
_LONGEST = 24
_KINDS = {
    PROVINCE: re.compile(r"(?:จังหวัด|จ\.)\s*"),
    DISTRICT: re.compile(r"(?:กิ่งอำเภอ|อำเภอ|อ\.|เขต)\s*"),
    SUBDISTRICT: re.compile(r"(?:ตำบล|ต\.|แขวง)\s*"),
}
_ENGLISH = re.compile(r"[a-z][a-z .'-]*[a-z]")
_BANGKOK_TOO = {"กรุงเทพ": BANGKOK, "กรุงเทพฯ": BANGKOK, "กทม": BANGKOK, "กทม.": BANGKOK}
Names = Mapping[str, tuple[str, ...]]


def find(text: str, place: str = "") -> list[str]:
    """Codes of the places named, without what other ones lie in.

    ``place`` is a field that holds nothing but a place: there plain names count, too.
    """
    running, field = normalise(text)[:LOOKED_AT], normalise(place)[:LOOKED_AT]
    provinces = {*_after_kind(running, PROVINCE), *_after_kind(field, PROVINCE), *_plain_provinces(f"{running}\n{field}")}
    provinces |= set(_plain(field, PROVINCE)) | set(_english(f"{running}\n{field}", PROVINCE))
    districts = _settled(
        [*_after_kind(running, DISTRICT), *_after_kind(field, DISTRICT), *_plain(field, DISTRICT), *_english(field, DISTRICT)], provinces
    )
    within = districts or provinces
    named_already = {table()[code].name_th for code in districts}
    plain = [code for code in _plain(field, SUBDISTRICT) if table()[code].name_th not in named_already]
    subdistricts = _settled([*_after_kind(running, SUBDISTRICT), *_after_kind(field, SUBDISTRICT), *plain], within)
    return _smallest([*subdistricts, *districts, *provinces])


@lru_cache(maxsize=3)
def _thai(digits: int) -> Names:
    """Codes by name; a district of Bangkok also without its kind, the first district of a province also as เมือง alone is not."""
    found: dict[str, list[str]] = defaultdict(list)
    for place in table().values():
        if len(place.code) == digits:
            found[place.name_th.removeprefix("เขต") if digits == DISTRICT else place.name_th].append(place.code)
    if digits == PROVINCE:
        for name, code in _BANGKOK_TOO.items():
            found[name].append(code)
    return {name: tuple(codes) for name, codes in found.items()}


@lru_cache(maxsize=3)
def _english_names(digits: int) -> Names:
    found: dict[str, list[str]] = defaultdict(list)
    for place in table().values():
        if len(place.code) == digits:
            found[place.name_en.casefold().removeprefix("khet ")].append(place.code)
    return {name: tuple(codes) for name, codes in found.items()}


def _after_kind(text: str, digits: int) -> Iterator[str]:
    for kind in _KINDS[digits].finditer(text):
        yield from _longest_at(text, kind.end(), _thai(digits))


def _plain(text: str, digits: int) -> Iterator[str]:
    """Names that stand by themselves, between spaces or signs: the pieces of a field of places."""
    for piece in re.split(r"[\s,;/()]+", text):
        yield from _thai(digits).get(piece, ())


def _plain_provinces(text: str) -> Iterator[str]:
    for name, codes in _thai(PROVINCE).items():
        if len(name) >= PLAIN_PROVINCE and name in text:
            yield from codes


def _english(text: str, digits: int) -> Iterator[str]:
    names = _english_names(digits)
    for run in _ENGLISH.findall(text.casefold()):
        words = run.replace(".", " ").split()
        for start in range(len(words)):
            for end in range(start + 1, min(len(words), start + 4) + 1):
                name = " ".join(words[start:end])
                yield from names.get(name, ()) if len(name) >= PLAIN_PROVINCE else ()


def _longest_at(text: str, start: int, names: Names) -> Iterable[str]:
    for end in range(min(len(text), start + _LONGEST), start + 1, -1):
        if codes := names.get(text[start:end]):
            return codes
    return ()


def _settled(codes: Iterable[str], within: set[str]) -> set[str]:
    """Of names that several places have those inside what else was named; without that only names that one place has."""
    found = set(codes)
    inside = {code for code in found if any(code.startswith(outer) for outer in within)}
    if inside or not found:
        return inside
    names: dict[str, set[str]] = defaultdict(set)
    for code in found:
        names[table()[code].name_th].add(code)
    return {code for same in names.values() if len(same) == 1 and not within for code in same}


def _smallest(codes: list[str]) -> list[str]:
    unique = list(dict.fromkeys(codes))
    return [code for code in unique if not any(other != code and other.startswith(code) for other in unique)]
