"""The way of a case as its officers read it, newest act first: who did what, in whose words, with which files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.agencies import queries as agencies
from portal.casework import queries
from portal.casework.clock.ladder import Step
from portal.casework.clock.told import moved_by
from portal.casework.desk.icons import ICONS
from portal.casework.models import Case, CaseEvent, CaseLeftOut, CaseWords
from portal.casework.rules import ABOUT_ACTS, ANSWER_WORDS, Act, Channel, Disposition, WordsKind
from portal.casework.service.answering import REFERENCE
from portal.casework.service.door import FOR
from portal.casework.service.mailed import BY_MAIL, MAILED, UNDELIVERED
from portal.casework.service.ownership import GIVEN_BACK, RAISED, RAISED_UP, TAKEN_BACK
from portal.casework.service.publishing import FIRST
from portal.casework.service.signing import PROPOSER
from portal.files.models import StoredFile
from portal.kernel.actor import ActorKind
from portal.kernel.messages import N_, Message
from portal.kernel.quoted_text import split_quoted
from portal.kernel.thai_text import pick
from portal.web.forms import say
from portal.web.language import language

CITIZENS_OWN = frozenset({WordsKind.CITIZEN_ANSWER, WordsKind.ADDITION, WordsKind.CONTEST, WordsKind.WITHDRAWAL, WordsKind.ABOUT})
TO_CITIZEN = frozenset({*ANSWER_WORDS, WordsKind.QUESTION, WordsKind.PAUSE, WordsKind.EXTENSION})
WHO = {
    ActorKind.VISITOR: N_("The sender"),
    ActorKind.CITIZEN: N_("The sender"),
    ActorKind.USER: N_("A person who has left"),
    ActorKind.SYSTEM: N_("The system"),
}


@dataclass(frozen=True)
class Told:
    """Words of an act. ``look`` is "citizen", "answer" or "note"; ``label`` is said where an act has several words.

    ``quoted`` is what a mail only quotes, to be folded; together with ``body`` it is the text as it came.
    """

    kind: WordsKind
    label: str
    body: str
    look: str
    is_public: bool
    quoted: str = ""


@dataclass(frozen=True)
class Entry:
    """One act. ``version`` is the case's after it."""

    act: Act
    at: datetime
    icon: str
    title: str
    who: str
    more: str
    is_internal: bool
    words: Sequence[Told]
    files: Sequence[StoredFile]
    version: int
    #: Files that came along and were not kept: name and why.
    left_out: Sequence[tuple[str, str]] = ()

    @property
    def text(self) -> str:
        """The act and its words as plain text, for a conflict."""
        return "\n".join([f"{self.title} · {self.who}", *([self.more] if self.more else []), *(told.body for told in self.words)])


def entries(session: Session, case: Case, *, decides: bool = False) -> list[Entry]:
    """Every act, newest first; the number of queries does not grow with their number.

    That a case is or was kept from somebody is read by who ``decides`` alone, and the sender's words about whom only while it is.
    """
    events = [event for event in queries.history(session, case) if decides or event.act not in ABOUT_ACTS]
    hidden = frozenset() if case.guarded else frozenset({WordsKind.ABOUT})
    files, left_out = _files_by_event(session, case), queries.left_out_of(session, case)
    names = _Names(session, events)
    return [_entry(event, names, files.get(event.id, ()), hidden, left_out.get(event.id, ())) for event in reversed(events)]


def told_left_out(rows: Sequence[CaseLeftOut]) -> list[tuple[str, str]]:
    """Name and reason in the reader's language."""
    return [(row.name, say(Message(row.why, row.params))) for row in rows]


def name_of(user: User) -> str:
    """A person's official name in the reader's language."""
    return pick(language(), user.name_th, user.name_en)


def _files_by_event(session: Session, case: Case) -> dict[int, list[StoredFile]]:
    found: dict[int, list[StoredFile]] = {}
    for row in queries.files_of(session, case):
        found.setdefault(row.event_id, []).append(row.file)
    return found


class _Names:
    """Names of the people and places that the histories' codes speak of, read in two queries."""

    def __init__(self, session: Session, events: Sequence[CaseEvent]) -> None:
        people = {event.detail[key] for event in events for key in ("owner", FOR, PROPOSER, FIRST) if event.detail.get(key)}
        places = {event.detail[key] for event in events for key in ("agency", "unit") if event.detail.get(key)}
        self._people = accounts.by_ids(session, people) if people else {}
        self._places = agencies.by_ids(session, places) if places else {}

    def person(self, user_id: int | None) -> str:
        """Empty for nobody we know."""
        return name_of(self._people[user_id]) if user_id in self._people else ""

    def place(self, detail: dict[str, Any]) -> str:
        """The unit, or else the agency, that a case went to."""
        place = self._places.get(detail.get("unit") or detail.get("agency") or 0)
        return pick(language(), place.name_th, place.name_en) if place else ""


def _entry(
    event: CaseEvent, names: _Names, files: Sequence[StoredFile], hidden: frozenset[WordsKind], left_out: Sequence[CaseLeftOut]
) -> Entry:
    return Entry(
        act=event.act,
        at=event.at,
        icon=ICONS[event.act],
        title=_(title_of(event)),
        who=_who(event, names),
        more=_more(event, names),
        is_internal=not event.visible_to_citizen,
        words=[_told(words, event, place) for place, words in enumerate(event.words) if words.body and words.kind not in hidden],
        files=files,
        version=event.version,
        left_out=told_left_out(left_out),
    )


def _who(event: CaseEvent, names: _Names) -> str:
    if event.actor is None:
        return "" if _is_unproven(event) else str(_(WHO[event.actor_kind]))
    name, absent = name_of(event.actor), names.person(event.detail.get(FOR))
    return str(_("%(name)s, standing in for %(absent)s", name=name, absent=absent)) if absent else name


def title_of(event: CaseEvent) -> str:
    """English source text."""
    if event.detail.get(BY_MAIL):
        return MAILED
    if event.detail.get(RAISED):
        return RAISED_UP
    return GIVEN_BACK if event.detail.get(TAKEN_BACK) else event.act.label


def _more(event: CaseEvent, names: _Names) -> str:
    if disposition := event.detail.get("disposition"):
        return " · ".join([str(_(Disposition(disposition).label)), *_proposer(event, names)])
    if proposer := _proposer(event, names):
        return proposer[0]
    if _is_unproven(event):
        return str(_("Came by e-mail: who wrote it is not proven"))
    if event.detail.get(UNDELIVERED):
        return str(_("A mail to the sender came back: the address cannot be reached"))
    if event.detail.get("pressed"):
        return str(_("The sender says that somebody pressed for this"))
    if moved := moved_by(event.act, event.detail, language()):
        return say(moved)
    if event.act is Act.ESCALATE:
        return str(_(Step(event.detail["step"]).label))
    return names.person(event.detail.get("owner")) or names.place(event.detail)


def _proposer(event: CaseEvent, names: _Names) -> list[str]:
    if first := names.person(event.detail.get(FIRST)):
        return [_("Confirmed first by %(name)s", name=first)]
    who = names.person(event.detail.get(PROPOSER))
    return [_("Proposed by %(name)s", name=who)] if who else []


def field_label(name: str) -> str:
    """The field of an answer that was proposed, in the reader's language."""
    return str(_(N_("Their number of the matter") if name == REFERENCE else WordsKind(name).label))


def _is_unproven(event: CaseEvent) -> bool:
    """It came by mail, by itself or through an officer's hands."""
    by_itself = event.actor_kind is ActorKind.VISITOR and event.detail.get("channel") == Channel.EMAIL.value
    return bool(event.detail.get(BY_MAIL)) or by_itself


def _told(words: CaseWords, event: CaseEvent, place: int) -> Told:
    look = "citizen" if words.kind in CITIZENS_OWN else "answer" if words.kind in TO_CITIZEN else "note"
    body, quoted = split_quoted(words.body) if event.detail.get(BY_MAIL) else (words.body, "")
    if event.act is Act.PROPOSE:
        return Told(words.kind, field_label(event.detail["fields"][place]), body, look, is_public=False)
    return Told(words.kind, _(words.kind.label) if len(event.words) > 1 else "", body, look, words.is_public, quoted)
