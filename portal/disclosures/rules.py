"""The rules of publishing: states and moves, what is missing, slugs. In words: ``docs/rules/publishing.md``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from portal.kernel.errors import Conflict
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import is_blank

TITLE_MOST, LEAD_MOST, BODY_MOST, NOTE_MOST, REASON_MOST = 300, 1000, 100_000, 300, 1000
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SLUG_MOST = 100


class PublishState(StrEnum):
    """Where the draft of one language stands; what the public sees is the published version."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """English source text."""
        return STATE_LABELS[self]


class DisclosureKind(StrEnum):
    """A report is a page with figures and a fiscal year."""

    PAGE = "page"
    REPORT = "report"

    @property
    def label(self) -> str:
        """English source text."""
        return KIND_LABELS[self]


class Licence(StrEnum):
    """Under what terms the page may be used again. The Thai open government licence has no SPDX id."""

    CC_BY_4_0 = "cc-by-4.0"
    CC0 = "cc0"
    OPEN_GOVERNMENT_TH = "open-government-th"

    @property
    def label(self) -> str:
        """English source text."""
        return LICENCE_LABELS[self]

    @property
    def url(self) -> str | None:
        """Where the licence can be read."""
        return LICENCE_URLS.get(self)


class PolicyPage(StrEnum):
    """What a website of the state says about itself; the footer leads to those of the home agency."""

    PRIVACY = "privacy"
    WEBSITE = "website"
    DISCLAIMER = "disclaimer"
    COOKIES = "cookies"
    ACCESSIBILITY = "accessibility"

    @property
    def label(self) -> str:
        """English source text."""
        return POLICY_LABELS[self]


class Direction(StrEnum):
    """Which way an indicator is better."""

    UP = "up"
    DOWN = "down"

    @property
    def label(self) -> str:
        """English source text."""
        return DIRECTION_LABELS[self]


class Move(StrEnum):
    """What can be done with a text."""

    EDIT = "edit"
    SUBMIT = "submit"
    SEND_BACK = "send_back"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


STATE_LABELS = {
    PublishState.DRAFT: N_("Draft"),
    PublishState.IN_REVIEW: N_("In review"),
    PublishState.PUBLISHED: N_("Published"),
    PublishState.WITHDRAWN: N_("Withdrawn"),
}
KIND_LABELS = {DisclosureKind.PAGE: N_("Page"), DisclosureKind.REPORT: N_("Performance report")}
POLICY_LABELS = {
    PolicyPage.PRIVACY: N_("Privacy notice"),
    PolicyPage.WEBSITE: N_("Website policy"),
    PolicyPage.DISCLAIMER: N_("Disclaimer"),
    PolicyPage.COOKIES: N_("Cookies"),
    PolicyPage.ACCESSIBILITY: N_("Accessibility"),
}
LICENCE_LABELS = {
    Licence.CC_BY_4_0: N_("Creative Commons Attribution 4.0"),
    Licence.CC0: N_("Creative Commons CC0, no conditions"),
    Licence.OPEN_GOVERNMENT_TH: N_("Open Government License of Thailand"),
}
LICENCE_URLS = {
    Licence.CC_BY_4_0: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
}
DIRECTION_LABELS = {Direction.UP: N_("Higher is better"), Direction.DOWN: N_("Lower is better")}

#: The whole workflow: (act, state before) -> state after. What is not here is refused.
MOVES: Mapping[tuple[Move, PublishState], PublishState] = {
    (Move.EDIT, PublishState.DRAFT): PublishState.DRAFT,
    (Move.EDIT, PublishState.IN_REVIEW): PublishState.DRAFT,
    (Move.EDIT, PublishState.PUBLISHED): PublishState.DRAFT,
    (Move.EDIT, PublishState.WITHDRAWN): PublishState.WITHDRAWN,
    (Move.SUBMIT, PublishState.DRAFT): PublishState.IN_REVIEW,
    (Move.SEND_BACK, PublishState.IN_REVIEW): PublishState.DRAFT,
    (Move.PUBLISH, PublishState.DRAFT): PublishState.PUBLISHED,
    (Move.PUBLISH, PublishState.IN_REVIEW): PublishState.PUBLISHED,
    (Move.PUBLISH, PublishState.PUBLISHED): PublishState.PUBLISHED,
    (Move.PUBLISH, PublishState.WITHDRAWN): PublishState.PUBLISHED,
    (Move.WITHDRAW, PublishState.DRAFT): PublishState.WITHDRAWN,
    (Move.WITHDRAW, PublishState.IN_REVIEW): PublishState.WITHDRAWN,
    (Move.WITHDRAW, PublishState.PUBLISHED): PublishState.WITHDRAWN,
}
#: Acts that need a version which the public can see.
NEEDS_PUBLIC = frozenset({Move.WITHDRAW})


def allows(move: Move, state: PublishState, *, is_public: bool) -> bool:
    """True if the act fits the state; ``is_public``: some version of this text can be read outside."""
    return (move, state) in MOVES and (is_public or move not in NEEDS_PUBLIC)


def after(move: Move, state: PublishState, *, is_public: bool) -> PublishState:
    """The state that the act leads to. Raises ``Conflict`` where it does not fit the present one."""
    if not allows(move, state, is_public=is_public):
        raise Conflict(Message(N_("This does not fit the page's present state: %(state)s"), {"state": Message(state.label)}))
    return MOVES[move, state]


@dataclass(frozen=True)
class Responsible:
    """Who answers for a page: a person with an account, or a position with its unit and office contact."""

    person: str = ""
    position: str = ""
    unit: str = ""
    contact: str = ""

    @property
    def name(self) -> str:
        """What stands after "responsible officer"."""
        return self.person or self.position


@dataclass(frozen=True)
class Draft:
    """What is about to be published, as far as the rules read it. ``number`` is the version it would become."""

    title: str
    body_text: str
    responsible: Responsible
    kind: DisclosureKind = DisclosureKind.PAGE
    fiscal_year: int | None = None
    periods: int = 0
    number: int = 1
    change_note: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    dead_links: tuple[str, ...] = ()


def missing_before_publishing(draft: Draft, now: datetime) -> dict[str, list[Message]]:
    """Everything that forbids publication, by the field that mends it; empty when it may be published."""
    checks = {
        "responsible": _responsible(draft.responsible),
        "title": N_("Give the page a title") if is_blank(draft.title) else "",
        "body": _body(draft),
        "published_at": N_("The published time must not lie in the future") if draft.published_at and draft.published_at > now else "",
        "updated_at": _updated(draft, now),
        "fiscal_year": N_("Say which fiscal year the report is about") if _lacks_year(draft) else "",
        "figures": N_("A performance report needs at least one indicator with one period") if _lacks_figures(draft) else "",
        "change_note": N_("Say what changed since the last version") if draft.number > 1 and is_blank(draft.change_note) else "",
    }
    found = {field: [Message(reason)] for field, reason in checks.items() if reason}
    nowhere = [Message(N_("The link “%(words)s” leads nowhere inside the page"), {"words": text}) for text in draft.dead_links]
    return {**found, "body": found.get("body", []) + nowhere} if nowhere else found


def _responsible(responsible: Responsible) -> str:
    if not is_blank(responsible.person):
        return ""
    parts = (responsible.position, responsible.unit, responsible.contact)
    if all(is_blank(part) for part in parts):
        return N_("Nobody is responsible yet: choose a person, or write position, unit and office contact")
    return N_("Without a person we need position, unit and office contact, all three") if any(is_blank(part) for part in parts) else ""


def _body(draft: Draft) -> str:
    stands_on_figures = draft.kind is DisclosureKind.REPORT and draft.periods > 0
    return N_("Write the text of the page") if is_blank(draft.body_text) and not stands_on_figures else ""


def _updated(draft: Draft, now: datetime) -> str:
    if draft.updated_at is None:
        return ""
    if draft.updated_at > now:
        return N_("The updated time must not lie in the future")
    too_early = draft.published_at is not None and draft.updated_at < draft.published_at
    return N_("The updated time must not lie before the published time") if too_early else ""


def _lacks_year(draft: Draft) -> bool:
    return draft.kind is DisclosureKind.REPORT and draft.fiscal_year is None


def _lacks_figures(draft: Draft) -> bool:
    return draft.kind is DisclosureKind.REPORT and draft.periods == 0


def is_slug(text: str) -> bool:
    """Lower-case ASCII words joined by single hyphens, at most ``SLUG_MOST`` characters."""
    return len(text) <= SLUG_MOST and SLUG.fullmatch(text) is not None


def next_slug(agency_slug: str, year: int, taken: "list[str]") -> str:
    """``<agency>-<Buddhist year>-<n>`` with the number after the highest one among ``taken``."""
    prefix = f"{agency_slug}-{year}-"
    numbers = [int(rest) for slug in taken if slug.startswith(prefix) and (rest := slug.removeprefix(prefix)).isdecimal()]
    return f"{prefix}{max(numbers, default=0) + 1}"


def too_long(count: int, most: int) -> Message:
    """The sentence for text above its limit."""
    return Message(N_("At most %(most)s characters, there are %(count)s now"), {"most": f"{most:,}", "count": f"{count:,}"})
