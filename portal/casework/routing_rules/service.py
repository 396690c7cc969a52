"""Adding, ending and ordering rules. Raise ``NotAllowed``, ``Invalid`` by field, ``Conflict`` when somebody changed the table first."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.agencies import areas
from portal.agencies import queries as agencies
from portal.agencies.models import Agency, Mission
from portal.agencies.policy import can_administer
from portal.agencies.rules import is_item_code
from portal.audit import service as audit
from portal.casework.routing_rules.models import RoutingRule
from portal.casework.routing_rules.queries import rules_of, state_of
from portal.casework.routing_rules.rules import DAYS_MOST, RULES_MOST, WORD_MOST, WORDS_MOST
from portal.casework.rules import CaseKind, Channel
from portal.casework.texts import tidy_line, too_long
from portal.casework.topics import queries as topics
from portal.kernel.actor import CASE_ROLES, Actor
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import fold_digits

NOTE_MOST = 200
CHANGED = Message(N_("Somebody else has changed the rules since you opened the page; look at them again"))
CHOOSE = Message(N_("Choose one of the answers"))


@dataclass(frozen=True)
class Typed:
    """A rule as it was typed: codes, slugs, one word or place a line."""

    kinds: Sequence[str] = ()
    channels: Sequence[str] = ()
    topic: str = ""
    mission: str = ""
    words: str = ""
    places: str = ""
    urgent: bool = False
    unit: str = ""
    officer: str = ""
    days: str = ""
    note: str = ""
    place: str = ""


@dataclass
class _Checking:
    """Faults by field, gathered while a rule is read."""

    wrong: dict[str, list[Message]] = field(default_factory=dict)

    def fault(self, name: str, message: Message) -> None:
        self.wrong.setdefault(name, []).append(message)


def checked(session: Session, now: datetime, agency: Agency, typed: Typed) -> RoutingRule:
    """The rule, not yet stored; raises ``Invalid`` with every field at fault."""
    checking = _Checking()
    rule = RoutingRule(
        agency_id=agency.id,
        position=0,
        kinds=_codes(checking, "kinds", typed.kinds, CaseKind),
        channels=_codes(checking, "channels", typed.channels, Channel),
        topic_id=_topic(checking, session, agency, typed.topic),
        mission=_mission(checking, session, agency, typed.mission),
        words=_words(checking, typed.words),
        places=_places(checking, typed.places),
        urgent=typed.urgent,
        unit_id=_unit(checking, session, agency, typed.unit),
        officer_id=_officer(checking, session, agency, typed.officer),
        days=_number(checking, "days", typed.days, DAYS_MOST),
        note=tidy_line(typed.note),
        added_at=now,
    )
    _number(checking, "place", typed.place, RULES_MOST)
    if len(rule.note) > NOTE_MOST:
        checking.fault("note", too_long(NOTE_MOST))
    if checking.wrong:
        raise Invalid(checking.wrong)
    return rule


def add_rule(session: Session, actor: Actor, now: datetime, agency: Agency, typed: Typed, seen: int) -> RoutingRule:
    """Add a rule at its place, or at the end. ``seen`` is the ``state_of`` the table that the person saw."""
    _allow(session, actor, agency, seen)
    rule, held = checked(session, now, agency, typed), rules_of(session, agency.id)
    if len(held) >= RULES_MOST:
        raise Invalid({"": [Message(N_("An agency has at most %(most)s rules; end one first"), {"most": RULES_MOST})]})
    place = int(fold_digits(typed.place).strip() or len(held) + 1)
    held.insert(place - 1, rule)
    session.add(rule)
    _number_anew(held)
    return _done(session, actor, now, agency, rule, "routing_rule.added")


def end_rule(session: Session, actor: Actor, now: datetime, agency: Agency, place: int, seen: int) -> RoutingRule:
    """End the rule at this place, counted from 1; what it placed stays."""
    _allow(session, actor, agency, seen)
    held = rules_of(session, agency.id)
    if not 1 <= place <= len(held):
        raise Conflict(CHANGED)
    rule = held[place - 1]
    rule.ended_at = now
    _number_anew(held[: place - 1] + held[place:])
    return _done(session, actor, now, agency, rule, "routing_rule.ended")


def order_rules(session: Session, actor: Actor, now: datetime, agency: Agency, places: Sequence[int], seen: int) -> None:
    """Put the rules into this order: ``places`` are the places (from 1) at which they stand now."""
    _allow(session, actor, agency, seen)
    held = rules_of(session, agency.id)
    if sorted(places) != list(range(1, len(held) + 1)):
        raise Conflict(CHANGED)
    _number_anew([held[place - 1] for place in places])
    session.flush()
    audit.record(session, actor, now, "routing_rule.ordered", "agency", agency.slug, agency_id=agency.id, detail={"rules": len(held)})


def _allow(session: Session, actor: Actor, agency: Agency, seen: int) -> None:
    if not can_administer(actor, agency):
        raise NotAllowed
    if state_of(session, agency.id) != seen:
        raise Conflict(CHANGED)


def _number_anew(rules: Sequence[RoutingRule]) -> None:
    for position, rule in enumerate(rules, start=1):
        rule.position = position


def _codes(checking: _Checking, name: str, values: Sequence[str], codes: type[CaseKind] | type[Channel]) -> list[str]:
    known = [code.value for code in codes]
    if any(value not in known for value in values):
        checking.fault(name, CHOOSE)
    return [code for code in known if code in values]


def _topic(checking: _Checking, session: Session, agency: Agency, slug: str) -> int | None:
    if not slug:
        return None
    topic = topics.by_slug(session, agency.id, slug)
    if topic is None or topic.closed_at is not None:
        checking.fault("topic", CHOOSE)
        return None
    return topic.id


def _mission(checking: _Checking, session: Session, agency: Agency, code: str) -> Mission | None:
    found = agencies.mission(session, agency.id, code) if is_item_code(code) else None
    if code and found is None:
        checking.fault("mission", CHOOSE)
    return found


def _words(checking: _Checking, text: str) -> list[str]:
    lines = list(dict.fromkeys(line for line in map(tidy_line, text.splitlines()) if line))
    if len(lines) > WORDS_MOST:
        checking.fault("words", Message(N_("At most %(most)s lines"), {"most": WORDS_MOST}))
    for line in lines:
        if not 2 <= len(line) <= WORD_MOST:
            message = N_("“%(line)s” is too short or too long; a word has %(least)s to %(most)s letters")
            checking.fault("words", Message(message, {"line": line[:WORD_MOST], "least": 2, "most": WORD_MOST}))
    return lines[:WORDS_MOST]


def _places(checking: _Checking, text: str) -> list[str]:
    try:
        return areas.read_lines(text)
    except Invalid as invalid:
        for message in invalid.fields["area"]:
            checking.fault("places", message)
        return []


def _unit(checking: _Checking, session: Session, agency: Agency, slug: str) -> int | None:
    if not slug or slug == agency.slug:
        return None
    unit = agencies.by_slug(session, slug)
    if unit is None or unit.is_closed or agencies.root_of(session, unit).id != agency.id:
        checking.fault("unit", CHOOSE)
        return None
    return unit.id


def _officer(checking: _Checking, session: Session, agency: Agency, email: str) -> int | None:
    if not email:
        return None
    user = next((user for user in officers_of(session, agency) if user.email == email), None)
    if user is None:
        checking.fault("officer", Message(N_("This person cannot be given cases of this agency")))
        return None
    return user.id


def officers_of(session: Session, agency: Agency) -> Sequence[User]:
    """Whom a rule of the agency may name."""
    return accounts.workers_of(session, agency.id, CASE_ROLES)


def _number(checking: _Checking, name: str, text: str, most: int) -> int | None:
    folded = fold_digits(text).strip()
    if not folded:
        return None
    if not (folded.isascii() and folded.isdecimal()) or len(folded) > 4 or not 1 <= int(folded) <= most:
        checking.fault(name, Message(N_("Write a whole number from %(least)s to %(most)s"), {"least": 1, "most": most}))
        return None
    return int(folded)


def _done(session: Session, actor: Actor, now: datetime, agency: Agency, rule: RoutingRule, act: str) -> RoutingRule:
    session.flush()
    audit.record(session, actor, now, act, "agency", agency.slug, agency_id=agency.id, detail={"rule": rule.id, "place": rule.position})
    return rule
