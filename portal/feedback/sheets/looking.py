"""A waiting file looked at as a whole: what would be imported, what not, and what should be known before."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.casework.queries.deadlines import Promises
from portal.casework.rules import Anonymity, AnswerBy
from portal.feedback.sheets import service
from portal.feedback.sheets.judging import Candidate, Judgement, judge
from portal.feedback.sheets.plan import Plan
from portal.feedback.sheets.reading.book import Sheet
from portal.feedback.sheets.rules import FileName
from portal.feedback.sheets.service import Sorted
from portal.kernel.keyring import Keyring
from portal.kernel.thai_calendar import fiscal_year, office_day

SHOWN = 5


@dataclass(frozen=True)
class Shown:
    """One of the first cases, as it would look."""

    candidate: Candidate
    due_on: date


@dataclass(frozen=True)
class Look:
    """``overdue`` would be late at once; ``unreachable`` have neither code nor contact; ``years`` counts new cases by fiscal year."""

    judgement: Judgement
    sorted: Sorted
    shown: list[Shown]
    overdue: int
    unreachable: int
    mailed: int
    years: dict[int, int]

    @property
    def can_go_on(self) -> bool:
        """True if the button has something to do."""
        return not self.judgement.faults and bool(self.sorted.fresh)


def judged(session: Session, now: datetime, agency: Agency, sheet: Sheet, plan: Plan) -> Judgement:
    """Every row, by the rules of words and those of the agency."""
    found = judge(sheet, plan, now, agency.slug, service.rows_most(session))
    found.faults.extend(service.topic_faults(session, agency.id, found))
    return found


def look(session: Session, now: datetime, keyring: Keyring, agency: Agency, file: FileName, sheet: Sheet, plan: Plan) -> Look:
    """Reads only."""
    found = judged(session, now, agency, sheet, plan)
    sorted_out = service.sort_out(session, keyring, agency.id, file, plan, found.candidates)
    promises, today = Promises(session, agency), office_day(now)
    due = [promises.of(one.checked.kind, one.received_at).due_on for one in sorted_out.fresh]
    return Look(
        judgement=found,
        sorted=sorted_out,
        shown=[Shown(one, day) for one, day in zip(sorted_out.fresh[:SHOWN], due, strict=False)],
        overdue=sum(day < today for day in due),
        unreachable=sum(map(_is_unreachable, sorted_out.fresh)),
        mailed=sum(bool(one.checked.contact.email) for one in sorted_out.fresh),
        years=dict(sorted(Counter(fiscal_year(one.received_at) for one in sorted_out.fresh).items())),
    )


def _is_unreachable(one: Candidate) -> bool:
    """Nobody holds a code of it: without a name it can only be answered by mail, and its words are not mailed."""
    contact = one.checked.contact
    if one.checked.anonymity is Anonymity.ANONYMOUS:
        return not contact.email
    return not (contact.email or contact.phone or (contact.address and one.checked.answer_by is AnswerBy.LETTER))
