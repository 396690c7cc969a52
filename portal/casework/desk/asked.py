"""What part of the queue an address asks for; the list, the page of a case and the way to the next case read it alike.

What makes no sense is left out. On the way through a case it travels as one value, ``within``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.rules import AgencyLevel
from portal.casework import policy
from portal.casework.models import CaseTag, Topic
from portal.casework.queries import NOBODY, Filter, Narrowing
from portal.casework.rules import CaseKind
from portal.casework.service import BETWEEN
from portal.casework.tags import queries as tags
from portal.casework.topics import queries as topics
from portal.kernel.actor import CASE_ROLES, Actor
from portal.kernel.thai_text import normalise

SEARCH_MOST = 200
ME, NONE = "me", "none"
#: Without the part itself; in the order of the page.
KEYS = ("kind", "unit", "topic", "tag", "owner", "q")
_WITHIN_MOST = 1000


@dataclass(frozen=True)
class Asked:
    """A part of the queue and what narrows it."""

    shown: Filter
    text: str = ""
    kind: CaseKind | None = None
    unit: Agency | None = None
    topic: Topic | None = None
    tag: CaseTag | None = None
    #: "me", "none", or empty; ``person`` stands for somebody else.
    whose: str = ""
    person: User | None = None
    me: int | None = None

    @property
    def narrowing(self) -> Narrowing:
        """The same in ids."""
        owner = NOBODY if self.whose == NONE else self.me if self.whose == ME else self.person.id if self.person else None
        ids = (self.unit.id if self.unit else None, self.topic.id if self.topic else None, self.tag.id if self.tag else None)
        return Narrowing(self.kind, *ids, owner, self.text)

    @property
    def args(self) -> dict[str, str]:
        """The same for an address, without the part and without what narrows nothing."""
        owner = self.person.public_id if self.person else self.whose
        topic = topic_code(self.topic) if self.topic else ""
        values = (self.kind.value if self.kind else "", self.unit.slug if self.unit else "", topic, self.tag.key if self.tag else "", owner)
        return {key: value for key, value in zip(KEYS, (*values, self.text), strict=True) if value}

    @property
    def within(self) -> str | None:
        """The same as one value; None if nothing narrows the part."""
        return urlencode(self.args) or None


def topic_code(topic: Topic) -> str:
    """Two agencies may have topics of the same slug."""
    return f"{topic.agency.slug}{BETWEEN}{topic.slug}"


def home_filter(actor: Actor) -> Filter:
    """Where an officer's day begins: whoever assigns sees every open case, everybody else their own."""
    return Filter.OPEN if actor.has_role(*policy.DECIDERS) else Filter.MINE


def read_asked(session: Session, actor: Actor, args: Mapping[str, str]) -> Asked:
    """From the values of an address or a form."""
    text = " ".join(normalise(args.get("q", ""))[:SEARCH_MOST].split())
    wanted, owner = args.get("filter", ""), args.get("owner", "")
    # A search without a chosen part looks through everything, closed cases too.
    shown = Filter(wanted) if wanted in list(Filter) else Filter.OPEN if text else home_filter(actor)
    return Asked(
        shown,
        text,
        CaseKind(args["kind"]) if args.get("kind") in list(CaseKind) else None,
        _unit(session, actor, args.get("unit", "")),
        _topic(session, actor, args.get("topic", "")),
        tags.by_key(session, actor, args.get("tag", "")),
        owner if owner in (ME, NONE) else "",
        next((user for user in colleagues(session, actor) if user.public_id == owner), None) if len(owner) > len(NONE) else None,
        actor.user_id,
    )


def read_within(within: str) -> dict[str, str]:
    """The values that ``Asked.within`` holds; anything may be given."""
    pairs = parse_qsl(within[:_WITHIN_MOST])
    return {key: value for key, value in pairs if key in KEYS}


def colleagues(session: Session, actor: Actor) -> list[User]:
    """Who works cases where the actor does, by name."""
    return list(accounts.holders(session, actor.agencies(*CASE_ROLES), CASE_ROLES))


def _unit(session: Session, actor: Actor, slug: str) -> Agency | None:
    unit = agencies.by_slug(session, slug) if slug else None
    known = unit is not None and unit.level is AgencyLevel.DIVISION and unit.parent_id in actor.agencies(*CASE_ROLES)
    return unit if known else None


def _topic(session: Session, actor: Actor, code: str) -> Topic | None:
    slug, between, name = code.partition(BETWEEN)
    agency = agencies.by_slug(session, slug) if between else None
    return topics.by_slug(session, agency.id, name) if agency is not None and agency.id in actor.agencies(*CASE_ROLES) else None
