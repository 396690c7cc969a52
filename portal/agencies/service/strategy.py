"""The strategy tree (ยุทธศาสตร์): its nodes are where disclosures hang."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.agencies import policy, queries
from portal.agencies.models import Agency, StrategyNode
from portal.agencies.rules import is_item_code, loops
from portal.agencies.service.acts import allow, changed, checked_texts, take
from portal.agencies.service.missions import CODE_FAULT, CODE_TAKEN
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message

MOST = {"code": 40, "title_th": 300, "title_en": 300}
REQUIRED = {"title_th": Message(N_("Write the title in Thai"))}


def add_strategy_node(session: Session, agency: Agency, parent: StrategyNode | None, values: Mapping[str, Any]) -> StrategyNode:
    """Add a node of the strategy tree below ``parent``, or as a root."""
    node = StrategyNode(agency_id=agency.id, parent_id=parent.id if parent else None, **values)
    session.add(node)
    session.flush()
    return node


def write_strategy_node(
    session: Session,
    actor: Actor,
    now: datetime,
    agency: Agency,
    node: StrategyNode | None,
    parent: StrategyNode | None,
    values: Mapping[str, str],
    *,
    position: int,
    row_version: int,
) -> StrategyNode:
    """Change a node, or add one, and put it below ``parent`` (None: a root). Among its neighbours they stand by ``position``."""
    allow(policy.can_administer(actor, agency))
    texts = checked_texts(values, MOST, REQUIRED)
    _check_code(session, agency, node, texts["code"])
    take(session, agency, row_version)
    if node is None:
        node = add_strategy_node(session, agency, parent, {**texts, "position": position})
    else:
        _check_place(session, agency, node, parent)
        node.code, node.title_th, node.title_en = texts["code"], texts["title_th"], texts["title_en"]
        node.parent_id, node.position = parent.id if parent else None, position
    changed(session, actor, now, agency, "agency.strategy_written", {"code": node.code})
    return node


def _check_place(session: Session, agency: Agency, node: StrategyNode, parent: StrategyNode | None) -> None:
    parents = {one.id: one.parent_id for one in queries.strategy_nodes(session, agency.id)}
    if loops(parents, node.id, parent.id if parent else None):
        raise Invalid({"parent": [Message(N_("It cannot lie below itself"))]})


def _check_code(session: Session, agency: Agency, node: StrategyNode | None, code: str) -> None:
    if not is_item_code(code):
        raise Invalid({"code": [Message(CODE_FAULT)]})
    holder = queries.strategy_node(session, agency.id, code)
    if holder is not None and holder is not node:
        raise Invalid({"code": [Message(CODE_TAKEN)]})
