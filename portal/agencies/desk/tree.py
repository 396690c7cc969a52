"""The tree of agencies as an administrator reads it: an indented list, a search, closed ones folded away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import render_template, request
from flask_babel import gettext as _

from portal.agencies import policy, queries
from portal.agencies.desk.blueprint import ADMINISTRATORS, bp
from portal.agencies.models import Agency
from portal.kernel.actor import Actor, Role
from portal.kernel.messages import N_
from portal.kernel.thai_text import normalise
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.database import db

#: More rows than this are not shown at once: what lies deeper is behind a link.
MOST = 300
DONE = {"merged": N_("The agency was merged into its successor"), "closed": N_("The agency was closed")}


@dataclass(frozen=True)
class Row:
    """One line. ``hidden`` is how many lie below it that are not shown."""

    agency: Agency
    depth: int
    hidden: int = 0


@bp.get("/desk/admin/agencies")
@audience(Audience.DESK, *ADMINISTRATORS)
def index() -> str:
    """``?q=`` looks for names and addresses, ``?below=`` shows one branch."""
    actor, words = current_actor(), " ".join(normalise(request.args.get("q", ""))[:100].split())
    own = [agency for agency in queries.all_agencies(db.session) if policy.can_administer(actor, agency)]
    living = [agency for agency in own if not agency.is_closed]
    top = next((agency for agency in living if agency.slug == request.args.get("below")), None)
    found = [agency for agency in own if _matches(agency, words)] if words else []
    return render_template(
        "agencies_desk/index.html",
        rows=[] if words else tree_of(living, top),
        found=found[:MOST],
        more=max(len(found) - MOST, 0),
        closed=[agency for agency in own if agency.is_closed],
        count=len(living),
        words=words,
        top=top,
        may_add_top=actor.has_role(Role.SYSTEM_ADMINISTRATOR),
        may_add=can_add(actor, living),
        done=_(DONE[request.args["done"]]) if request.args.get("done") in DONE else "",
        noindex=True,
    )


def tree_of(agencies: Sequence[Agency], top: Agency | None = None, most: int = MOST) -> list[Row]:
    """Rows in the order of the tree, those of one level in the order given; as deep as ``most`` rows allow."""
    ids = {agency.id for agency in agencies}
    below: dict[int | None, list[Agency]] = {}
    for agency in agencies:
        below.setdefault(agency.parent_id if agency.parent_id in ids else None, []).append(agency)
    roots = [top] if top else below.get(None, [])
    deepest = next((depth for depth in (9, 4, 3, 2, 1) if _count(below, roots, depth) <= most), 0)
    rows: list[Row] = []
    _walk(rows, below, roots, 0, deepest)
    return rows


def _walk(rows: list[Row], below: Mapping[int | None, list[Agency]], agencies: Sequence[Agency], depth: int, deepest: int) -> None:
    for agency in agencies:
        inside = below.get(agency.id, [])
        rows.append(Row(agency, depth, len(inside) if depth >= deepest else 0))
        if depth < deepest:
            _walk(rows, below, inside, depth + 1, deepest)


def _count(below: Mapping[int | None, list[Agency]], agencies: Sequence[Agency], depth: int) -> int:
    inside = [child for agency in agencies for child in below.get(agency.id, [])] if depth else []
    return len(agencies) + (_count(below, inside, depth - 1) if inside else 0)


def _matches(agency: Agency, words: str) -> bool:
    wanted = words.casefold()
    return any(
        wanted in text.casefold() for text in (agency.name_th, agency.name_en, agency.short_th, agency.short_en, agency.slug, agency.code)
    )


def can_add(actor: Actor, agencies: Sequence[Agency]) -> bool:
    """True for who may add something somewhere."""
    return actor.has_role(Role.SYSTEM_ADMINISTRATOR) or bool(agencies)
