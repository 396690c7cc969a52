"""Handing in the self-assessment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.audit import service as audit
from portal.casework.texts import optional, required
from portal.db.revision import raise_public_revision
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import office_day
from portal.kernel.thai_text import fold_digits
from portal.participation.claims import policy
from portal.participation.claims.models import Claim, ClaimedLevel
from portal.participation.claims.rules import is_open
from portal.participation.following import follow
from portal.participation.rules.scales import LEVELS
from portal.participation.scores.scored import freeze_days

REASON_MOST = 4000
CLOSED = Message(N_("This year is closed, or has not begun: no self-assessment can be handed in for it"))


@dataclass(frozen=True)
class Typed:
    """What was typed for one scale."""

    level: str = ""
    reason_th: str = ""
    reason_en: str = ""


def hand_in(
    session: Session, actor: Actor, now: datetime, agency: Agency, fiscal_year: int, scales: Sequence[str], typed: Mapping[str, Typed]
) -> Claim:
    """A new version that holds from now on; ``scales`` are the codes that hold for the agency in the year (B.E.).

    Raises ``Invalid`` for ``level_<scale>``, ``reason_th_<scale>`` and ``reason_en_<scale>``, ``Conflict`` where the year takes none.
    """
    if not policy.can_claim(actor, agency.id) or actor.user_id is None:
        raise NotAllowed
    if not is_open(fiscal_year, office_day(now), freeze_days(session)):
        raise Conflict(CLOSED)
    levels = _checked(scales, typed)
    session.get(Agency, agency.id, with_for_update=True)  # two at once must not get one number
    claim = Claim(
        agency_id=agency.id,
        fiscal_year=fiscal_year,
        number=_next_number(session, agency.id, fiscal_year),
        by_id=actor.user_id,
        handed_in_at=now,
        levels=levels,
    )
    session.add(claim)
    detail = {"year": fiscal_year, "number": claim.number, **{row.scale: row.level for row in levels}}
    audit.record(session, actor, now, "claim.handed_in", "score", f"{agency.slug}-{fiscal_year}", agency_id=agency.id, detail=detail)
    session.flush()
    follow(session, now, agency, fiscal_year)
    raise_public_revision(session)
    return claim


def _next_number(session: Session, agency_id: int, fiscal_year: int) -> int:
    last = select(func.max(Claim.number)).where(Claim.agency_id == agency_id, Claim.fiscal_year == fiscal_year)
    return (session.scalar(last) or 0) + 1


def _checked(scales: Sequence[str], typed: Mapping[str, Typed]) -> list[ClaimedLevel]:
    """A row for each scale; raises ``Invalid`` with every field at fault."""
    wrong: dict[str, Sequence[Message]] = {}
    rows = []
    for scale in scales:
        try:
            rows.append(_level(scale, typed.get(scale, Typed())))
        except Invalid as invalid:
            wrong |= invalid.fields
    if wrong:
        raise Invalid(wrong)
    return rows


def _level(scale: str, typed: Typed) -> ClaimedLevel:
    wrong: dict[str, Sequence[Message]] = {}
    level, texts = fold_digits(typed.level.strip()), {"reason_th": "", "reason_en": ""}
    if level not in [str(number) for number in range(LEVELS + 1)]:
        wrong[f"level_{scale}"] = [Message(N_("Choose the level that the agency claims"))]
    for name, text in (("reason_th", typed.reason_th), ("reason_en", typed.reason_en)):
        try:
            field = f"{name}_{scale}"
            empty = Message(N_("Write why the agency stands on this level"))
            texts[name] = required(field, text, empty, REASON_MOST) if name == "reason_th" else optional(field, text, REASON_MOST)
        except Invalid as invalid:
            wrong |= invalid.fields
    if wrong:
        raise Invalid(wrong)
    return ClaimedLevel(scale=scale, level=int(level), **texts)
