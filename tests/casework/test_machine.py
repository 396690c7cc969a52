"""Random acts of random people: never an illegal state, and each act exactly one row of history, one of audit, one event.

Every run plays some hundred steps through the services, and ten thousand of the rules alone (``test_moves``). As many through the services
are played by hand: ``PORTAL_TEST_STEPS=10000 pytest tests/casework/test_machine.py``.
"""

import os
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from portal.audit.models import AuditEntry
from portal.casework import policy, service
from portal.casework.clock.days import running_pause
from portal.casework.clock.queries import pauses_of
from portal.casework.clock.rules import PauseReason
from portal.casework.contributing import service as contributing
from portal.casework.models import Case, CaseEvent, CaseWords
from portal.casework.rules import ANSWERING, MOVES, OPEN, Act, PublicState, Status
from portal.casework.service import apart, judging
from portal.casework.tallies.counting import recount
from portal.db import Base, make_engine, unit_of_work
from portal.db.session import WRITES
from portal.kernel.actor import CITIZEN, VISITOR
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.keyring import Keyring
from portal.kernel.thai_calendar import office_day
from portal.outbox.evidence import CHANGED
from portal.outbox.models import OutboxEvent
from tests.casework.conftest import make_office
from tests.conftest import DATA_KEY, NOW
from tests.factories import actor_of

#: Steps of one story, and of all stories together.
STORY = 30
STEPS = int(os.environ.get("PORTAL_TEST_STEPS", "450"))
PEOPLE = ("coordinator", "officer", "colleague", "executive", "stranger", "citizen", "visitor")
#: Those who may do most come most often, so that stories go far; so do words that can be taken.
WHO = st.sampled_from(("coordinator", "executive", "officer", "citizen", *PEOPLE))
WORDS = st.sampled_from(["ถ้อยคำ", "ข้อความ", "", "\u200b"])
REFUSED = (Conflict, Invalid, NotAllowed)
#: Said to system administrators beside an act, when nobody independent is left.
BESIDE = {apart.NOBODY, judging.NOBODY, CHANGED}


class OneCase(RuleBasedStateMachine):
    """One case, seven people, every verb."""

    @initialize(consent=st.booleans(), anonymity=st.sampled_from(["named", "confidential", "anonymous"]))
    def begin(self, consent: bool, anonymity: str) -> None:
        self.engine = make_engine("sqlite:///:memory:", poolclass=StaticPool)
        with self.engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
            Base.metadata.create_all(connection)
        self.session = Session(self.engine, expire_on_commit=False)
        self.office = make_office(self.session, Keyring([DATA_KEY]))
        self.case = self.office.case(publish_consent=consent, anonymity=anonymity, name="มานี", email="a@example.org")
        self.other = self.office.case()
        self.now, self.acts = NOW, 1
        self.first_due, self.first_answer = self.case.first_due_on, None

    def teardown(self) -> None:
        if hasattr(self, "session"):
            self.session.rollback()
            assert recount(self.session) == 0, "the counters of the figures do not say what the cases are"
            self.session.close()
            self.engine.dispose()

    def attempt(self, verb, who: str, *args, fresh: bool = True, **values) -> None:
        actor = {"citizen": CITIZEN, "visitor": VISITOR}.get(who) or getattr(self.office, who)
        before = (self.case.status, self.case.row_version)
        waited_for = self.case.is_open and self.is_waited_for()
        if "row_version" in verb.__annotations__:
            values["row_version"] = self.case.row_version - (not fresh)
        barred = who in PEOPLE[:5] and policy.is_barred(actor, self.case)
        kept_from_them = who in PEOPLE[:5] and policy.is_kept_from(actor, self.case)
        try:
            with unit_of_work(self.session):
                event = verb(self.session, actor, self.now, self.case, *args, **values)
        except REFUSED:
            self.session.refresh(self.case)
            assert (self.case.status, self.case.row_version) == before
            return
        self.acts += 1
        if waited_for and event.act in (Act.CITIZEN_ANSWER, Act.CITIZEN_ADD):
            self.acts += 1  # the pause that waited for it is over
        assert not kept_from_them, "somebody from whom the case is kept did something with it"
        assert fresh, "a stale form was taken"
        assert who != "visitor"
        assert not (barred and event.act in ANSWERING), "who decided before decided again"
        assert before[0] in MOVES[event.act].sources
        assert (event.old_status, event.new_status) == (before[0], MOVES[event.act].to or before[0])
        if event.act in ANSWERING and self.first_answer is None:
            self.first_answer = self.now

    @rule(days=st.integers(1, 20))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(who=WHO, whom=st.sampled_from([None, *PEOPLE[:5]]), fresh=st.sampled_from([True, True, False]))
    def assign(self, who, whom, fresh) -> None:
        self.attempt(service.assign, who, self.office.users[whom] if whom else None, fresh=fresh)

    @rule(who=WHO, verb=st.sampled_from([service.note, service.ask, service.reply, service.decline]), words=WORDS)
    def say(self, who, verb, words) -> None:
        self.attempt(verb, who, words)

    @rule(who=WHO, reason=st.sampled_from([*PauseReason, "?"]), days=st.integers(-1, 70), words=WORDS)
    def pause(self, who, reason, days, words) -> None:
        self.attempt(service.pause, who, reason, (office_day(self.now) + timedelta(days=days)).isoformat(), words)

    @rule(who=WHO)
    def resume(self, who) -> None:
        self.attempt(service.resume, who)

    @rule(who=WHO, days=st.integers(0, 16), words=WORDS)
    def extend(self, who, days, words) -> None:
        self.attempt(service.extend, who, "many_facts", str(days), words)

    @rule(days=st.integers(-3, 40))
    def the_worker_looks_at_the_pause(self, days) -> None:
        with unit_of_work(self.session):
            ended = service.end_what_is_over(self.session, self.now + timedelta(days=days), self.case)
        self.acts += ended is not None

    def is_waited_for(self) -> bool:
        row = running_pause(self.session, self.case)
        return row is not None and row.reason is PauseReason.DOCUMENTS

    @rule(who=WHO)
    def start(self, who) -> None:
        self.attempt(service.start, who)

    @rule(who=WHO, result=WORDS, reason=WORDS, proof=WORDS, disposition=st.sampled_from(["accepted", "done", "?"]))
    def close(self, who, result, reason, proof, disposition) -> None:
        self.attempt(service.close, who, result=result, disposition=disposition, reason=reason, proof=proof)

    @rule(who=WHO, words=WORDS)
    def refer(self, who, words) -> None:
        self.attempt(service.refer, who, words, "เหตุผล")

    @rule(who=WHO, to=st.sampled_from(["agency", "unit", "elsewhere"]))
    def forward(self, who, to) -> None:
        self.attempt(service.forward, who, getattr(self.office, to), "เหตุผล")

    @rule(who=WHO, verb=st.sampled_from([service.citizen_add, service.citizen_answer, service.contest]), words=WORDS)
    def citizen_says(self, who, verb, words) -> None:
        self.attempt(verb, who, words)

    @rule(who=WHO, verb=st.sampled_from([service.confirm, service.withdraw_consent]))
    def citizen_decides(self, who, verb) -> None:
        self.attempt(verb, who)

    @rule(who=WHO, pressed=st.booleans(), certain=st.integers(0, 9))
    def withdraw(self, who, pressed, certain) -> None:
        if certain == 9:  # it ends the story, so not too often
            self.attempt(service.withdraw, who, "", pressed=pressed)

    @rule(who=WHO, certain=st.integers(0, 9))
    def merge(self, who, certain) -> None:
        if certain == 9:
            self.attempt(service.merge, who, self.other, "เรื่องเดียวกัน")

    @rule(who=WHO, words=WORDS)
    def unmerge(self, who, words) -> None:
        self.attempt(service.unmerge, who, words)

    @rule(who=WHO, whom=st.sampled_from(["officer", "colleague", "executive"]), fresh=st.booleans())
    def mark_about(self, who, whom, fresh) -> None:
        self.attempt(service.mark_about, who, [self.office.users[whom]], [], fresh=fresh)

    @rule(who=WHO, words=WORDS, above=st.booleans())
    def say_about(self, who, words, above) -> None:
        self.attempt(service.say_about, who, words, above=above)

    @rule(who=WHO, reason=WORDS)
    def unmark_about(self, who, reason) -> None:
        self.attempt(service.unmark_about, who, reason)

    @rule(who=WHO, text=WORDS)
    def publish(self, who, text) -> None:
        self.attempt(service.publish, who, text, "เนื้อ", "คำตอบ")

    @rule(who=WHO, words=WORDS, place=st.sampled_from(["unit", "elsewhere"]))
    def ask_contribution(self, who, words, place) -> None:
        day = str(self.now.date() + timedelta(days=3))
        self.attempt(contributing.ask_contribution, who, getattr(self.office, place), "opinion", words, day)

    @rule(who=WHO, words=WORDS, verb=st.sampled_from([contributing.contribute, contributing.decline_contribution]))
    def contribute(self, who, words, verb) -> None:
        if self.case.contributions:
            part = self.case.contributions[-1]
            self.attempt(lambda session, actor, now, _case: verb(session, actor, now, part, words), who)

    @rule(who=WHO)
    def recall_contribution(self, who) -> None:
        if self.case.contributions:
            self.attempt(contributing.recall_contribution, who, self.case.contributions[-1].public_id)

    @rule(who=WHO)
    def withdraw_publication(self, who) -> None:
        self.attempt(service.withdraw_publication, who, "เหตุผล")

    @rule(who=WHO, reason=WORDS)
    def unmask(self, who, reason) -> None:
        actor = {"citizen": CITIZEN, "visitor": VISITOR}.get(who) or getattr(self.office, who)
        try:
            with unit_of_work(self.session):
                service.unmask(self.session, actor, self.now, self.office.keyring, self.case, reason)
        except REFUSED:
            return
        self.acts += 1
        assert self.case.anonymity == "confidential"

    def has_been_marked(self) -> bool:
        marked = select(CaseEvent.id).where(CaseEvent.case_id == self.case.id, CaseEvent.act.in_([Act.MARK_ABOUT, Act.SAY_ABOUT]))
        return self.session.scalar(marked.limit(1)) is not None

    @invariant()
    def every_act_is_written_three_times(self) -> None:
        if not hasattr(self, "case"):
            return
        count = select(func.count())
        number, case_id = self.case.number, self.case.id
        history = self.session.scalar(count.select_from(CaseEvent).where(CaseEvent.case_id == case_id))
        audit = self.session.scalar(count.select_from(AuditEntry).where(AuditEntry.object_key == number))
        told = [event.payload for event in self.session.scalars(select(OutboxEvent)) if event.name not in BESIDE]
        events = [payload for payload in told if payload["case_id"] == case_id]
        assert history == audit == len(events) == self.acts == self.case.row_version
        assert self.session.scalar(count.select_from(CaseWords).where(CaseWords.body == "")) == 0

    @invariant()
    def the_case_is_whole(self) -> None:
        if not hasattr(self, "case"):
            return
        case = self.session.scalars(select(Case).where(Case.id == self.case.id).execution_options(populate_existing=True)).one()
        assert case.is_open is (case.status in OPEN)
        pauses = pauses_of(self.session, case)
        extended = sum(event.detail["days"] for event in case.events if event.act is Act.EXTEND)
        assert case.first_due_on == self.first_due + timedelta(days=sum(row.days for row in pauses if row.first_due_before))
        assert sum(row.ended_on is None for row in pauses) == (case.paused_until is not None) <= case.is_open
        assert case.answered_at == self.first_answer
        moved = timedelta(days=sum(row.days for row in pauses) + extended)
        assert case.due_on == self.first_due + moved or case.escalation_level
        # An owner whom it turns out to be about loses it where it stands.
        assert (case.status is not Status.ASSIGNED) or case.owner_id or self.has_been_marked()
        assert (case.status is not Status.CLOSED) or case.disposition
        assert (case.status is not Status.CONTESTED) or (case.owner_id is None and case.escalation_level)
        assert (case.status is Status.MERGED) is (case.merged_into_id is not None)
        assert case.owner_id not in {row.user_id for row in case.barred}
        assert case.guarded is bool(case.about)
        owner = next((user for user in self.office.users.values() if user.id == case.owner_id), None)
        assert owner is None or not policy.is_kept_from(actor_of(self.session, owner), case)
        if case.public and case.public.state is PublicState.PUBLISHED:
            assert case.publish_consent
        last = self.session.scalars(select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id.desc()).limit(1)).one()
        assert (last.new_status, last.version) == (case.status, case.row_version)
        self.session.rollback()


OneCase.TestCase.settings = settings(
    max_examples=-(-STEPS // STORY),
    stateful_step_count=STORY,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestOneCase = OneCase.TestCase
