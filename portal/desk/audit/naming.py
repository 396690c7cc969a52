"""Entries in names and codes: internal ids never leave, not even to administrators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext
from sqlalchemy.orm import Session

from portal.accounts.queries import names_of
from portal.audit.models import AuditEntry
from portal.desk.audit.acts import NAMES
from portal.kernel.actor import ActorKind
from portal.kernel.messages import N_

#: Keys of a detail that hold the internal id of a person, and those whose number is no id.
PEOPLE, COUNTS = ("owner", "owner_before", "person", "substitute", "stands_in_for"), ("number", "cases", "rows")
ACTOR_KINDS = {
    ActorKind.VISITOR: N_("A visitor"),
    ActorKind.CITIZEN: N_("The citizen, by receipt code"),
    ActorKind.USER: N_("A person who has left"),
    ActorKind.SYSTEM: N_("The system"),
}


@dataclass(frozen=True)
class Named:
    """What an entry says to a person; ``act`` is empty where only its code is known."""

    who: str
    act: str
    on_what: str
    is_person: bool
    detail: Mapping[str, object]


def named(session: Session, entries: Sequence[AuditEntry]) -> list[Named]:
    """The entries in names; one query for all people in them."""
    people = names_of(session, {person for entry in entries for person in _people_in(entry)})
    return [_named(entry, people) for entry in entries]


def _people_in(entry: AuditEntry) -> set[int]:
    """Everybody whom the entry names by an internal id."""
    ids = {entry.actor_id, *(entry.detail.get(key) for key in PEOPLE)}
    if entry.object_type == "user":
        ids.add(int(entry.object_key))
    return {person for person in ids if isinstance(person, int) and person}


def _named(entry: AuditEntry, people: Mapping[int, str]) -> Named:
    said = {key: people.get(value, "–") if key in PEOPLE else value for key, value in entry.detail.items() if value is not None}
    is_person = entry.object_type == "user"
    return Named(
        who=people.get(entry.actor_id or 0) or gettext(ACTOR_KINDS[entry.actor_kind]),
        act=gettext(NAMES[entry.act]) if entry.act in NAMES else "",
        on_what=people.get(int(entry.object_key), "–") if is_person else entry.object_key,
        is_person=is_person,
        detail={key: _plain(value) for key, value in said.items() if type(value) is not int or key in COUNTS},
    )


def _plain(value: object) -> object:
    return ", ".join(str(one) for one in value) if isinstance(value, list) else value
