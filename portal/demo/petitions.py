"""Petitions of the demonstration: opened, reviewed, supported press by press, and one answered in public."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.agencies.options.service import set_option
from portal.casework import service as casework
from portal.casework.models import CaseEvent
from portal.demo.reading import read
from portal.feedback.petitions import queries, service
from portal.feedback.petitions.marks import new_device
from portal.feedback.petitions.models import Petition, PetitionConfirmation
from portal.feedback.petitions.options import SUPPORTS_NETWORK, THRESHOLD
from portal.feedback.petitions.service import Proposal
from portal.kernel.actor import SYSTEM, Actor
from portal.kernel.keyring import Keyring

COORDINATOR = "coordinator@demo.example"
HOME = "opdc"
#: Small, as the invented places are.
ENOUGH, FROM_ONE_NETWORK = 20, 5
TOLD = "ข้อเสนอของท่านผ่านการตรวจและเผยแพร่แล้ว ผู้อื่นสนับสนุนได้ เมื่อถึงเกณฑ์ หน่วยงานต้องตอบต่อสาธารณะภายในวันที่ที่แสดงไว้"
NETWORK = "one network of the demonstration"


@dataclass(frozen=True)
class Stage:
    """What a petition needs to be played."""

    session: Session
    keyring: Keyring
    agencies: Mapping[str, Agency]
    coordinator: Actor


def load_petitions(session: Session, now: datetime, keyring: Keyring, agencies: Mapping[str, Agency], people: Mapping[str, User]) -> None:
    """One of each state that people look for; thresholds fit for small places."""
    stage = Stage(session, keyring, agencies, accounts.actor_for(session, people[COORDINATOR]))
    entries = read("petitions")
    for slug in sorted({entry["agency"] for entry in entries}):
        set_option(session, SYSTEM, now - timedelta(days=100), THRESHOLD, agencies[slug], ENOUGH, 0)
    set_option(session, SYSTEM, now - timedelta(days=100), SUPPORTS_NETWORK, None, FROM_ONE_NETWORK, 0)
    for place, entry in enumerate(entries):
        _play(stage, now - timedelta(days=entry["opened"], minutes=place * 17), entry, place)


def _play(stage: Stage, opened: datetime, entry: Mapping[str, Any], place: int) -> None:
    session, petition = stage.session, _open(stage, opened, entry, place)
    case = petition.case
    if "refuse" in entry:
        at = opened + timedelta(days=entry["refuse"])
        service.refuse(session, stage.coordinator, at, petition, entry["ground"], entry["reason"], row_version=case.row_version)
    if "accept" in entry:
        at = opened + timedelta(days=entry["accept"])
        service.accept(session, stage.coordinator, at, petition, case.subject, case.body, TOLD, row_version=case.row_version)
        _support(stage, at, petition, entry, place)
    if answer := entry.get("answer"):
        _answer(stage, opened + timedelta(days=answer["after"]), petition, answer)


def _open(stage: Stage, at: datetime, entry: Mapping[str, Any], place: int) -> Petition:
    proposal = Proposal(entry["agency"], entry["title"], entry["text"])
    home = stage.agencies[HOME]
    receipt = service.open_petition(stage.session, at, stage.keyring, proposal, home, f"demonstration-petition-{place}")
    petition = queries.by_slug(stage.session, receipt.case_number.lower(), lock=True)
    assert petition
    return petition


def _support(stage: Stage, since: datetime, petition: Petition, entry: Mapping[str, Any], place: int) -> None:
    presses = entry["devices"] + entry["contacts"]
    for number in range(presses):
        at = since + timedelta(days=entry["within"] * (number + 1) / (presses + 1))
        if number % 4 == 0 and number < 4 * entry["contacts"]:
            _confirm(stage, at, petition, f"supporter{place}-{number}@example.org")
        else:
            service.support(stage.session, at, stage.keyring, petition, new_device())
    for _ in range(entry.get("burst", 0)):
        service.support(stage.session, since + timedelta(days=entry["within"]), stage.keyring, petition, new_device(), NETWORK)


def _confirm(stage: Stage, at: datetime, petition: Petition, address: str) -> None:
    session, keyring = stage.session, stage.keyring
    service.ask_by_mail(session, at, keyring, petition, address, None, "th", tell=False)
    row = session.scalars(select(PetitionConfirmation)).one()
    made = service.make_link(session, at, keyring, row)
    assert made
    service.confirm(session, at, keyring, made[1])


def _answer(stage: Stage, at: datetime, petition: Petition, answer: Mapping[str, Any]) -> None:
    session, case = stage.session, petition.case
    words = {name: answer[name] for name in ("result", "disposition", "reason")}
    casework.close(session, stage.coordinator, at, case, **words, row_version=case.row_version)
    public = casework.propose_public_text(session, case, stage.keyring)
    published: CaseEvent = casework.publish(session, stage.coordinator, at, case, public.subject, public.body, public.answer)
    service.case_changed(session, case, published)
