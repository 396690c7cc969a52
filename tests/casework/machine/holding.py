"""What holds of a case after every act: nothing illegal, and each act written three times."""

from datetime import timedelta

from sqlalchemy import ScalarSelect, func, select

from portal.audit.models import AuditEntry
from portal.casework import policy
from portal.casework.clock.queries import pauses_of
from portal.casework.models import Case, CaseEvent, CaseWords
from portal.casework.rules import OPEN, Act, PublicState, Status
from portal.casework.service import apart, judging
from portal.outbox.evidence import CHANGED
from portal.outbox.models import OutboxEvent
from tests.casework.machine.life import STAFF, Life

#: Said to system administrators beside an act, when nobody independent is left; and to whoever computes levels.
BESIDE = {apart.NOBODY, judging.NOBODY, CHANGED}


def check(life: Life) -> None:
    """Everything, as it is stored."""
    case = life.session.scalars(select(Case).where(Case.id == life.case.id).execution_options(populate_existing=True)).one()
    every_act_is_written_three_times(life, case)
    the_case_is_whole(life, case)
    life.session.rollback()


def every_act_is_written_three_times(life: Life, case: Case) -> None:
    def count(of, *where) -> ScalarSelect[int]:
        return select(func.count()).select_from(of).where(*where).scalar_subquery()

    history, audit, empty = life.session.execute(
        select(
            count(CaseEvent, CaseEvent.case_id == case.id),
            count(AuditEntry, AuditEntry.object_key == case.number),
            count(CaseWords, CaseWords.body == "", CaseWords.case_id == case.id),
        )
    ).one()
    told = [payload for name, payload in life.session.execute(select(OutboxEvent.name, OutboxEvent.payload)) if name not in BESIDE]
    events = [payload for payload in told if payload["case_id"] == case.id]
    assert history == audit == len(events) == life.acts == case.row_version
    assert empty == 0


def the_case_is_whole(life: Life, case: Case) -> None:
    assert case.is_open is (case.status in OPEN)
    pauses, rows = pauses_of(life.session, case), _history(life, case)
    extended = sum(row.detail["days"] for row in rows if row.act is Act.EXTEND)
    assert case.first_due_on == life.first_due + timedelta(days=sum(row.days for row in pauses if row.first_due_before))
    assert sum(row.ended_on is None for row in pauses) == (case.paused_until is not None) <= case.is_open
    assert case.answered_at == life.first_answer
    moved = timedelta(days=sum(row.days for row in pauses) + extended)
    assert case.due_on == life.first_due + moved or case.escalation_level
    # An owner whom it turns out to be about loses it where it stands.
    has_been_marked = any(row.act in (Act.MARK_ABOUT, Act.SAY_ABOUT) for row in rows)
    assert (case.status is not Status.ASSIGNED) or case.owner_id or has_been_marked
    assert (case.status is not Status.CLOSED) or case.disposition
    assert (case.status is not Status.CONTESTED) or (case.owner_id is None and case.escalation_level)
    assert (case.status is Status.MERGED) is (case.merged_into_id is not None)
    assert case.owner_id not in {row.user_id for row in case.barred}
    assert case.guarded is bool(case.about)
    owner = next((name for name in STAFF if life.actor(name).user_id == case.owner_id), None)
    assert owner is None or not policy.is_kept_from(life.actor(owner), case)
    if case.public and case.public.state is PublicState.PUBLISHED:
        assert case.publish_consent
    assert (rows[-1].new_status, rows[-1].version) == (case.status, case.row_version)


def _history(life: Life, case: Case):
    columns = (CaseEvent.act, CaseEvent.detail, CaseEvent.new_status, CaseEvent.version)
    return life.session.execute(select(*columns).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id)).all()
