"""Adding and ending rules of how long an answer may take; none is ever edited (``docs/rules/clock.md``)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.agencies.policy import can_administer
from portal.agencies.rules import AgencyKind
from portal.audit import service as audit
from portal.casework.models import DeadlineRuleRow
from portal.casework.queries.deadlines import rules_of
from portal.casework.rules import CaseKind
from portal.casework.rules.deadlines import ACKNOWLEDGE_MOST, DAYS_MOST, FINAL_MOST, YEARS_AHEAD
from portal.db.revision import raise_public_revision
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import fiscal_year as fiscal_year_of
from portal.kernel.thai_text import fold_digits, normalise
from portal.kernel.written_day import buddhist_year

BASIS_MOST = 300


@dataclass(frozen=True)
class Deadline:
    """A rule as it was typed; codes may be empty for "every"."""

    days: str
    working: bool
    from_fiscal_year: str
    case_kind: str
    agency_kind: str
    basis_th: str
    basis_en: str
    #: Only for matters in which somebody's life is in danger.
    urgent: bool = False
    #: Working days until an officer takes it up; empty for the portal's standard.
    acknowledge_days: str = ""
    #: Days until the final answer; empty for none.
    final_days: str = ""


def checked(now: datetime, agency: Agency | None, typed: Deadline) -> DeadlineRuleRow:
    """The rule ready to be added, not yet in any session; raises ``Invalid`` by field."""
    wrong: dict[str, list[Message]] = {}
    days = _days(wrong, "days", typed.days, DAYS_MOST) or 0
    acknowledge = _days(wrong, "acknowledge_days", typed.acknowledge_days, ACKNOWLEDGE_MOST, optional=True)
    final = _days(wrong, "final_days", typed.final_days, FINAL_MOST, least=days or 1, optional=True)
    year = _year(wrong, now, typed.from_fiscal_year)
    bases = _basis(wrong, "basis_th", typed.basis_th), _basis(wrong, "basis_en", typed.basis_en)
    if typed.case_kind and typed.case_kind not in list(CaseKind):
        wrong["case_kind"] = [Message(N_("Choose from the options only"))]
    if typed.agency_kind and (agency is not None or typed.agency_kind not in list(AgencyKind)):
        wrong["agency_kind"] = [Message(N_("Choose from the options only"))]
    if wrong:
        raise Invalid(wrong)
    return DeadlineRuleRow(
        agency_id=agency.id if agency else None,
        agency_kind=AgencyKind(typed.agency_kind) if typed.agency_kind else None,
        case_kind=CaseKind(typed.case_kind) if typed.case_kind else None,
        from_fiscal_year=year,
        urgent=typed.urgent,
        days=days,
        working=typed.working,
        acknowledge_days=acknowledge,
        final_days=final,
        basis_th=bases[0],
        basis_en=bases[1],
        added_at=now,
    )


def add_deadline(session: Session, actor: Actor, now: datetime, agency: Agency | None, typed: Deadline, seen: int) -> DeadlineRuleRow:
    """Add a rule for an agency, or for everybody without one. ``seen`` is the ``state_of`` the list that the person saw.

    Raises ``NotAllowed``, ``Invalid`` by field, ``Conflict`` when somebody has added or ended a rule since.
    """
    _allow(session, actor, agency, seen)
    rule = checked(now, agency, typed)
    session.add(rule)
    session.flush()
    _record(session, actor, now, "deadline.added", agency, rule)
    return rule


def end_deadline(session: Session, actor: Actor, now: datetime, agency: Agency | None, place: int, seen: int) -> None:
    """End the rule at this place (0 is the first) of ``rules_of``. Raises ``NotAllowed``, and ``Conflict`` as ``add_deadline``."""
    _allow(session, actor, agency, seen)
    rules = rules_of(session, agency.id if agency else None)
    if not 0 <= place < len(rules) or rules[place].ended_at is not None:
        raise Conflict
    rules[place].ended_at = now
    session.flush()
    _record(session, actor, now, "deadline.ended", agency, rules[place])


def state_of(session: Session, agency: Agency | None) -> int:
    """Grows with every rule that is added or ended, so that a form filled in for an earlier list is noticed."""
    rules = rules_of(session, agency.id if agency else None)
    return len(rules) + sum(rule.ended_at is not None for rule in rules)


def _allow(session: Session, actor: Actor, agency: Agency | None, seen: int) -> None:
    if not can_administer(actor, agency):
        raise NotAllowed
    if state_of(session, agency) != seen:
        raise Conflict(Message(N_("Somebody else has changed the deadlines since you opened the page; look at them again")))


def _days(wrong: dict[str, list[Message]], field: str, text: str, most: int, least: int = 1, *, optional: bool = False) -> int | None:
    folded = fold_digits(text).strip()
    if optional and not folded:
        return None
    if not folded.isdecimal() or len(folded) > 4 or not least <= int(folded) <= most:
        wrong[field] = [Message(N_("Write a whole number from %(least)s to %(most)s"), {"least": least, "most": most})]
        return None
    return int(folded)


def _year(wrong: dict[str, list[Message]], now: datetime, text: str) -> int:
    folded, this = fold_digits(text).strip(), fiscal_year_of(now)
    year = int(folded) if folded.isdecimal() and len(folded) == 4 else 0
    if this <= year <= this + YEARS_AHEAD:
        return year
    meant = buddhist_year(year)
    if meant and meant != year:
        wrong["from_fiscal_year"] = [Message(N_("Write the year in B.E.; %(typed)s is %(meant)s"), {"typed": year, "meant": meant})]
    else:
        between = {"first": this, "last": this + YEARS_AHEAD}
        wrong["from_fiscal_year"] = [Message(N_("A rule begins in a fiscal year from %(first)s to %(last)s"), between)]
    return 0


def _basis(wrong: dict[str, list[Message]], field: str, text: str) -> str:
    words = " ".join(normalise(text).split())
    if not words:
        wrong[field] = [Message(N_("Write the legal basis; people read it beside the due day"))]
    elif len(words) > BASIS_MOST:
        wrong[field] = [Message(N_("At most %(most)s characters"), {"most": BASIS_MOST})]
    return words


def _record(session: Session, actor: Actor, now: datetime, act: str, agency: Agency | None, rule: DeadlineRuleRow) -> None:
    codes = {
        "days": str(rule.days),
        "working": rule.working,
        **({"urgent": True} if rule.urgent else {}),
        **({"acknowledge": str(rule.acknowledge_days)} if rule.acknowledge_days else {}),
        **({"final": str(rule.final_days)} if rule.final_days else {}),
        "from": str(rule.from_fiscal_year),
        "kind": rule.case_kind.value if rule.case_kind else None,
        "agency_kind": rule.agency_kind.value if rule.agency_kind else None,
    }
    audit.record(session, actor, now, act, "deadline", agency.slug if agency else "portal", agency_id=rule.agency_id, detail=codes)
    raise_public_revision(session)
