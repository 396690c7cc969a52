"""Confirming a level."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.audit import service as audit
from portal.casework.texts import problem, tidy
from portal.db.revision import raise_public_revision
from portal.kernel.actor import Actor
from portal.kernel.errors import Invalid, NotFound
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import fold_digits
from portal.participation.assessing import policy
from portal.participation.assessing.near import near_to
from portal.participation.confirmations.models import Confirmation
from portal.participation.following import follow
from portal.participation.rules.scales import LEVELS
from portal.participation.scores.models import Score

REASON_MOST = 4000


@dataclass(frozen=True)
class Typed:
    """What the assessor typed."""

    level: str = ""
    reason: str = ""
    difference: str = ""


def confirm(session: Session, actor: Actor, now: datetime, agency: Agency, fiscal_year: int, scale: str, typed: Typed) -> Confirmation:
    """Write down the level with its reasons; the computed one stays what it is.

    Raises ``Invalid`` for "level", "reason" and, where both levels differ, "difference"; ``NotFound`` for what was never computed.
    """
    user_id = policy.check(actor, near_to(session, actor), agency.id)
    computed = _computed(session, agency, fiscal_year, scale)
    level, reason, difference = _checked(typed, computed.level)
    row = Confirmation(
        agency_id=agency.id,
        fiscal_year=fiscal_year,
        scale=scale,
        level=level,
        computed_level=computed.level,
        reason=reason,
        difference=difference,
        at=now,
        by_id=user_id,
    )
    session.add(row)
    detail = {"year": fiscal_year, "scale": scale, "level": level, "computed": computed.level}
    audit.record(session, actor, now, "level.confirmed", "score", f"{agency.slug}-{fiscal_year}", agency_id=agency.id, detail=detail)
    session.flush()
    follow(session, now, agency, fiscal_year)
    raise_public_revision(session)
    return row


def _computed(session: Session, agency: Agency, fiscal_year: int, scale: str) -> Score:
    mine = (Score.agency_id == agency.id, Score.fiscal_year == fiscal_year, Score.scale == scale)
    found = session.scalar(select(Score).where(*mine))
    if found is None:
        raise NotFound
    return found


def _checked(typed: Typed, computed: int | None) -> tuple[int, str, str]:
    wrong: dict[str, list[Message]] = {}
    level, reason, difference = fold_digits(typed.level.strip()), tidy(typed.reason), tidy(typed.difference)
    if level not in [str(number) for number in range(LEVELS + 1)]:
        wrong["level"] = [Message(N_("Choose the level that you confirm"))]
    if fault := problem(reason, Message(N_("Write the reason; everybody reads it")), REASON_MOST):
        wrong["reason"] = [fault]
    differs = "level" not in wrong and (computed is None or int(level) != computed)
    asked = Message(N_("The level differs from the computed one: write why; everybody reads it")) if differs else None
    if fault := problem(difference, asked, REASON_MOST):
        wrong["difference"] = [fault]
    if wrong:
        raise Invalid(wrong)
    return int(level), reason, difference if differs else ""
