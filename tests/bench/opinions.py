"""A report on how opinions were considered over 100,000 opinions, counted by a worker in a process of its own.

Somebody looks how far it is, and somebody else wants to write, again and again: what they see and how long they wait is measured, too.
"""

import resource
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.app import create_app
from portal.casework.models import Case
from portal.db import make_engine, unit_of_work
from portal.files.store import LocalStore
from portal.kernel.actor import SYSTEM
from portal.kernel.keyring import Keyring
from portal.kernel.thai_calendar import fiscal_year, office_day
from portal.outbox.mail import MemoryMailer
from portal.outbox.worker import JobContext, run_due
from portal.outcomes.reports import drafting
from portal.outcomes.reports.figures import STEPS
from portal.outcomes.reports.jobs import HANDLERS
from portal.outcomes.reports.models import DraftFigures, OpinionReport
from portal.outcomes.reports.rules import Period
from portal.outcomes.themes.models import Theme, ThemedCase
from tests.bench import data

#: So many synthetic cases that one agency hears the 100,000 in one year.
CASES, AIM_OPINIONS, AIM_SECONDS = 230_000, 100_000, 60.0
THEMES = 40
_LOOK_SECONDS = 0.02
#: Importing the app brings every table.
ALL_TABLES = create_app


@dataclass(frozen=True)
class Reported:
    """Over how many, how long, by how much the process grew at its highest, what was seen meanwhile."""

    opinions: int
    seconds: float
    grown_mb: float
    steps: Sequence[int]
    longest_wait: float


@dataclass
class Others:
    """Whoever looks and whoever writes meanwhile."""

    engine: Engine
    report_id: int
    steps: set[int] = field(default_factory=set)
    longest_wait: float = 0
    over: threading.Event = field(default_factory=threading.Event)

    def go_on(self) -> None:
        """Until it is over."""
        while not self.over.wait(_LOOK_SECONDS):
            with Session(self.engine) as session:
                draft = session.get_one(DraftFigures, self.report_id)
                if draft.asked_at is not None:
                    self.steps.add(draft.step)
                begin = time.perf_counter()
                with unit_of_work(session):
                    self.longest_wait = max(self.longest_wait, time.perf_counter() - begin)


def measured(source: Path, folder: Path, cases: int = CASES) -> Reported:
    """On a copy with so many synthetic cases."""
    path = folder / "opinions.sqlite3"
    data.with_cases(source, path, cases)
    return reported(path)


def reported(path: Path) -> Reported:
    """On this database, which gets themes and a report; in a process of its own, so that its memory is its own."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(counted, (str(path),))


def counted(path: str) -> Reported:
    """The year of the agency that heard most, as one period."""
    engine, now = make_engine(f"sqlite:///{path}"), datetime.now(UTC)
    with Session(engine) as session:
        report_id = _asked(session, now)
        context = JobContext(session, now, MemoryMailer(), LocalStore(Path(path).parent), Keyring([data.DATA_KEY]), "")
        others = Others(engine, report_id)
        thread = threading.Thread(target=others.go_on)
        thread.start()
        before, begin = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
        while run_due(context, HANDLERS):
            pass
        took = time.perf_counter() - begin
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        others.over.set()
        thread.join()
        found = session.get_one(DraftFigures, report_id, populate_existing=True).figures
    assert found is not None, "it was not counted"
    assert sum(found["channels"].values()) == found["heard"], found
    return Reported(found["heard"], took, grown, sorted(others.steps), others.longest_wait)


def _asked(session: Session, now: datetime) -> int:
    """A report whose figures are asked for; what the agency heard has themes."""
    year, heard = fiscal_year(office_day(now)) - 1, func.count().label("heard")
    most = select(Case.agency_id).where(Case.counted, Case.fiscal_year == year).group_by(Case.agency_id).order_by(heard.desc())
    with unit_of_work(session):
        agency = session.get_one(Agency, session.scalars(most.limit(1)).one())
        themes = [Theme(agency_id=agency.id, slug=f"bench-{place}", name_th=f"ประเด็น {place}", name_en="") for place in range(THEMES)]
        session.add_all(themes)
        session.flush()
        bare = select(Case.id).outerjoin(ThemedCase, ThemedCase.case_id == Case.id)
        bare = bare.where(Case.agency_id == agency.id, ThemedCase.case_id.is_(None))
        rows = [{"case_id": case_id, "theme_id": themes[case_id % THEMES].id, "at": now} for case_id in session.scalars(bare)]
        session.bulk_insert_mappings(ThemedCase.__mapper__, rows)
        period = Period(year, 1, 1)  # the demonstration has reports of its halves, so no service would open it
        report = OpinionReport(
            agency_id=agency.id, slug="bench", fiscal_year=year, part=1, parts=1, first_on=period.first, last_on=period.last,
            due_on=period.last, opened_at=now, draft=DraftFigures(),
        )  # fmt: skip
        session.add(report)
        session.flush()
        drafting.ask(session, SYSTEM, now, report)
        return report.id


def table(found: Reported) -> str:
    """One line."""
    met = "met" if found.seconds <= AIM_SECONDS and found.opinions >= AIM_OPINIONS else "NOT met"
    return (
        "| report over opinions | seconds | memory grew by MB | steps seen | longest wait of a writer ms | aim |\n"
        "|---:|---:|---:|---:|---:|---|\n"
        f"| {found.opinions:,} | {found.seconds:.2f} | {found.grown_mb:.0f} | {len(set(found.steps) - {0})} of {len(STEPS)} "
        f"| {1000 * found.longest_wait:.0f} | {AIM_OPINIONS:,} in {AIM_SECONDS:.0f} s: {met} |"
    )
