"""What stands around the cases: topics of the form, heads and substitutes, requests about personal data."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.heads import service as heads
from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.casework.models import Case
from portal.casework.routing_rules.queries import state_of
from portal.casework.routing_rules.service import Typed, add_rule
from portal.casework.topics.service import add_topic
from portal.demo.reading import read
from portal.kernel.actor import CITIZEN, Actor
from portal.kernel.keyring import Keyring
from portal.privacy import service as privacy
from portal.privacy.rules import Right
from portal.privacy.service import Asked

ADMINISTRATOR = "admin@demo.example"


def load_topics(session: Session, now: datetime, agencies: Mapping[str, Agency], people: Mapping[str, User]) -> None:
    """What the form of each agency lets people choose from."""
    actor = _administrator(session, people)
    for entry in read("topics"):
        for topic in entry["topics"]:
            add_topic(session, actor, now, agencies[entry["agency"]], topic["th"], topic["en"], mission=topic.get("mission", ""))


def load_routing(session: Session, now: datetime, agencies: Mapping[str, Agency], people: Mapping[str, User]) -> None:
    """Where matters go inside an agency; before the cases, which follow these rules."""
    actor = _administrator(session, people)
    for entry in read("routing"):
        agency, at = agencies[entry["agency"]], now - timedelta(days=entry["days_ago"])
        for rule in entry["rules"]:
            typed = Typed(**{**rule, "words": "\n".join(rule.get("words", ()))})
            add_rule(session, actor, at, agency, typed, state_of(session, agency.id))


def load_posts(session: Session, now: datetime, agencies: Mapping[str, Agency], people: Mapping[str, User]) -> None:
    """Who heads what and who stands in: whom a case about one of them is kept from."""
    actor = _administrator(session, people)
    for entry in read("posts"):
        head = people[entry["head"]]
        heads.set_head(session, actor, now, agencies[entry["unit"]], head, version=0)
        if entry.get("stands_in"):
            heads.set_substitute(session, actor, now, head, people[entry["stands_in"]], before=None)


def load_requests(session: Session, now: datetime, keyring: Keyring, cases: Sequence[Case]) -> None:
    """Senders ask for what is kept about them, or that it goes; the privacy officer has yet to decide."""
    for entry in read("requests"):
        case = next(case for case in cases if case.subject == entry["case"])
        asked = Asked(Right(entry["right"]), entry["parts"], entry["words"])
        privacy.ask(session, CITIZEN, now - timedelta(days=entry["days_ago"]), keyring, case, asked)


def _administrator(session: Session, people: Mapping[str, User]) -> Actor:
    return accounts.actor_for(session, people[ADMINISTRATOR])
