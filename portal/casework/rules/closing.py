"""What closing asks for, and until when the outcome may be contested. In words: ``docs/rules/closing.md``."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.casework.rules.kinds import CaseKind
from portal.casework.rules.status import Disposition
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import office_day

#: Kinds where "done" claims an action; for the others the answer itself is the proof.
PROOF_KINDS = frozenset({CaseKind.SUGGESTION, CaseKind.COMPLAINT, CaseKind.GRIEVANCE, CaseKind.INFORMATION_REQUEST})


def needs_proof(kind: CaseKind, disposition: Disposition) -> bool:
    """True where closing claims that something was done, so that anybody must be able to check it."""
    return disposition is Disposition.DONE and kind in PROOF_KINDS


@dataclass(frozen=True)
class ContestRule:
    """For how many calendar days after the last answer or closing the outcome may be contested."""

    days: int
    basis: str


CONTEST_RULE = ContestRule(days=30, basis=N_("This portal's own rule, as no law sets a time: 30 days after the answer"))


def contest_until(answered_at: datetime, rule: ContestRule = CONTEST_RULE) -> date:
    """The last Bangkok day on which an outcome given at ``answered_at`` may be contested."""
    return office_day(answered_at) + timedelta(days=rule.days)


def may_contest(now: datetime, answered_at: datetime, rule: ContestRule = CONTEST_RULE) -> bool:
    """True while the time to contest runs."""
    return office_day(now) <= contest_until(answered_at, rule)
