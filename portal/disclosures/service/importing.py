"""An imported page becomes a draft."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies import service as agencies
from portal.agencies.models import Agency, StrategyNode
from portal.disclosures.importing import ImportedPage
from portal.disclosures.models import Disclosure
from portal.disclosures.service.drafting import PageSettings, TextDraft, create_draft
from portal.kernel.actor import Actor
from portal.kernel.messages import Message
from portal.kernel.thai_text import normalise

CODE_MOST, TITLE_MOST = 60, 300


def import_page(
    session: Session,
    actor: Actor,
    now: datetime,
    agency: Agency,
    page: ImportedPage,
    slug: str = "",
    *,
    language: str = "th",
    responsible_user_id: int | None = None,
) -> Disclosure:
    """A draft out of an existing page: times stay historical, nodes of the breadcrumb are found or made, findings kept.

    The name that the page gives is no responsible officer yet; ``responsible_user_id`` names who answers for it now.
    """
    node = place_of(session, agency, page.breadcrumb)
    settings = PageSettings(strategy_node_id=node.id if node else None, responsible_user_id=responsible_user_id)
    text = TextDraft(title=page.title[:TITLE_MOST], body=page.body_html, published_at=page.published_at, updated_at=page.updated_at)
    draft = create_draft(session, actor, now, agency, text, settings=settings, language=language, slug=slug)
    draft.translations[0].findings = [_kept(message) for message in page.findings]
    session.flush()
    return draft


def place_of(session: Session, agency: Agency, breadcrumb: Sequence[str]) -> StrategyNode | None:
    """The node at the end of the breadcrumb in the agency's strategy tree; missing ones are made."""
    parent: StrategyNode | None = None
    for crumb in breadcrumb:
        title = " ".join(normalise(crumb).split())[:TITLE_MOST]
        parent = _child(session, agency, parent, title) or _new_child(session, agency, parent, title)
    return parent


def _child(session: Session, agency: Agency, parent: StrategyNode | None, title: str) -> StrategyNode | None:
    beside = StrategyNode.parent_id == parent.id if parent else StrategyNode.parent_id.is_(None)
    nodes = session.scalars(select(StrategyNode).where(StrategyNode.agency_id == agency.id, beside).order_by(StrategyNode.id))
    return next((node for node in nodes if _same(node.title_th, title) or _same(node.title_en, title)), None)


def _same(one: str, other: str) -> bool:
    """Alike but for spaces and dashes, which people copy wrongly."""
    return bool(one) and re.sub(r"[\s–—-]+", "", one) == re.sub(r"[\s–—-]+", "", other)


def _new_child(session: Session, agency: Agency, parent: StrategyNode | None, title: str) -> StrategyNode:
    taken = set(session.scalars(select(StrategyNode.code).where(StrategyNode.agency_id == agency.id)))
    stem = f"{parent.code}-" if parent else "I"
    number = next(n for n in range(1, len(taken) + 2) if f"{stem}{n}" not in taken)
    values = {"code": f"{stem}{number}"[-CODE_MOST:], "title_th": title, "position": number}
    return agencies.add_strategy_node(session, agency, parent, values)


def _kept(message: Message) -> dict[str, Any]:
    return {"text": message.text, "values": dict(message.values)}
