"""Writing, asking, ordering and retiring questions. Raise ``NotAllowed``, ``Invalid`` by field, ``Conflict`` when somebody saved first."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.agencies.policy import can_administer
from portal.agencies.rules import is_slug
from portal.audit import service as audit
from portal.casework.questions import queries
from portal.casework.questions.models import Question, QuestionVersion
from portal.casework.questions.rules import Asked, fault_in
from portal.casework.questions.wording import Typed, checked
from portal.casework.topics.models import Topic
from portal.casework.topics.queries import all_topics
from portal.db.revision import raise_public_revision
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.messages import N_, Message

CURRENT_MOST = 20
KEY_MOST = 40
DEPENDS = N_("“%(question)s” depends on an answer to an earlier question, which this would take away; change that question first")


def add_question(session: Session, actor: Actor, now: datetime, agency: Agency, typed: Typed, key: str = "") -> Question:
    """A draft at the end of the form. Without ``key`` it gets one that says nothing."""
    _allow(actor, agency)
    key = key.strip().lower() or f"q-{secrets.token_hex(3)}"
    _check_new(session, agency, key)
    values = checked(typed, _topics(session, agency.id))
    last = session.scalar(select(func.max(Question.position)).where(Question.agency_id == agency.id))
    question = Question(agency=agency, key=key, position=(last or 0) + 1, row_version=0)
    question.versions = [QuestionVersion(number=1, **values)]
    _check_order(_latest([*queries.current_questions(session, agency.id), question]), key)
    session.add(question)
    return _done(session, actor, now, question, "question.added")


def edit_question(session: Session, actor: Actor, now: datetime, question: Question, typed: Typed, version: int) -> Question:
    """Other words: of a draft in its place, of a question that is asked as its next version from this moment."""
    _expect(actor, question, version)
    if question.is_retired:
        raise Conflict(Message(N_("This question is retired; ask it again first")))
    before = [one.asked.choices for one in question.versions]
    values = checked(typed, _topics(session, question.agency_id, question), before)
    if question.is_draft:
        for column, value in values.items():
            setattr(question.latest, column, value)
    else:
        _next_version(question, now, values)
    _check_order(_latest(queries.current_questions(session, question.agency_id)), question.key)
    return _done(session, actor, now, question, "question.edited")


def ask_question(session: Session, actor: Actor, now: datetime, question: Question, version: int) -> Question:
    """Put it on the form: a draft as it is, a retired one as a new version with its last words."""
    _expect(actor, question, version)
    if question.is_retired:
        _check_room(session, question.agency_id)
        _next_version(question, now, {name: getattr(question.latest, name) for name in _COPIED})
    else:
        question.latest.asked_from = question.latest.asked_from or now
    _check_on_form(session, question.agency_id, now)
    return _done(session, actor, now, question, "question.asked")


def retire_question(session: Session, actor: Actor, now: datetime, question: Question, version: int) -> Question:
    """Take it off the form; a draft that nobody has read is retired too. Answers stay."""
    _expect(actor, question, version)
    question.latest.asked_from = question.latest.asked_from or now
    question.latest.asked_until = question.latest.asked_until or now
    _check_order(_latest(queries.current_questions(session, question.agency_id)))
    return _done(session, actor, now, question, "question.retired")


def order_questions(session: Session, actor: Actor, now: datetime, agency: Agency, keys: Sequence[str]) -> None:
    """Put what is asked or drafted into this order. ``Conflict`` if these are others by now, or one would depend on a later one."""
    _allow(actor, agency)
    current = {question.key: question for question in queries.current_questions(session, agency.id)}
    if sorted(keys) != sorted(current):
        raise Conflict(Message(N_("The questions have changed since you opened the page; look at the order again")))
    _check_order(_latest([current[key] for key in keys]))
    for place, key in enumerate(keys, start=1):
        current[key].position = place
        _changed(current[key], now)
    session.flush()
    audit.record(session, actor, now, "question.ordered", "agency", agency.slug, agency_id=agency.id, detail={"questions": len(keys)})
    raise_public_revision(session)


_COPIED = ("type", "text_th", "text_en", "help_th", "help_en", "required", "kinds", "topics", "choices", "after", "after_any")


def _next_version(question: Question, now: datetime, values: Mapping[str, Any]) -> None:
    question.latest.asked_until = question.latest.asked_until or now
    question.versions.append(QuestionVersion(number=question.latest.number + 1, asked_from=now, **values))


def _allow(actor: Actor, agency: Agency) -> None:
    if not can_administer(actor, agency):
        raise NotAllowed


def _expect(actor: Actor, question: Question, version: int) -> None:
    _allow(actor, question.agency)
    if question.row_version != version:
        raise Conflict(Message(N_("Somebody else has changed this question since you opened the page; look at it again")))


def topics_to_choose(session: Session, agency_id: int, question: Question | None = None) -> list[Topic]:
    """The agency's open topics, and closed ones for which the question is meant already: leaving them out would ask it everywhere."""
    chosen = question.latest.topics if question else []
    return [topic for topic in all_topics(session, agency_id) if topic.closed_at is None or topic.slug in chosen]


def _topics(session: Session, agency_id: int, question: Question | None = None) -> list[str]:
    return [topic.slug for topic in topics_to_choose(session, agency_id, question)]


def _check_new(session: Session, agency: Agency, key: str) -> None:
    if not is_slug(key) or len(key) > KEY_MOST:
        raise Invalid({"key": [Message(N_("A name has small letters a to z, digits and single hyphens only, at most 40"))]})
    if queries.by_key(session, agency.id, key) is not None:
        raise Invalid({"key": [Message(N_("Another question of this agency has this name"))]})
    _check_room(session, agency.id)


def _check_room(session: Session, agency_id: int) -> None:
    if len(queries.current_questions(session, agency_id)) >= CURRENT_MOST:
        said = Message(N_("A form has at most %(most)s questions of its own; retire one first"), {"most": CURRENT_MOST})
        raise Invalid({"text_th": [said]})


def _latest(questions: Sequence[Question]) -> list[Asked]:
    return [question.latest.asked for question in questions]


def _check_on_form(session: Session, agency_id: int, now: datetime) -> None:
    """Of what is on the form, drafts left out: a question cannot be asked before the one that decides about it."""
    on_form = [question for question in queries.current_questions(session, agency_id) if not question.is_draft]
    _check_order(_latest(on_form))


def _check_order(questions: Sequence[Asked], own: str = "") -> None:
    """``own`` is the key of the question that is being written: then it is said at its fields, else as a ``Conflict`` of the page."""
    fault = fault_in(questions)
    if fault is None:
        return
    depends = Message(DEPENDS, {"question": fault.question.text_th})
    if fault.question.key == own:
        raise Invalid({"only_if": [Message(N_("Choose answers to an earlier question of this form"))]})
    if own:
        raise Invalid({"choices": [depends]})
    raise Conflict(depends)


def _changed(question: Question, now: datetime) -> None:
    question.changed_at = now
    question.row_version += 1


def _done(session: Session, actor: Actor, now: datetime, question: Question, act: str) -> Question:
    _changed(question, now)
    session.flush()
    detail = {"version": question.latest.number}
    audit.record(session, actor, now, act, "question", question.key, agency_id=question.agency_id, detail=detail)
    raise_public_revision(session)
    return question
