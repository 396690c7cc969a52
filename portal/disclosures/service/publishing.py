"""Review, publication and withdrawal."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.db.revision import raise_public_revision
from portal.disclosures import figures, rules
from portal.disclosures.anchors import dead_links
from portal.disclosures.models import Disclosure, DisclosureTranslation, DisclosureVersion
from portal.disclosures.rules import Move, Responsible
from portal.disclosures.search import KIND
from portal.disclosures.service import acts
from portal.index import service as index
from portal.kernel import rich_text
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import is_blank, normalise, pick
from portal.outbox.service import announce


def submit_for_review(session: Session, actor: Actor, now: datetime, translation: DisclosureTranslation) -> None:
    """Say that the draft is ready to be looked at. Raises ``Conflict`` unless it is a draft."""
    acts.take(session, actor, translation)
    acts.move(session, actor, now, translation, Move.SUBMIT)
    session.flush()


def send_back(session: Session, actor: Actor, now: datetime, translation: DisclosureTranslation) -> None:
    """Back from review to draft."""
    acts.take(session, actor, translation)
    acts.move(session, actor, now, translation, Move.SEND_BACK)
    session.flush()


def publish(session: Session, actor: Actor, now: datetime, translation: DisclosureTranslation) -> DisclosureVersion:
    """Make the draft the version that the public sees: version, state, trail, event and public revision in one act.

    Raises ``Invalid`` with everything that is missing, by field.
    """
    page = acts.take(session, actor, translation)
    number = _next_number(session, translation)
    reasons = missing(session, translation, now, number)
    if reasons:
        raise Invalid(reasons)
    version = _version(page, translation, number, actor, now)
    session.add(version)
    acts.move(session, actor, now, translation, Move.PUBLISH, {"number": number})
    _settle(session, page, translation, version)
    announce(session, "disclosure.published", now, disclosure_id=page.id, language=translation.language, number=number)
    raise_public_revision(session)
    return version


def withdraw(session: Session, actor: Actor, now: datetime, translation: DisclosureTranslation, reason: str) -> None:
    """Take the text away from the public; its title and the reason stay at the address. Raises ``Invalid`` without a reason."""
    page = acts.take(session, actor, translation)
    reason = normalise(reason).strip()
    if is_blank(reason):
        raise Invalid({"reason": [Message(N_("Say why the page is withdrawn, readers of the address will see it"))]})
    if len(reason) > rules.REASON_MOST:
        raise Invalid({"reason": [rules.too_long(len(reason), rules.REASON_MOST)]})
    translation.withdrawn_reason = reason
    acts.move(session, actor, now, translation, Move.WITHDRAW)
    acts.refresh_latest(page)
    session.flush()
    announce(session, "disclosure.withdrawn", now, disclosure_id=page.id, language=translation.language)
    index.remove(session, KIND, page.slug, translation.language)


def missing(session: Session, translation: DisclosureTranslation, now: datetime, number: int | None = None) -> dict[str, list[Message]]:
    """Everything that forbids publishing this draft, by the field that mends it."""
    page = translation.disclosure
    draft = rules.Draft(
        title=translation.title,
        body_text=rich_text.to_text(translation.body),
        responsible=responsible(page, translation.language),
        kind=page.kind,
        fiscal_year=page.fiscal_year,
        periods=sum(len(indicator.periods) for indicator in page.indicators),
        number=number or _next_number(session, translation),
        change_note=translation.change_note,
        published_at=translation.published_at,
        updated_at=translation.updated_at,
        dead_links=tuple(dead_links(translation.body)),
    )
    return rules.missing_before_publishing(draft, now)


@dataclass(frozen=True)
class Officer(Responsible):
    """Who is responsible, with the person's position and unit where they have an account."""

    shown_position: str = ""
    shown_unit: str = ""


def responsible(page: Disclosure, language: str) -> Officer:
    """Who answers for the page at this moment, in words of that language. Somebody disabled answers for nothing."""
    unit = page.responsible_unit
    unit_name = pick(language, unit.name_th, unit.name_en) if unit else ""
    position = pick(language, page.responsible_position_th, page.responsible_position_en)
    person = page.responsible_user
    if person is None or person.disabled_at is not None:
        return Officer("", position, unit_name, page.office_contact, "", unit_name)
    own = pick(language, person.unit.name_th, person.unit.name_en) if person.unit else ""
    held = position or pick(language, person.position_th, person.position_en)
    return Officer(pick(language, person.name_th, person.name_en), position, unit_name, page.office_contact, held, unit_name or own)


def _next_number(session: Session, translation: DisclosureTranslation) -> int:
    last = session.scalar(select(func.max(DisclosureVersion.number)).where(DisclosureVersion.translation_id == translation.id))
    return (last or 0) + 1


def _version(page: Disclosure, translation: DisclosureTranslation, number: int, actor: Actor, now: datetime) -> DisclosureVersion:
    officer = responsible(page, translation.language)
    published_at = translation.published_at or (translation.version.published_at if translation.version else now)
    return DisclosureVersion(
        translation_id=translation.id,
        number=number,
        title=translation.title,
        lead=translation.lead,
        body=translation.body,
        figures=figures.snapshot(page.indicators),
        attachments=[{"file": one.file.public_id, "title": one.title} for one in page.attachments],
        responsible_name=officer.name,
        responsible_position=officer.shown_position,
        responsible_unit=officer.shown_unit,
        office_contact=officer.contact,
        published_at=published_at,
        updated_at=translation.updated_at or (published_at if number == 1 else now),
        recorded_at=now,
        recorded_by=actor.user_id,
        change_note=translation.change_note,
    )


def _settle(session: Session, page: Disclosure, translation: DisclosureTranslation, version: DisclosureVersion) -> None:
    """What the draft keeps after it was published."""
    translation.published_number, translation.published_at = version.number, version.published_at
    translation.updated_at, translation.change_note, translation.findings = None, "", []
    session.flush()
    session.expire(translation, ["version"])
    acts.refresh_latest(page)
    session.flush()
