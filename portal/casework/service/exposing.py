"""Reporting personal data in a public text, and an officer's word on it. In words: ``docs/rules/exposed.md``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.audit import service as audit
from portal.casework import policy
from portal.casework.exposed import queries
from portal.casework.exposed.adding import add_passage, add_picture
from portal.casework.exposed.models import ExposedPassage
from portal.casework.exposed.rules import LEAST, MOST, OF_TEXT, PassageState, What, key_of, matches, stands_in
from portal.casework.models import Case, CaseEvent
from portal.casework.pictures.queries import for_everybody
from portal.casework.pictures.rules import PictureState
from portal.casework.rules import Act, WordsKind
from portal.casework.service.door import Extra, Said, act_on, allow
from portal.casework.service.picturing import hide_reported_picture
from portal.casework.service.public_words import public_words, replace_everywhere
from portal.casework.texts import required
from portal.db.revision import raise_public_revision
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_, Message

REPORTED = "case.passage_reported"


@dataclass(frozen=True)
class Reported:
    """What came of a report: how many places were hidden at once, whether it waits, whether an officer had let it stand."""

    hidden: int = 0
    waits: bool = False
    stands: bool = False


def report_passage(session: Session, actor: Actor, now: datetime, case: Case, passage: str, what: str) -> Reported:
    """Anybody says that this passage is personal data. Raises ``NotFound`` where nothing is public, ``Invalid`` by field."""
    texts = public_words(session, case)
    words, kind = _checked(texts, passage, what)
    known = {row.key: row for row in queries.of_case(session, case) if row.key}
    found = matches(texts, words)
    fresh = [one for one in found if _is_fresh(known.get(one.key))]
    if fresh:
        _hide_at_once(session, actor, now, case, {one.text: one.what for one in fresh}, known)
        return Reported(hidden=len(fresh))
    before = [row for key in {one.key for one in found} or {key_of(words)} if (row := known.get(key))]
    for row in before:
        row.reports += 1
    if before:
        session.flush()
        return Reported(stands=all(row.state is PassageState.STANDS for row in before), waits=False)
    row = add_passage(session, now, case, PassageState.REPORTED, kind, words)
    audit.record(session, actor, now, REPORTED, "case", case.number, agency_id=case.agency_id, detail={"serial": row.serial})
    return Reported(waits=True)


def report_picture(session: Session, actor: Actor, now: datetime, case: Case, address: str) -> Reported:
    """Anybody says that a public picture shows personal data: it stays, and an officer looks. Raises ``NotFound``."""
    picture = for_everybody(session, case.number, address)
    if picture is None or picture.state is not PictureState.RELEASED:
        raise NotFound
    known = next((row for row in queries.of_case(session, case) if row.key == address), None)
    if known is not None:
        known.reports += 1
        session.flush()
        return Reported(stands=known.state is PassageState.STANDS)
    row = add_picture(session, now, picture)
    audit.record(session, actor, now, REPORTED, "case", case.number, agency_id=case.agency_id, detail={"serial": row.serial})
    return Reported(waits=True)


def close_passage(session: Session, actor: Actor, now: datetime, row: ExposedPassage) -> CaseEvent:
    """An officer hides it for good; a picture is withdrawn."""
    case = _to_decide(actor, row)
    if row.picture is not None:
        return hide_reported_picture(session, actor, now, row.picture)
    if row.state is PassageState.REPORTED and not any(stands_in(text, row.passage) for text in public_words(session, case)):
        raise Conflict(Message(N_("The public text is another one by now; change it at the case, and let this entry stand")))
    old = row.what.waiting_mark(row.serial) if row.state is PassageState.HIDDEN else row.passage
    replace_everywhere(session, now, case, old, row.what.mark)
    return _decided(session, actor, now, case, row, Act.HIDE_PASSAGE, PassageState.CLOSED)


def let_passage_stand(session: Session, actor: Actor, now: datetime, row: ExposedPassage, why: str) -> CaseEvent:
    """An officer finds that it is nobody's personal data: it stands there again, and reports do not hide it any more."""
    case = _to_decide(actor, row)
    words = required("why", why, Message(N_("Write why it may stand")))
    if row.state is PassageState.HIDDEN:
        replace_everywhere(session, now, case, row.what.waiting_mark(row.serial), row.passage)
    act = Act.SHOW_PASSAGE if row.picture is None else Act.KEEP_PICTURE
    return _decided(session, actor, now, case, row, act, PassageState.STANDS, [Said(WordsKind.NOTE, words)])


def _checked(texts: Sequence[str], passage: str, what: str) -> tuple[str, What]:
    words = required("passage", passage, Message(N_("Paste the passage, exactly as it stands there")), MOST)
    if len(words) < LEAST or not any(stands_in(text, words) for text in texts):
        raise Invalid({"passage": [Message(N_("This does not stand in the public text; copy it from the page"))]})
    if what not in OF_TEXT:
        raise Invalid({"what": [Message(N_("Choose what it is"))]})
    return words, What(what)


def _is_fresh(row: ExposedPassage | None) -> bool:
    """Nobody has looked at it yet; what waited as a mere report is hidden once a pattern proves it."""
    return row is None or row.state is PassageState.REPORTED


def _hide_at_once(
    session: Session, actor: Actor, now: datetime, case: Case, fresh: dict[str, What], known: dict[str, ExposedPassage]
) -> None:
    serials = []
    # Longest first: a number that is part of another one must not tear it.
    for text, what in sorted(fresh.items(), key=lambda one: -len(one[0])):
        row = known.get(key_of(text))
        if row is not None and row.passage == text:
            row.state, row.what = PassageState.HIDDEN, what
        else:
            row = add_passage(session, now, case, PassageState.HIDDEN, what, text)
        serials.append(row.serial)
        replace_everywhere(session, now, case, text, what.waiting_mark(row.serial))
    act_on(session, actor, now, case, Act.HIDE_PASSAGE, Extra(detail={"serials": serials}))


def _to_decide(actor: Actor, row: ExposedPassage) -> Case:
    allow(policy.can_publish(actor, row.case))
    if row.state not in (PassageState.HIDDEN, PassageState.REPORTED):
        raise Conflict(Message(N_("Somebody has decided this one already")))
    return row.case


def _decided(
    session: Session,
    actor: Actor,
    now: datetime,
    case: Case,
    row: ExposedPassage,
    act: Act,
    state: PassageState,
    said: Sequence[Said] = (),
) -> CaseEvent:
    row.state, row.decided_by_id, row.decided_at = state, actor.user_id, now
    if state is PassageState.CLOSED:
        row.passage = row.key = ""
    raise_public_revision(session)
    detail: dict[str, Any] = {"serials": [row.serial], "decided": True}
    return act_on(session, actor, now, case, act, Extra(said, detail))
