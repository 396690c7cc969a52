"""What hangs on a page: files, figures, related pages. Files and figures are the draft's until it is published."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.disclosures import figures, policy, rules
from portal.disclosures.figures import IndicatorInput
from portal.disclosures.models import (
    Disclosure,
    DisclosureAttachment,
    Indicator,
    IndicatorPeriod,
    RelatedDisclosure,
)
from portal.disclosures.service import acts
from portal.files import service as files
from portal.files.names import tidy
from portal.files.service import Received
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import is_blank, normalise

FILES_MOST = 30


def attach(session: Session, actor: Actor, now: datetime, page: Disclosure, received: Received, title: str) -> DisclosureAttachment:
    """Hang a received file on the draft; without a title its name is one. Raises ``Invalid`` above ``FILES_MOST``."""
    _take(session, actor, page)
    if len(page.attachments) >= FILES_MOST:
        raise Invalid({"files": [Message(N_("A page holds at most %(most)d files"), {"most": FILES_MOST})]})
    stored = files.keep(session, now, received)
    words = " ".join(normalise(title).split())[:200]
    last = max((one.position for one in page.attachments), default=0)
    row = DisclosureAttachment(stored_file_id=stored.id, title=words if not is_blank(words) else tidy(received.name), position=last + 1)
    page.attachments.append(row)
    _touch(session, actor, now, page, "disclosure.file_attached")
    return row


def detach(session: Session, actor: Actor, now: datetime, page: Disclosure, attachment_position: int) -> None:
    """Take a file off the draft. Versions that list it keep it."""
    _take(session, actor, page)
    page.attachments[:] = [one for one in page.attachments if one.position != attachment_position]
    _touch(session, actor, now, page, "disclosure.file_detached")


def set_figures(session: Session, actor: Actor, now: datetime, page: Disclosure, indicators: Sequence[IndicatorInput]) -> None:
    """Replace the draft's figures. Raises ``Invalid`` at "figures" for what ``figures.check`` refuses."""
    _take(session, actor, page)
    figures.check(indicators)
    page.indicators[:] = [_indicator(place, one) for place, one in enumerate(indicators, 1)]
    _touch(session, actor, now, page, "disclosure.figures_set")


def set_related(session: Session, actor: Actor, now: datetime, page: Disclosure, slugs: Sequence[str]) -> None:
    """Replace the pages that this one points to. Raises ``Invalid`` at "related" for an address that is no page."""
    policy.check_write(actor, page.agency_id)
    wanted = {slug for slug in slugs if slug and slug != page.slug}
    rows = session.execute(select(Disclosure.slug, Disclosure.id).where(Disclosure.slug.in_(wanted)))
    found = {row.slug: row.id for row in rows}
    unknown = sorted(wanted - set(found))
    if unknown:
        raise Invalid({"related": [Message(N_("There is no page at the address %(slug)s"), {"slug": slug}) for slug in unknown]})
    session.execute(delete(RelatedDisclosure).where(RelatedDisclosure.disclosure_id == page.id))
    session.add_all(RelatedDisclosure(disclosure_id=page.id, related_id=related_id) for related_id in found.values())
    acts.public_may_have_changed(session, page)


def _take(session: Session, actor: Actor, page: Disclosure) -> None:
    """Check the policy and read the page and its texts again under a lock."""
    policy.check_write(actor, page.agency_id)
    session.flush()
    session.expire(page)
    for translation in page.translations:
        session.refresh(translation, with_for_update=True)


def _indicator(place: int, given: IndicatorInput) -> Indicator:
    periods = [IndicatorPeriod(position=at, **vars(period)) for at, period in enumerate(given.periods, 1)]
    return Indicator(position=place, periods=periods, **{key: value for key, value in vars(given).items() if key != "periods"})


def _touch(session: Session, actor: Actor, now: datetime, page: Disclosure, act: str) -> None:
    """Files and figures belong to every language: each published text has a draft again."""
    session.flush()
    for translation in page.translations:
        acts.move(session, actor, now, translation, rules.Move.EDIT, name=act)
    session.flush()
