"""What a change of an option will do to what goes on now; said before it is done."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from portal.agencies.options import Option, OptionKind
from portal.casework.models import Case, PublicCase
from portal.casework.options import API_OPEN, FORM_OPEN, KINDS_OFFERED, PUBLICATION_ON, SIGNED_KINDS
from portal.casework.rules import KIND_LABELS, CaseKind, Channel, PublicState
from portal.casework.signing.queries import count_signatories, count_waiting
from portal.kernel.messages import N_, Message
from portal.privacy.rules.retention import PERIODS
from portal.privacy.service import due
from portal.web.clock import now

Warn = Callable[[Session, int | None, Any], list[Message]]


def consequences(session: Session, option: Option, agency_id: int | None, before: Any, after: Any) -> list[Message]:
    """Sentences that a person should read first; none where the change hurts nothing. Guarded cases are in no count."""
    if before == after:
        return []
    if option.key in WARNINGS:
        return WARNINGS[option.key](session, agency_id, after)
    if option.kind is OptionKind.SWITCH and not after:
        return [Message(N_("“%(what)s” will be off at once"), {"what": Message(option.label)})]
    return []


def _form_open(session: Session, agency_id: int | None, after: Any) -> list[Message]:
    if after:
        return []
    said = Message(N_("From now on nobody can send a new matter on the website; the page shows your sentence instead"))
    return [said, _going_on(_open(session, agency_id))]


def _kinds(session: Session, agency_id: int | None, after: Any) -> list[Message]:
    dropped = [kind for kind in CaseKind if kind.value not in after]
    counts = {kind: _open(session, agency_id, Case.kind == kind) for kind in dropped}
    text = N_("“%(kind)s” is no longer offered; %(count)s open cases of it go on")
    return [Message(text, {"kind": Message(KIND_LABELS[kind]), "count": f"{count:,}"}) for kind, count in counts.items() if count]


def _publication(session: Session, agency_id: int | None, after: Any) -> list[Message]:
    if after:
        return []
    waiting = _public(session, agency_id, PublicState.PROPOSED)
    published = _public(session, agency_id, PublicState.PUBLISHED)
    text = N_(
        "%(waiting)s texts that wait for an officer cannot be published; %(published)s published ones stay until somebody withdraws them"
    )
    return [Message(text, {"waiting": f"{waiting:,}", "published": f"{published:,}"})]


def _api(session: Session, agency_id: int | None, after: Any) -> list[Message]:
    if after:
        return []
    sent = _open(session, agency_id, Case.channel == Channel.API)
    return [Message(N_("Systems that send matters get an error from now on; %(count)s open cases came that way"), {"count": f"{sent:,}"})]


def _signed(session: Session, agency_id: int | None, after: Any) -> list[Message]:
    said = []
    if after and agency_id is not None and (people := count_signatories(session, agency_id)) < 2:
        text = N_("%(count)s person may sign for the whole agency. Nobody signs what they proposed themselves: name a head or a substitute")
        said.append(Message(text, {"count": people}))
    if waits := count_waiting(session, agency_id):
        said.append(Message(N_("%(count)s answers wait for a signature; they can still be signed"), {"count": f"{waits:,}"}))
    return said


def _kept(option: Option) -> Warn:
    """A shorter period lets go at once of what its longer one still kept."""

    def warn(session: Session, _agency_id: int | None, after: Any) -> list[Message]:
        at, parts = now(), [part for part, found in PERIODS.items() if found is option]
        return [
            Message(
                N_("%(what)s: %(count)s would be erased from now on, a few every minute"),
                {"what": Message(part.label), "count": f"{gone:,}"},
            )
            for part in parts
            if (gone := sum(one.count for one in due(session, at, {part: after})))
        ]

    return warn


def _going_on(count: int) -> Message:
    return Message(N_("%(count)s open cases go on, and tracking stays open"), {"count": f"{count:,}"})


def _open(session: Session, agency_id: int | None, criterion: ColumnElement[bool] | None = None) -> int:
    counted = select(func.count()).select_from(Case).where(Case.is_open, Case.guarded.is_(False), _of(agency_id))
    return session.scalar(counted if criterion is None else counted.where(criterion)) or 0


def _public(session: Session, agency_id: int | None, state: PublicState) -> int:
    counted = select(func.count()).select_from(PublicCase).join(PublicCase.case).where(PublicCase.state == state, _of(agency_id))
    return session.scalar(counted.where(Case.guarded.is_(False))) or 0


def _of(agency_id: int | None) -> ColumnElement[bool]:
    return true() if agency_id is None else Case.agency_id == agency_id


WARNINGS: Mapping[str, Warn] = {
    FORM_OPEN.key: _form_open,
    KINDS_OFFERED.key: _kinds,
    PUBLICATION_ON.key: _publication,
    API_OPEN.key: _api,
    SIGNED_KINDS.key: _signed,
    **{option.key: _kept(option) for option in PERIODS.values()},
}
