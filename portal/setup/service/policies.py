"""Five policy pages as drafts in both languages, from the texts in ``config/policies``, ready for somebody to read and publish."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.disclosures import queries as disclosures
from portal.disclosures import service as drafts
from portal.disclosures.rules import PolicyPage, is_slug
from portal.disclosures.service import PageSettings, TextDraft
from portal.kernel.actor import Actor, Role
from portal.kernel.clock_rule import DEFAULT_RULE
from portal.kernel.thai_text import pick
from portal.setup.rules import Step
from portal.setup.service.agency import agency_of
from portal.setup.service.hand import Hand, mark, take

CONFIG = Path(__file__).parents[3] / "config"
LANGUAGES = ("th", "en")
#: Categories of the register that hold personal data, in the order in which a citizen meets them.
PERSONAL = (
    "case_words",
    "case_identity",
    "receipt_key",
    "handed_in_file",
    "letter_words",
    "case_public_text",
    "desk_words",
    "waiting_sheet",
    "sheet_row_hash",
    "mail_in",
    "petition_support",
    "privacy_words",
    "box_witness",
    "corruption_words",
    "officer",
    "absence",
    "invitation",
    "credential",
    "password_link",
    "audit",
)


@dataclass(frozen=True)
class Named:
    """The agency as a text calls it, in one language."""

    name: str
    address: str
    phone: str
    email: str
    hours: str


def draft_policies(session: Session, now: datetime, hand: Hand, wanted: Sequence[PolicyPage], base_url: str) -> int:
    """Draft those of the wanted pages that the agency does not have, with the administrator as responsible officer. Returns how many."""
    row = take(session, now, hand)
    agency = agency_of(row)
    there = disclosures.policy_pages(session, agency.id, public_only=False)
    missing = [policy for policy in PolicyPage if policy in wanted and policy not in there]
    for policy in missing:
        _draft(session, _publisher(hand.actor, agency), now, agency, policy, row.administrator_id, base_url)
    mark(session, row, Step.POLICIES)
    return len(missing)


def text_of(policy: PolicyPage, agency: Agency, language: str, base_url: str) -> TextDraft:
    """The text of one page: its first line is the title, the second the lead, the rest HTML."""
    whole = (
        _texts()
        .get_template(f"{policy.value}.{language}.html")
        .render(agency=_named(agency, language), portal=base_url, days=DEFAULT_RULE.days, register=kept_data(language))
    )
    title, lead, body = whole.split("\n", 2)
    return TextDraft(title=title, lead=lead, body=body.strip())


@cache
def kept_data(language: str) -> list[dict[str, str]]:
    """What the data register says of personal data. What has no Thai yet stays English; a test finds it."""
    categories = tomllib.loads((CONFIG / "data_register.toml").read_text(encoding="utf-8"))["categories"]
    thai = tomllib.loads((CONFIG / "policies/register_th.toml").read_text(encoding="utf-8")) if language == "th" else {}
    return [_row(categories[name], language, thai) for name in PERSONAL if name in categories]


def _row(category: dict[str, str], language: str, words: dict[str, str]) -> dict[str, str]:
    said = {name: words.get(category[name], category[name]) for name in ("basis", "retention")}
    return {"purpose": category[f"purpose_{language}"], **said}


def _draft(
    session: Session, actor: Actor, now: datetime, agency: Agency, policy: PolicyPage, responsible: int | None, base_url: str
) -> None:
    settings = PageSettings(responsible_user_id=responsible, policy=policy)
    thai, english = (text_of(policy, agency, language, base_url) for language in LANGUAGES)
    page = drafts.create_draft(session, actor, now, agency, thai, settings=settings, slug=_slug(session, agency, policy))
    drafts.add_language(session, actor, now, page, "en", english)


def _slug(session: Session, agency: Agency, policy: PolicyPage) -> str:
    """``<agency>-privacy`` where it is free; else the usual numbered one."""
    wanted = f"{agency.slug}-{policy.value}"
    return wanted if is_slug(wanted) and disclosures.by_slug(session, wanted) is None else ""


def _publisher(actor: Actor, agency: Agency) -> Actor:
    """The administrator, who need not be a publisher to have drafts made here; the trail names them all the same."""
    held = actor.roles.get(Role.PUBLISHER, frozenset()) | {agency.id}
    return replace(actor, roles={**actor.roles, Role.PUBLISHER: held})


def _named(agency: Agency, language: str) -> Named:
    return Named(
        name=pick(language, agency.name_th, agency.name_en),
        address=pick(language, agency.address_th, agency.address_en),
        phone=agency.phone,
        email=agency.email,
        hours=pick(language, agency.hours_th, agency.hours_en),
    )


@cache
def _texts() -> Environment:
    loader: Any = FileSystemLoader(CONFIG / "policies")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
