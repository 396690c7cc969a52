"""Steps, the one-time token, and what is proposed for an agency's address and code. In words: ``docs/rules/first-day.md``."""

import re
import secrets
from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum

from portal.kernel.messages import N_
from portal.kernel.thai_text import fold_digits

TOKEN_LASTS = timedelta(hours=24)
COOKIE_LASTS = timedelta(hours=2)
#: Without I, L, O, U: what is read aloud or copied from a screen is not mistaken.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TOKEN_LETTERS = 12
_MISREAD = str.maketrans("OIL", "011")
_WORDS = re.compile(r"[a-z0-9]+")
SLUG_MOST, CODE_MOST, INITIALS_FROM = 40, 12, 3
#: What kind of office it is: left out of a proposed address while a name is left, because addresses are read aloud and typed from posters.
KIND_WORDS = {
    *("the", "of", "for", "and", "office", "administrative", "administration", "organization", "organisation", "local", "government"),
    *("ministry", "department", "province", "provincial", "district", "subdistrict", "tambon", "municipality", "city", "town"),
}


class Step(StrEnum):
    """The pages of the first day, in their order."""

    AGENCY = "agency"
    CONTACT = "contact"
    LOOK = "look"
    ADMINISTRATOR = "administrator"
    CALENDAR = "calendar"
    MAIL = "mail"
    FORM = "form"
    POLICIES = "policies"
    DONE = "done"

    @property
    def label(self) -> str:
        """English source text."""
        return LABELS[self]


LABELS = {
    Step.AGENCY: N_("Your agency"),
    Step.CONTACT: N_("Contacts and hours"),
    Step.LOOK: N_("Seal and colour"),
    Step.ADMINISTRATOR: N_("The administrator"),
    Step.CALENDAR: N_("Office calendar"),
    Step.MAIL: N_("E-mail"),
    Step.FORM: N_("The form for citizens"),
    Step.POLICIES: N_("Policy pages"),
    Step.DONE: N_("Ready"),
}
STEPS = tuple(Step)


def next_step(step: Step) -> Step:
    """The page after this one; the last one follows itself."""
    return STEPS[min(STEPS.index(step) + 1, len(STEPS) - 1)]


def is_open(step: Step, done: Collection[str]) -> bool:
    """True if everything before the step has been done or passed over."""
    return all(earlier.value in done for earlier in STEPS[: STEPS.index(step)])


def first_undone(done: Collection[str]) -> Step:
    """Where to go on."""
    return next((step for step in STEPS if step.value not in done), Step.DONE)


def new_token() -> str:
    """Sixty random bits as ``XXXX-XXXX-XXXX``."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(TOKEN_LETTERS))
    return "-".join(letters[at : at + 4] for at in range(0, TOKEN_LETTERS, 4))


def read_token(typed: str) -> str:
    """What is hashed: letters and digits only, capitals, O read as 0, I and L as 1; empty for what can be no token."""
    letters = re.sub(r"[^0-9A-Z]", "", fold_digits(typed[:100]).upper()).translate(_MISREAD)
    return letters if len(letters) == TOKEN_LETTERS and set(letters) <= set(ALPHABET) else ""


def proposed_slug(*names: str) -> str:
    """An address from the first name that has Latin letters, cut between words; empty if none has."""
    words = next((found for name in names if (found := _WORDS.findall(name.lower()))), [])
    words = [word for word in words if word not in KIND_WORDS] or words
    slug = ""
    for word in words:
        longer = f"{slug}-{word}".strip("-")
        if len(longer) > SLUG_MOST:
            break
        slug = longer
    return slug or "".join(words)[:SLUG_MOST]


def proposed_code(slug: str) -> str:
    """Capital letters for case numbers: the whole address where it is short, else its initials."""
    letters = re.sub(r"[^A-Z0-9]", "", slug.upper())
    words = [word for word in slug.split("-") if word]
    if len(letters) > CODE_MOST and len(words) >= INITIALS_FROM:
        letters = "".join(word[0] for word in words).upper()
    return letters.lstrip("0123456789")[:CODE_MOST]


def read_topics(text: str) -> list[tuple[str, str]]:
    """Pairs of Thai and English name from lines; empty lines and repeated Thai names are left out."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        thai, _, english = (" ".join(part.split()) for part in line.partition("|"))
        if thai:
            found.setdefault(thai, english)
    return list(found.items())
