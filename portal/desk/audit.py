"""The trail as administrators read it."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask_babel import gettext

from portal.accounts.queries import names_of
from portal.audit.models import AuditEntry
from portal.audit.queries import trail
from portal.kernel.actor import ActorKind, Role
from portal.kernel.messages import N_
from portal.kernel.thai_text import normalise
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db

bp = Blueprint("audit", __name__)
#: Keys of a detail that hold the internal id of a person, and those whose number is no id.
PEOPLE, COUNTS = ("owner", "owner_before"), ("number", "cases")


@dataclass(frozen=True)
class Named:
    """What an entry says to a person."""

    who: str
    on_what: str
    is_person: bool
    detail: Mapping[str, object]


ACTOR_KINDS = {
    ActorKind.VISITOR: N_("A visitor"),
    ActorKind.CITIZEN: N_("The citizen, by receipt code"),
    ActorKind.USER: N_("A person who has left"),
    ActorKind.SYSTEM: N_("The system"),
}


@bp.get("/desk/audit")
@audience(Audience.DESK, Role.ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR)
def index() -> str:
    """Newest first, of the administrator's agencies; ``?object=`` and ``?act=`` narrow it."""
    actor = current_actor()
    everything = actor.has_role(Role.SYSTEM_ADMINISTRATOR)
    wanted, act = _asked("object", 120), _asked("act", 60)
    query = trail(None if everything else actor.agencies(Role.ADMINISTRATOR), wanted, act)
    page = paginate(db.session, query, [(AuditEntry.id, "desc")], per_page(), request.args.get("cursor"))
    people = names_of(db.session, {person for entry in page.items for person in _people_in(entry)})
    rows = [(entry, _named(entry, people)) for entry in page.items]
    return render_template("audit/index.html", rows=rows, next_url=next_url(page), wanted=wanted, act=act, people=people, noindex=True)


def _people_in(entry: AuditEntry) -> set[int]:
    """Everybody whom the entry names by an internal id."""
    ids = {entry.actor_id, *(entry.detail.get(key) for key in PEOPLE)}
    if entry.object_type == "user":
        ids.add(int(entry.object_key))
    return {person for person in ids if person}


def _named(entry: AuditEntry, people: Mapping[int, str]) -> Named:
    """The entry in names and codes: internal ids never leave, not even to administrators."""
    said = {key: people.get(value, "–") if key in PEOPLE else value for key, value in entry.detail.items() if value is not None}
    is_person = entry.object_type == "user"
    return Named(
        who=people.get(entry.actor_id or 0) or gettext(ACTOR_KINDS[entry.actor_kind]),
        on_what=people.get(int(entry.object_key), "–") if is_person else entry.object_key,
        is_person=is_person,
        detail={key: value for key, value in said.items() if type(value) is not int or key in COUNTS},
    )


def _asked(name: str, most: int) -> str:
    return normalise(request.args.get(name, "")).strip()[:most]
