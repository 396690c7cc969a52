"""The demonstration keeps its promises: OPDC's facts, two invented agencies, twelve pages, sixty cases, and who can sign in."""

import pyotp
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.accounts.passwords import matches
from portal.accounts.second_factor.rules import Verdict
from portal.accounts.second_factor.service.app import show_code
from portal.agencies import queries as agencies
from portal.agencies.joining.queries import in_province
from portal.agencies.models import Agency
from portal.audit.service import verify_chain
from portal.casework import policy
from portal.casework.bulk import queries as batches
from portal.casework.bulk.models import CaseBatch
from portal.casework.bulk.queries import AtHand
from portal.casework.bulk.rules import Outcome
from portal.casework.drafts.models import CaseDraft
from portal.casework.governed import governed
from portal.casework.mentions import service as mentions
from portal.casework.models import Case
from portal.casework.rules import Channel, Status
from portal.casework.topics.models import Topic
from portal.corruption.models import CorruptionReport
from portal.corruption.policy import can_see
from portal.corruption.sealing import kept_away_of, told_of
from portal.db import unit_of_work
from portal.demo.people import ACCOUNTS, COLLECTOR_KEY, PASSWORD
from portal.disclosures import queries as disclosures
from portal.disclosures.models import Disclosure
from portal.disclosures.rules import DisclosureKind
from portal.feedback.mail_in.models import MailInMessage
from portal.feedback.petitions.models import Petition
from portal.feedback.petitions.rules import State
from portal.feedback.sheets.models import SheetRow
from portal.kernel.actor import Role
from portal.kernel.keyring import Keyring
from portal.kernel.thai_calendar import BANGKOK, fiscal_year
from portal.outbox.models import OutboxEvent
from portal.participation.objections.models import Objection
from portal.participation.scores.keeping import decoded
from portal.participation.scores.models import GatheredFacts, Score
from portal.privacy.models import PrivacyRequest
from portal.privacy.rules import Right
from portal.settings import DEVELOPMENT_INTEGRITY_KEY
from tests.client import PageClient
from tests.conftest import DATA_KEY, NOW

INTEGRITY = Keyring([DEVELOPMENT_INTEGRITY_KEY])
ROLES = {
    "publisher": Role.PUBLISHER,
    "coordinator": Role.COORDINATOR,
    "officer": Role.OFFICER,
    "executive": Role.EXECUTIVE,
    "monitor": Role.CIVIL_SOCIETY,
    "assessor": Role.ASSESSOR,
    "privacy": Role.PRIVACY,
    "collector": Role.INTEGRITY,
}


def test_sixty_cases_in_every_status_and_channel_two_by_mail_and_four_of_the_year_that_is_over(demo: Session) -> None:
    imported = demo.scalars(select(SheetRow.case_id)).all()
    assert len(imported) == 5
    objected = select(Objection.case_id)
    cases = demo.scalars(select(Case).where(Case.id.not_in(imported), ~Case.collects, Case.id.not_in(objected))).all()
    assert len(cases) == 60 + 2 + 1 + 4  # one text held two matters
    assert {case.status for case in cases} == set(Status)
    assert {case.channel for case in cases} == set(Channel)
    assert {case.fiscal_year for case in cases} == {fiscal_year(NOW) - 2, fiscal_year(NOW) - 1, fiscal_year(NOW)}
    assert all(case.agency.is_sample for case in cases if case.status is not Status.RECEIVED)
    assert all(case.received_at <= NOW for case in cases)


def test_the_year_that_is_over_stops_where_the_page_says_it_stops(demo: Session, visitor: PageClient) -> None:
    year = fiscal_year(NOW) - 1
    scores = {row.agency.slug: row for row in demo.scalars(select(Score).where(Score.fiscal_year == year, Score.scale == "2549"))}
    assert {slug: (scores[slug].level, scores[slug].stops_at) for slug in ("sommotthani", "meknoi", "opdc")} == {
        "sommotthani": (3, 4),
        "meknoi": (0, 1),  # a mission without a page
        "opdc": (None, 1),  # the list of the law is not known whole
    }
    assert "อยู่ระดับ 3 จาก 5" in visitor.get(f"/participation/sommotthani/{year}").text
    assert "ยังคำนวณไม่ได้" in visitor.get(f"/participation/opdc/{year}").text


def test_mail_came_in_two_cases_an_answer_and_one_that_waits(demo: Session) -> None:
    rows = demo.scalars(select(MailInMessage).order_by(MailInMessage.id)).all()
    assert [row.fate.value for row in rows] == ["new_case", "new_case", "added", "waiting"]
    assert rows[0].case_id == rows[2].case_id
    assert [row.case.language for row in rows[:2] if row.case] == ["th", "en"]


def test_petitions_in_the_states_that_people_look_for(demo: Session) -> None:
    petitions = {petition.state: petition for petition in demo.scalars(select(Petition))}
    assert set(petitions) == {State.ANSWERED, State.ANSWER_OWED, State.COLLECTING, State.IN_REVIEW, State.REFUSED}
    assert petitions[State.ANSWERED].answered_in_time
    assert petitions[State.ANSWER_OWED].answer_due_on < NOW.date()
    assert petitions[State.COLLECTING].held
    assert all(petition.agency.is_sample and petition.case.recorded_at <= NOW for petition in petitions.values())


def test_twelve_pages_of_which_two_are_reports_and_only_opdcs_own_is_real(demo: Session) -> None:
    pages = demo.scalars(disclosures.published()).all()
    assert len(pages) >= 12
    assert sum(page.kind is DisclosureKind.REPORT for page in pages) == 2
    real = [page for page in pages if not page.is_sample]
    assert real
    assert {page.agency.slug for page in real} == {"opdc"}
    moments = {disclosures.shown(page, "th")[1].published_at.astimezone(BANGKOK).isoformat() for page in real}  # type: ignore[index]
    assert "2007-12-13T17:23:13+07:00" in moments


def test_everybody_of_the_contract_holds_the_role_at_home_and_in_both_invented_agencies(demo: Session) -> None:
    invented = demo.scalars(select(Agency).where(Agency.is_sample, Agency.parent_id.is_(None))).all()
    home = demo.scalars(select(Agency).where(Agency.slug == "opdc")).one()
    assert len(invented) == 2
    for name in ACCOUNTS:
        person = accounts.by_email(demo, f"{name}@demo.example")
        assert person, name
        assert matches(person.password_hash, PASSWORD), name
        actor = accounts.actor_for(demo, person)
        if name == "system":
            assert actor.has_role(Role.SYSTEM_ADMINISTRATOR)
        elif name == "admin":
            assert actor.has_role(Role.ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR)
        elif name == "assessor":
            assert actor.has_role(Role.ASSESSOR)
        else:
            assert actor.agencies(ROLES[name]) >= {agency.id for agency in (home, *invented)}, name


def test_one_case_is_about_a_unit_and_kept_from_those_who_work_there(demo: Session) -> None:
    case = demo.scalars(select(Case).where(Case.guarded)).one()
    there, coordinator = (accounts.by_email(demo, f"{name}@demo.example") for name in ("piti", "coordinator"))
    assert there
    assert coordinator
    assert policy.is_kept_from(accounts.actor_for(demo, there), case)
    assert policy.can_assign(accounts.actor_for(demo, coordinator), case)
    assert case.is_open


def test_the_forms_offer_topics_and_senders_have_asked_about_their_data(demo: Session) -> None:
    assert {topic.agency.slug for topic in demo.scalars(select(Topic))} == {"opdc", "sommotthani", "meknoi"}
    assert {request.right for request in demo.scalars(select(PrivacyRequest))} == {Right.ERASURE, Right.ACCESS}
    assert all(request.case.agency.is_sample for request in demo.scalars(select(PrivacyRequest)))


def test_reports_of_corruption_are_about_invented_agencies_and_open_to_the_collector_with_the_second_factor(demo: Session) -> None:
    collector = accounts.by_email(demo, "collector@demo.example")
    assert collector
    reports = demo.scalars(select(CorruptionReport)).all()
    assert len(reports) == 2
    actor = accounts.actor_for(demo, collector)
    for report in reports:
        assert report.agency
        assert report.agency.is_sample
        assert can_see(actor, report, kept_away_of(INTEGRITY, report))
        assert any(word in told_of(INTEGRITY, report).what for word in ("ข้อมูลสมมติ", "Invented"))
    demo.rollback()
    with unit_of_work(demo):
        verdict = show_code(demo, NOW, Keyring([DATA_KEY]), collector, pyotp.TOTP(COLLECTOR_KEY).at(NOW))
        assert verdict is Verdict.RIGHT
        demo.rollback()


def test_the_trail_is_sealed_and_nobody_invented_waits_for_a_mail(demo: Session) -> None:
    state = verify_chain(demo)
    assert (state.unsealed, state.broken_at) == (0, None)
    assert state.sealed > 60
    assert demo.scalars(select(OutboxEvent)).all() == []


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_invented_page_says_so_and_is_kept_from_search_engines(demo: Session, visitor: PageClient, prefix: str) -> None:
    pages = [(f"/disclosures/{page.slug}", page.is_sample) for page in demo.scalars(select(Disclosure))]
    pages += [(f"/agencies/{agency.slug}", agency.is_sample) for agency in demo.scalars(select(Agency))]
    pages += [
        (f"/cases/{case.number}", True) for case in demo.scalars(select(Case)) if case.public and case.public.state.value == "published"
    ]
    assert len(pages) > 30
    reader = FlaskClient(visitor.application)  # the pages say "None" in English and mean it, which the checking client takes for a slip
    for address, invented in pages:
        page = reader.get(prefix + address)
        assert page.status_code == 200, address
        words = page.get_data(as_text=True)
        assert (('name="robots" content="noindex' in words), ("Invented data" in words or "ข้อมูลสมมติ" in words)) == (invented, invented), (
            address
        )


def test_the_coordinator_finds_every_open_case_in_the_queue(demo: Session, visitor: PageClient) -> None:
    visitor.sign_in("coordinator@demo.example", PASSWORD)
    words = visitor.get("/desk?filter=open&per_page=100").get_data(as_text=True)
    open_cases = [case.number for case in demo.scalars(select(Case).where(Case.is_open))]
    assert open_cases
    assert [number for number in open_cases if number not in words] == []


def test_everybody_can_open_every_fact_behind_a_score(demo: Session, visitor: PageClient) -> None:
    facts = [fact for text in demo.scalars(select(GatheredFacts.facts)) for fact in decoded(text)]
    assert {type(fact).__name__ for fact in facts} >= {"ChannelFact", "ChannelInput", "Box", "BoxOpened", "CaseQuarter", "ImprovementFact"}
    answers = {path: visitor.get(path).status_code for path in sorted({fact.path for fact in facts})}
    assert {path: code for path, code in answers.items() if code != 200} == {}


def test_an_officer_meets_an_answer_that_was_begun_and_a_note_that_names_them(demo: Session) -> None:
    officer = accounts.by_email(demo, "officer@demo.example")
    assert officer is not None
    actor = accounts.actor_for(demo, officer)
    assert mentions.count_unread(demo, actor, 10) == 1
    (draft,) = demo.scalars(select(CaseDraft)).all()
    assert (draft.user_id, demo.get_one(Case, draft.case_id).owner_id) == (officer.id, officer.id)


def test_the_municipality_has_joined_and_the_governor_reads_its_cases_along(demo: Session) -> None:
    province = agencies.by_slug(demo, "sommotthani")
    assert province is not None
    assert {one.slug for one in in_province(demo, province)} >= {"sommotthani", "sommotthani-onestop", "meknoi"}
    assert {case.agency.slug for case in demo.scalars(governed([province.id]))} == {"meknoi"}


def test_of_what_was_done_together_one_is_over_and_one_can_be_taken_back(demo: Session) -> None:
    closing, tagging = demo.scalars(select(CaseBatch).order_by(CaseBatch.at)).all()
    assert [row.outcome for row in closing.cases] == [Outcome.DONE, Outcome.DONE, Outcome.PASSED]
    assert [row.case.status for row in closing.cases] == [Status.CLOSED, Status.CLOSED, Status.CONTESTED]
    assert {row.case.closed_at for row in closing.cases[:2]} == {closing.goes_at}
    assert closing.cases[2].why
    assert [row.outcome for row in tagging.cases] == [Outcome.DONE] * 3
    coordinator = accounts.actor_for(demo, demo.get_one(User, tagging.by_id))
    assert batches.at_hand(demo, coordinator, NOW) == AtHand(0, "", 3, tagging.public_id)
