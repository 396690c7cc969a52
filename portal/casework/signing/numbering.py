"""The number of a signed paper, drawn in the transaction of its signature."""

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.casework.models import Case, CaseProposal, PaperCounter, SignedPaper
from portal.db.upsert import upsert
from portal.kernel.thai_calendar import office_day

#: Numbers from here on are drawn for cases that are kept from somebody: the counter stands still, so no gap tells of one (``apart.md``).
APART_FROM = 500_000
BUDDHIST = 543


def number_paper(session: Session, now: datetime, case: Case, proposal: CaseProposal) -> SignedPaper:
    """File the signed proposal under the next number of its agency in the Buddhist year of the day."""
    year = office_day(now).year + BUDDHIST
    number = _apart(session, case.agency_id, year) if case.guarded else _next(session, case.agency_id, year)
    paper = SignedPaper(proposal_id=proposal.id, agency_id=case.agency_id, year=year, number=number)
    session.add(paper)
    session.flush()
    return paper


def _next(session: Session, agency_id: int, year: int) -> int:
    insert = upsert(session, PaperCounter).values(agency_id=agency_id, year=year, last=1)
    key = [PaperCounter.agency_id, PaperCounter.year]
    counted = insert.on_conflict_do_update(index_elements=key, set_={"last": PaperCounter.last + 1}).returning(PaperCounter.last)
    return int(session.execute(counted).scalar_one())


def _apart(session: Session, agency_id: int, year: int) -> int:
    while True:
        number = APART_FROM + secrets.randbelow(APART_FROM)
        taken = select(SignedPaper.number).where(SignedPaper.agency_id == agency_id, SignedPaper.year == year, SignedPaper.number == number)
        if session.scalar(taken) is None:
            return number
