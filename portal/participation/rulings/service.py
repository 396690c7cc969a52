"""Accepting or refusing one fact."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.audit import service as audit
from portal.casework.texts import problem, tidy
from portal.db.revision import raise_public_revision
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid, NotAllowed, NotFound
from portal.kernel.messages import N_, Message
from portal.participation.assessing import policy
from portal.participation.assessing.dossiers import fact_of
from portal.participation.assessing.near import near_to
from portal.participation.following import follow
from portal.participation.rulings.made import made_by
from portal.participation.rulings.models import EvidenceRuling

REASON_MOST = 4000
OWN = Message(N_("You made this record yourself; another assessor rules on it"))
#: What may be decided of a fact.
DECISIONS = {"accept": N_("Accept: it counts"), "refuse": N_("Refuse: it does not count")}


@dataclass(frozen=True)
class Which:
    """A fact by the tag of its shape and its key."""

    kind: str
    key: str


def rule(
    session: Session, actor: Actor, now: datetime, agency: Agency, fiscal_year: int, which: Which, decision: str, reason: str
) -> EvidenceRuling:
    """Write the ruling down; the level follows at once. Raises ``Invalid`` for "decision" and "reason", ``NotFound`` for no such fact."""
    user_id = policy.check(actor, near_to(session, actor), agency.id)
    if fact_of(session, agency.id, fiscal_year, which.kind, which.key) is None:
        raise NotFound
    if made_by(session, now, agency, fiscal_year, which.kind, which.key, user_id):
        raise NotAllowed(OWN)
    words = _checked(decision, tidy(reason))
    row = EvidenceRuling(
        agency_id=agency.id,
        fiscal_year=fiscal_year,
        kind=which.kind,
        key=which.key,
        accepted=decision == "accept",
        reason=words,
        at=now,
        by_id=user_id,
    )
    session.add(row)
    act = "ruling.accepted" if row.accepted else "ruling.refused"
    detail = {"year": fiscal_year, "kind": which.kind, "key": which.key}
    audit.record(session, actor, now, act, "score", f"{agency.slug}-{fiscal_year}", agency_id=agency.id, detail=detail)
    session.flush()
    follow(session, now, agency, fiscal_year)
    raise_public_revision(session)
    return row


def _checked(decision: str, reason: str) -> str:
    wrong: dict[str, list[Message]] = {}
    if decision not in DECISIONS:
        wrong["decision"] = [Message(N_("Choose whether it is accepted or refused"))]
    if fault := problem(reason, Message(N_("Write the reason; everybody reads it")), REASON_MOST):
        wrong["reason"] = [fault]
    if wrong:
        raise Invalid(wrong)
    return reason
