"""A list as data, and for whom it holds. In words: ``docs/rules/legal-lists.md``."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum

import msgspec
from msgspec import Struct

from portal.agencies.rules import AgencyKind
from portal.kernel.evidence import LegalList
from portal.kernel.messages import N_

CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
#: As the law numbers them: "7(1)", "O12".
ITEM = re.compile(r"[A-Za-z0-9().-]{1,20}")
#: A page asks to be looked at again after so many days.
LOOK_AGAIN = timedelta(days=365)


class Law(StrEnum):
    """What asks for the items; the order in which lists are shown."""

    S7 = "s7"
    S9 = "s9"
    OIT = "oit"


class Standing(StrEnum):
    """How well an item is known."""

    CONFIRMED = "confirmed"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


class PortalPage(StrEnum):
    """What the portal makes by itself for an agency."""

    CONTACT = "contact"
    OPINIONS = "opinions"
    ANSWERS = "answers"
    FIGURES = "figures"
    CORRUPTION = "corruption"
    CORRUPTION_FIGURES = "corruption_figures"

    @property
    def label(self) -> str:
        """English source text."""
        return PORTAL_LABELS[self]

    def path_of(self, slug: str) -> str:
        """Its public address for an agency, without host and language."""
        return PORTAL_PATHS[self].format(agency=slug)


PORTAL_LABELS = {
    PortalPage.CONTACT: N_("Contacts of the agency"),
    PortalPage.OPINIONS: N_("The form for opinions, questions and complaints"),
    PortalPage.ANSWERS: N_("Questions that were answered"),
    PortalPage.FIGURES: N_("Figures of what was received and answered"),
    PortalPage.CORRUPTION: N_("The channel for reports of corruption"),
    PortalPage.CORRUPTION_FIGURES: N_("Figures of reports of corruption"),
}
PORTAL_PATHS = {
    PortalPage.CONTACT: "/agencies/{agency}",
    PortalPage.OPINIONS: "/feedback/new?agency={agency}",
    PortalPage.ANSWERS: "/cases?agency={agency}",
    PortalPage.FIGURES: "/figures/{agency}",
    PortalPage.CORRUPTION: "/feedback/corruption?agency={agency}",
    PortalPage.CORRUPTION_FIGURES: "/feedback/corruption/figures",
}


class Words(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Text in both languages."""

    th: str
    en: str


class Item(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that is asked for; ``words`` is empty where nobody here knows what."""

    code: str
    words: Words | None = None
    standing: Standing = Standing.CONFIRMED
    by_portal: PortalPage | None = None

    @property
    def is_known(self) -> bool:
        """True if it can be served."""
        return self.words is not None


class ListFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One list. ``kinds`` and ``agencies`` (slugs) say for whom, ``first_year`` and ``last_year`` (B.E., None: on and on) when it holds."""

    code: str
    law: Law
    title: Words
    basis: Words
    #: Whom it is for, in words.
    host: Words
    kinds: tuple[AgencyKind, ...] = ()
    agencies: tuple[str, ...] = ()
    first_year: int
    last_year: int | None = None
    complete: bool
    #: Our own, for invented agencies and for nobody else.
    sample: bool = False
    items: tuple[Item, ...]

    def holds_in(self, fiscal_year: int) -> bool:
        """True if it is asked for in that year."""
        return self.first_year <= fiscal_year and (self.last_year is None or fiscal_year <= self.last_year)

    def item(self, code: str) -> Item | None:
        """The item with this code."""
        return next((item for item in self.items if item.code == code), None)

    @property
    def known(self) -> tuple[Item, ...]:
        """Items of which it is known what they ask."""
        return tuple(item for item in self.items if item.is_known)

    def as_evidence(self) -> LegalList:
        """For the dossier."""
        return LegalList(
            code=self.code, law=self.law.value, name_th=self.title.th, name_en=self.title.en, is_complete=self.complete,
            items=tuple(item.code for item in self.known), is_sample=self.sample,
        )  # fmt: skip


class ListFault(ValueError):
    """A file is no list, or two lists do not go together; the text says where and why."""


def read_list(text: str | bytes) -> ListFile:
    """A list from YAML. Raises ``ListFault`` with the place of the fault."""
    try:
        found: ListFile = msgspec.yaml.decode(text, type=ListFile)
    except msgspec.MsgspecError as fault:
        raise ListFault(str(fault)) from fault
    codes = [item.code for item in found.items]
    faults = {
        "code: small letters, digits and single hyphens": not CODE.fullmatch(found.code) or len(found.code) > 40,
        "items: at least one": not codes,
        "items: a code is used twice": len(set(codes)) < len(codes),
        "items: a code holds letters, digits, dots, hyphens and parentheses, at most 20": not all(map(ITEM.fullmatch, codes)),
        "items: without words an item is unknown, and an unknown one has no words": any(
            (item.words is None) != (item.standing is Standing.UNKNOWN) for item in found.items
        ),
        "complete: not true while an item is unknown": found.complete and len(found.known) < len(codes),
        "last_year: not before first_year": found.last_year is not None and found.last_year < found.first_year,
    }
    if wrong := [fault for fault, holds in faults.items() if holds]:
        raise ListFault("; ".join(wrong))
    return found


def check_together(lists: Sequence[ListFile]) -> None:
    """Raise ``ListFault`` where two lists have one code, or both hold for the same kind or agency in the same year."""
    for place, one in enumerate(lists):
        for other in lists[place + 1 :]:
            if one.code == other.code:
                raise ListFault(f"{one.code}: two files have this code")
            apart = one.law is not other.law or one.sample is not other.sample or not _years_meet(one, other)
            if not apart and (shared := set(one.kinds) & set(other.kinds) | set(one.agencies) & set(other.agencies)):
                raise ListFault(f"{one.code} and {other.code}: both hold for {', '.join(sorted(shared))} in the same year")


def _years_meet(one: ListFile, other: ListFile) -> bool:
    return other.holds_in(one.first_year) or one.holds_in(other.first_year)


def holding(lists: Iterable[ListFile], slug: str, kind: AgencyKind, fiscal_year: int, *, is_sample: bool) -> list[ListFile]:
    """The lists of an agency in a year, one for each law at most, in the order of the laws.

    A list that names the agency goes before one of its kind; of an invented agency a list of our own goes before all.
    """
    chosen: dict[Law, tuple[int, ListFile]] = {}
    for one in lists:
        rank = _rank(one, slug, kind, is_sample=is_sample)
        if rank and one.holds_in(fiscal_year) and rank > chosen.get(one.law, (0, one))[0]:
            chosen[one.law] = (rank, one)
    return [chosen[law][1] for law in Law if law in chosen]


def _rank(one: ListFile, slug: str, kind: AgencyKind, *, is_sample: bool) -> int:
    if one.sample:
        return 3 if is_sample else 0
    return 2 if slug in one.agencies else int(kind in one.kinds)


def look_again_on(updated: date) -> date:
    """When a page that was updated on that day asks to be looked at again."""
    return updated + LOOK_AGAIN
