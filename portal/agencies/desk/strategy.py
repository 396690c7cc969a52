"""The strategy tree: an indented list, and a form for one node."""

from collections.abc import Sequence

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms.fields import SelectChoice

from portal.agencies import queries, service
from portal.agencies.desk.blueprint import ADMINISTRATORS, Answer, agency_at_hand, bp, refused
from portal.agencies.forms import NodeForm
from portal.agencies.models import Agency, StrategyNode
from portal.agencies.rules import is_item_code
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import pick
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.language import language

LAST_PLACE = 999


@bp.get("/desk/admin/agencies/<slug>/strategy")
@audience(Audience.DESK, *ADMINISTRATORS)
def strategy(slug: str) -> str:
    """The tree, and a form for one node more; ``?edit=`` fills it with one of them, ``?below=`` says where a new one goes."""
    agency = agency_at_hand(slug)
    code = request.args.get("edit")
    node = _node(agency, code) if code else None
    return _page(agency, node, _filled(agency, node))


@bp.post("/desk/admin/agencies/<slug>/strategy")
@audience(Audience.DESK, *ADMINISTRATORS)
def write_strategy(slug: str) -> Answer:
    """Add a node, or with ``?edit=`` change or move one."""
    form, code = NodeForm(request.form), request.args.get("edit")
    agency = agency_at_hand(slug)
    node = _node(agency, code) if code else None

    def act() -> None:
        fresh = agency_at_hand(slug)
        service.write_strategy_node(
            db.session,
            current_actor(),
            now(),
            fresh,
            _node(fresh, code) if code else None,
            _parent(fresh, form.text("parent")),
            {name: form.text(name) for name in ("code", "title_th", "title_en")},
            position=min(max(form.position.data or 0, 0), LAST_PLACE),
            row_version=form.version,
        )

    status = refused(form, act)
    if status:
        return _page(agency_at_hand(slug), node, form), status
    return redirect(url_for("agencies_desk.strategy", slug=slug, done="saved"), 303)


def _node(agency: Agency, code: str) -> StrategyNode:
    node = queries.strategy_node(db.session, agency.id, code) if is_item_code(code) else None
    if node is None:
        raise NotFound
    return node


def _parent(agency: Agency, code: str) -> StrategyNode | None:
    parent = queries.strategy_node(db.session, agency.id, code) if is_item_code(code) else None
    if code and parent is None:
        raise Invalid({"parent": [Message(N_("Choose one from the list"))]})
    return parent


def _filled(agency: Agency, node: StrategyNode | None) -> NodeForm:
    nodes = {one.id: one for one in queries.strategy_nodes(db.session, agency.id)}
    if node is None:
        return NodeForm(data={"parent": request.args.get("below", ""), "position": len(nodes)})
    above = nodes.get(node.parent_id or 0)
    texts = {name: getattr(node, name) for name in ("code", "title_th", "title_en", "position")}
    return NodeForm(data={**texts, "parent": above.code if above else ""})


def _page(agency: Agency, node: StrategyNode | None, form: NodeForm) -> str:
    nodes = queries.strategy_nodes(db.session, agency.id)
    rows = branch(nodes, None)
    under = {id(one) for one, _depth in branch(nodes, node.id)} if node else set()
    offered = [(one, depth) for one, depth in rows if one is not node and id(one) not in under]
    choices = [SelectChoice(value=one.code, label="– " * depth + pick(language(), one.title_th, one.title_en)) for one, depth in offered]
    form.parent.choices = [SelectChoice(value="", label=_("Nothing: it stands at the top")), *choices]
    return render_template(
        "agencies_desk/strategy.html",
        agency=agency,
        rows=rows,
        node=node,
        form=form,
        done=request.args.get("done") == "saved",
        noindex=True,
    )


def branch(nodes: Sequence[StrategyNode], parent_id: int | None, depth: int = 0) -> list[tuple[StrategyNode, int]]:
    """The nodes below one in the order of the tree, each with its depth; the order of neighbours is that of ``nodes``."""
    below = [one for one in nodes if one.parent_id == parent_id]
    return [entry for one in below for entry in ((one, depth), *branch(nodes, one.id, depth + 1))]
