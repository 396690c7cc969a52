"""Creating and editing drafts."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.agencies.models import Agency, Mission, StrategyNode
from portal.audit import service as audit
from portal.disclosures import policy, queries, rules
from portal.disclosures.anchors import anchored
from portal.disclosures.missions import service as missions
from portal.disclosures.models import Disclosure, DisclosureTranslation
from portal.disclosures.rules import DisclosureKind, Licence, PolicyPage
from portal.disclosures.service import acts
from portal.kernel import rich_text
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import BUDDHIST_OFFSET, office_day
from portal.kernel.thai_text import normalise

#: What a position and a contact may hold.
OFFICE_FIELDS = {"responsible_position_th": 200, "responsible_position_en": 200, "office_contact": 300}


@dataclass(frozen=True)
class TextDraft:
    """The words of one language. ``body`` is HTML and is cleaned on the way in."""

    title: str = ""
    lead: str = ""
    body: str = ""
    change_note: str = ""
    #: Only for pages that were public before they came here.
    published_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True)
class PageSettings:
    """What belongs to the page in every language."""

    kind: DisclosureKind = DisclosureKind.PAGE
    strategy_node_id: int | None = None
    responsible_user_id: int | None = None
    responsible_position_th: str = ""
    responsible_position_en: str = ""
    responsible_unit_id: int | None = None
    office_contact: str = ""
    licence: Licence = Licence.CC_BY_4_0
    is_sample: bool = False
    fiscal_year: int | None = None
    #: The mission that the page is about.
    mission_id: int | None = None
    #: Given when the page is made, and kept by later edits that do not say it.
    policy: PolicyPage | None = None


def create_draft(
    session: Session,
    actor: Actor,
    now: datetime,
    agency: Agency,
    text: TextDraft,
    *,
    settings: PageSettings | None = None,
    language: str = "th",
    slug: str = "",
) -> Disclosure:
    """A new page with a draft in one language. Pages of a sample agency are samples.

    Raises ``Invalid`` at "slug" for an address that is malformed or taken, and for what ``edit`` refuses.
    """
    policy.check_write(actor, agency.id)
    settings = replace(settings or PageSettings(), is_sample=agency.is_sample or bool(settings and settings.is_sample))
    page = Disclosure(agency_id=agency.id, slug=_slug(session, now, agency, slug), created_at=now)
    _apply_settings(session, now, page, agency.id, settings)
    translation = DisclosureTranslation(language=language, row_version=1)
    _apply_text(translation, text)
    page.translations.append(translation)
    session.add(page)
    session.flush()
    detail = {"language": language, "kind": page.kind.value}
    audit.record(session, actor, now, "disclosure.created", "disclosure", page.slug, agency_id=agency.id, detail=detail)
    return page


def add_language(session: Session, actor: Actor, now: datetime, page: Disclosure, language: str, text: TextDraft) -> DisclosureTranslation:
    """A draft in the other language. Raises ``Conflict`` if the page has one already."""
    policy.check_write(actor, page.agency_id)
    if any(one.language == language for one in page.translations):
        raise Conflict(Message(N_("The page already has a text in this language")))
    translation = DisclosureTranslation(language=language, row_version=1)
    _apply_text(translation, text)
    page.translations.append(translation)
    session.flush()
    acts.record(session, actor, now, translation, "disclosure.language_added", {})
    return translation


def edit(
    session: Session,
    actor: Actor,
    now: datetime,
    translation: DisclosureTranslation,
    row_version: int,
    text: TextDraft,
    settings: PageSettings | None = None,
) -> None:
    """Save the draft, and the page's settings where given. Nothing outside changes except by the settings.

    ``row_version`` is what the editor saw; raises ``Conflict`` if somebody saved since, ``Invalid`` for text that is too
    long or settings of another agency.
    """
    page = acts.take(session, actor, translation)
    if translation.row_version != row_version:
        raise Conflict(Message(N_("Somebody saved this page after you opened it")))
    _apply_text(translation, text)
    if settings is not None:
        _apply_settings(session, now, page, page.agency_id, settings)
        session.flush()
        session.expire(page, ["responsible_user", "responsible_unit"])
        acts.public_may_have_changed(session, page)
    acts.move(session, actor, now, translation, rules.Move.EDIT)
    session.flush()


def _apply_text(translation: DisclosureTranslation, text: TextDraft) -> None:
    body = anchored(rich_text.clean(text.body))
    parts = {
        "title": (" ".join(normalise(text.title).split()), rules.TITLE_MOST),
        "lead": (" ".join(normalise(text.lead).split()), rules.LEAD_MOST),
        "body": (body, rules.BODY_MOST),
        "change_note": (" ".join(normalise(text.change_note).split()), rules.NOTE_MOST),
    }
    too_long = {field: [rules.too_long(len(value), most)] for field, (value, most) in parts.items() if len(value) > most}
    if too_long:
        raise Invalid(too_long)
    for field, (value, _most) in parts.items():
        setattr(translation, field, value)
    translation.published_at, translation.updated_at = text.published_at, text.updated_at


def _apply_settings(session: Session, now: datetime, page: Disclosure, agency_id: int, settings: PageSettings) -> None:
    mission = missions.mission_for(session, agency_id, settings.mission_id)
    _check_settings(session, agency_id, settings, mission)
    for field, value in vars(settings).items():
        if field != "mission_id" and (field != "policy" or value is not None):
            setattr(page, field, value)
    missions.set_mission(page, mission, now)


def _check_settings(session: Session, agency_id: int, settings: PageSettings, mission: Mission | None) -> None:
    node = session.get(StrategyNode, settings.strategy_node_id) if settings.strategy_node_id else None
    person = session.get(User, settings.responsible_user_id) if settings.responsible_user_id else None
    faults: dict[str, list[Message]] = {}
    if settings.strategy_node_id and (node is None or node.agency_id != agency_id):
        faults["place"] = [Message(N_("Choose a place in this agency's own strategy"))]
    if settings.responsible_user_id and (person is None or person.disabled_at is not None):
        faults["responsible"] = [Message(N_("Choose a person whose account is open"))]
    if settings.mission_id and mission is None:
        faults["mission"] = [missions.FOREIGN]
    for field, most in OFFICE_FIELDS.items():
        if len(getattr(settings, field)) > most:
            faults[field] = [rules.too_long(len(getattr(settings, field)), most)]
    if settings.fiscal_year is not None and not 2400 <= settings.fiscal_year <= 2700:
        faults["fiscal_year"] = [Message(N_("Write the fiscal year in the Buddhist era, such as 2569"))]
    if faults:
        raise Invalid(faults)


def _slug(session: Session, now: datetime, agency: Agency, wanted: str) -> str:
    wanted = wanted.strip()
    if not wanted:
        year = office_day(now).year + BUDDHIST_OFFSET
        session.execute(select(Agency.id).where(Agency.id == agency.id).with_for_update())  # one number at a time
        return rules.next_slug(agency.slug, year, queries.slugs_like(session, f"{agency.slug}-{year}-"))
    if not rules.is_slug(wanted):
        raise Invalid({"slug": [Message(N_("An address has small letters a to z, digits and single hyphens only"))]})
    if queries.by_slug(session, wanted):
        raise Invalid({"slug": [Message(N_("Another page already has this address"))]})
    return wanted
