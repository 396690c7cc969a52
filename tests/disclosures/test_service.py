"""The verbs: what is written together, what is refused, and that versions stay as they were."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from portal.audit.models import AuditEntry
from portal.db import unit_of_work
from portal.db.revision import public_revision
from portal.disclosures import queries, search, service
from portal.disclosures.figures import IndicatorInput, PeriodInput
from portal.disclosures.models import DisclosureVersion, VersionIsImmutable
from portal.disclosures.rules import Direction, DisclosureKind, PublishState
from portal.disclosures.service import PageSettings, TextDraft
from portal.disclosures.service.importing import place_of
from portal.files.rules import Kind
from portal.files.service import Received
from portal.index import service as index
from portal.index.queries import keys_of
from portal.kernel.actor import SYSTEM, VISITOR, Role
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.outbox.models import OutboxEvent
from tests.disclosures.making import make_page
from tests.factories import actor_of, make_agency, make_user

WAITING = IndicatorInput(
    name_th="เวลารอ",
    unit_th="นาที",
    direction=Direction.DOWN,
    baseline=Decimal("38.0"),
    periods=(PeriodInput("ไตรมาส 1", target=Decimal("30"), actual=Decimal("29.50")), PeriodInput("ไตรมาส 2", target=Decimal("25"))),
)


@pytest.fixture
def page(session, now, agency):
    return make_page(session, now, agency)


def public(page, language="th"):
    shown = queries.shown(page, language)
    assert shown
    return shown[1]


def test_a_new_page_gets_its_address_from_agency_and_buddhist_year(session, now, agency):
    assert [make_page(session, now, agency).slug for _ in range(3)] == ["mueang-2569-1", "mueang-2569-2", "mueang-2569-3"]


def test_an_address_that_is_taken_or_malformed_is_refused(session, now, agency):
    make_page(session, now, agency, slug="market")
    for slug in ("market", "Market", "ตลาด"):
        with pytest.raises(Invalid) as refused:
            make_page(session, now, agency, slug=slug)
        assert list(refused.value.fields) == ["slug"]


def test_rich_text_is_cleaned_when_it_is_written(session, now, agency):
    page = make_page(session, now, agency, body='<h2>หัวข้อ</h2><p onclick="x">ก<script>alert(1)</script></p>')
    assert public(page).body == '<h2 id="section-1">หัวข้อ</h2><p>ก</p>'


def test_publishing_writes_version_state_trail_event_and_revision_in_one_act(session, now, agency):
    before = public_revision(session)
    page = make_page(session, now, agency)
    assert page.translations[0].state is PublishState.PUBLISHED
    assert public(page).number == 1
    assert public(page).responsible_name == "ผู้อำนวยการกอง"
    entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "disclosure.publish")).one()
    assert entry.detail == {"language": "th", "from": "draft", "to": "published", "number": 1}
    event = session.scalars(select(OutboxEvent).where(OutboxEvent.name == "disclosure.published")).one()
    assert event.payload == {"disclosure_id": page.id, "language": "th", "number": 1}
    assert public_revision(session) > before


def test_nothing_is_published_without_a_responsible_officer_and_the_draft_stays(session, now, agency):
    page = make_page(session, now, agency, publish=False, responsible_position_th="", office_contact="", responsible_unit_id=None)
    with pytest.raises(Invalid) as refused, unit_of_work(session):
        service.publish(session, SYSTEM, now, page.translations[0])
    assert list(refused.value.fields) == ["responsible"]
    assert page.translations[0].state is PublishState.DRAFT
    assert session.scalars(select(DisclosureVersion)).all() == []


def test_a_person_whose_account_is_closed_answers_for_nothing(session, now, agency):
    with unit_of_work(session):
        person = make_user(session)
    page = make_page(session, now, agency, publish=False, responsible_user_id=person.id, responsible_position_th="", office_contact="")
    with unit_of_work(session):
        person.disabled_at = now
    with pytest.raises(Invalid) as refused, unit_of_work(session):
        service.publish(session, SYSTEM, now, page.translations[0])
    assert list(refused.value.fields) == ["responsible"]


def test_a_version_keeps_the_name_that_the_officer_had_then(session, now, agency):
    with unit_of_work(session):
        person = make_user(session, name_th="นางสาวชื่อเดิม สมมติ")
    page = make_page(session, now, agency, responsible_user_id=person.id)
    with unit_of_work(session):
        person.name_th = "นางชื่อใหม่ สมมติ"
    assert public(queries.by_slug(session, page.slug)).responsible_name == "นางสาวชื่อเดิม สมมติ"


def test_editing_a_published_page_changes_nothing_outside_until_it_is_published_again(session, now, page):
    text = page.translations[0]
    with unit_of_work(session):
        service.edit(session, SYSTEM, now, text, text.row_version, TextDraft("ใหม่", "", "<p>ใหม่</p>", change_note="แก้ตัวเลข"))
    assert text.state is PublishState.DRAFT
    assert public(page).title != "ใหม่"
    later = now + timedelta(days=1)
    with unit_of_work(session):
        service.publish(session, SYSTEM, later, text)
    assert (public(page).title, public(page).number, public(page).change_note) == ("ใหม่", 2, "แก้ตัวเลข")
    assert (public(page).published_at, public(page).updated_at, public(page).recorded_at) == (now, later, later)
    assert [version.number for version in queries.versions(session, text)] == [2, 1]


def test_a_historical_time_is_shown_but_never_recorded_as_ours(session, now, agency):
    then = now - timedelta(days=7000)
    version = public(make_page(session, now, agency, published_at=then, updated_at=then))
    assert (version.published_at, version.updated_at, version.recorded_at) == (then, then, now)


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(session, now, page):
    text, seen = page.translations[0], page.translations[0].row_version
    with unit_of_work(session):
        service.edit(session, SYSTEM, now, text, seen, TextDraft(title="ของคนแรก"))
    with pytest.raises(Conflict), unit_of_work(session):
        service.edit(session, SYSTEM, now, text, seen, TextDraft(title="ของคนที่สอง"))
    assert text.title == "ของคนแรก"


def test_text_that_is_too_long_is_refused_with_its_field(session, now, agency):
    with pytest.raises(Invalid) as refused:
        make_page(session, now, agency, title="ก" * 301)
    assert list(refused.value.fields) == ["title"]


def test_a_place_in_another_agencys_strategy_is_refused(session, now, agency):
    with unit_of_work(session):
        other = make_agency(session)
        node = place_of(session, other, ["ยุทธศาสตร์"])
    with pytest.raises(Invalid) as refused:
        make_page(session, now, agency, strategy_node_id=node.id)
    assert list(refused.value.fields) == ["place"]


def test_versions_can_neither_be_changed_nor_deleted(session, now, page):
    version = public(page)
    with pytest.raises(VersionIsImmutable), unit_of_work(session):
        version.title = "อื่น"
    with pytest.raises(VersionIsImmutable), unit_of_work(session):
        session.delete(version)


def test_withdrawing_needs_a_reason_and_leaves_title_and_reason(session, now, page):
    text = page.translations[0]
    with pytest.raises(Invalid) as refused, unit_of_work(session):
        service.withdraw(session, SYSTEM, now, text, " \u200b")
    assert list(refused.value.fields) == ["reason"]
    with unit_of_work(session):
        service.withdraw(session, SYSTEM, now, text, "ตัวเลขผิด กำลังตรวจ")
    page = queries.by_slug(session, page.slug)
    assert queries.shown(page, "th") is None
    assert queries.withdrawn_translation(page, "en").withdrawn_reason == "ตัวเลขผิด กำลังตรวจ"
    assert page.latest_at is None
    assert queries.latest_published(session, 10) == []
    assert search.documents(session, page) == []
    with pytest.raises(Conflict), unit_of_work(session):
        service.withdraw(session, SYSTEM, now, text, "อีกครั้ง")


def test_a_withdrawn_text_is_found_no_longer_even_before_the_worker_comes(session, now, page):
    with unit_of_work(session):
        index.put(session, search.documents(session, page))
    assert keys_of(session, search.KIND) == {page.slug}
    with unit_of_work(session):
        service.withdraw(session, SYSTEM, now, page.translations[0], "ตัวเลขผิด")
    assert keys_of(session, search.KIND) == set()


def test_a_withdrawn_page_comes_back_by_publishing_again(session, now, page):
    text = page.translations[0]
    with unit_of_work(session):
        service.withdraw(session, SYSTEM, now, text, "ตัวเลขผิด")
        draft = TextDraft(title="แก้แล้ว", body="<p>ก</p>", change_note="แก้ตัวเลข")
        service.edit(session, SYSTEM, now, text, text.row_version, draft)
        assert text.state is PublishState.WITHDRAWN
        service.publish(session, SYSTEM, now, text)
    assert public(page).title == "แก้แล้ว"
    assert text.withdrawn_at is None
    assert text.withdrawn_reason == ""


def test_review_goes_there_and_back(session, now, agency):
    text = make_page(session, now, agency, publish=False).translations[0]
    with unit_of_work(session):
        service.submit_for_review(session, SYSTEM, now, text)
    assert text.state is PublishState.IN_REVIEW
    with pytest.raises(Conflict), unit_of_work(session):
        service.submit_for_review(session, SYSTEM, now, text)
    with unit_of_work(session):
        service.send_back(session, SYSTEM, now, text)
    assert text.state is PublishState.DRAFT


def test_each_language_has_its_own_state_and_a_reader_gets_the_other_where_theirs_is_missing(session, now, page):
    with unit_of_work(session):
        english = service.add_language(session, SYSTEM, now, page, "en", TextDraft("Report", "", "<p>Text</p>"))
    assert queries.shown(page, "en")[0].language == "th"
    with unit_of_work(session):
        service.publish(session, SYSTEM, now, english)
    assert queries.shown(page, "en")[1].title == "Report"
    with unit_of_work(session):
        service.withdraw(session, SYSTEM, now, page.translations[0], "ผิด")
    assert queries.shown(page, "th")[0].language == "en"
    with pytest.raises(Conflict), unit_of_work(session):
        service.add_language(session, SYSTEM, now, page, "en", TextDraft())


def report(session, now, agency, *figures):
    page = make_page(session, now, agency, publish=False, kind=DisclosureKind.REPORT, fiscal_year=2569, body="")
    with unit_of_work(session):
        service.set_figures(session, SYSTEM, now, page, figures)
    return page


def test_a_version_carries_its_own_figures_to_the_digit(session, now, agency):
    page = report(session, now, agency, WAITING)
    with unit_of_work(session):
        service.publish(session, SYSTEM, now, page.translations[0])
    session.expire_all()
    figure = public(page).figures[0]
    assert figure["baseline"] == "38.0"
    assert [(period["target"], period["actual"]) for period in figure["periods"]] == [("30", "29.50"), ("25", "")]
    with unit_of_work(session):
        service.set_figures(session, SYSTEM, now, page, [replace(WAITING, baseline=Decimal("40"))])
    assert public(page).figures[0]["baseline"] == "38.0"
    assert page.translations[0].state is PublishState.DRAFT


def test_a_report_without_figures_is_refused(session, now, agency):
    page = report(session, now, agency, replace(WAITING, periods=()))
    with pytest.raises(Invalid) as refused, unit_of_work(session):
        service.publish(session, SYSTEM, now, page.translations[0])
    assert set(refused.value.fields) == {"figures", "body"}


def test_a_file_hangs_on_the_draft_and_is_public_with_the_version_that_lists_it(session, now, page):
    received = Received("a" * 32, "plan.pdf", Kind.PDF, 10, "b" * 64, "c" * 64)
    with unit_of_work(session):
        service.attach(session, SYSTEM, now, page, received, "")
    assert public(page).attachments == []
    text = page.translations[0]
    with unit_of_work(session):
        service.edit(session, SYSTEM, now, text, text.row_version, TextDraft("ชื่อ", "", "<p>ก</p>", change_note="แนบไฟล์"))
        service.publish(session, SYSTEM, now, text)
        service.detach(session, SYSTEM, now, page, 1)
    assert public(page).attachments == [{"file": "a" * 32, "title": "plan.pdf"}]
    assert [title for title, _file in queries.files(session, public(page).attachments)] == ["plan.pdf"]


def test_related_pages_are_shown_when_public_and_an_unknown_address_is_refused(session, now, agency, page):
    other, hidden = make_page(session, now, agency, slug="other"), make_page(session, now, agency, slug="hidden", publish=False)
    with unit_of_work(session):
        service.set_related(session, SYSTEM, now, page, [other.slug, hidden.slug, page.slug])
    assert [one.slug for one in queries.related(session, page)] == ["other"]
    with pytest.raises(Invalid) as refused, unit_of_work(session):
        service.set_related(session, SYSTEM, now, page, ["nowhere"])
    assert list(refused.value.fields) == ["related"]


def test_only_publishers_of_the_agency_may_do_any_of_it(session, now, agency, page):
    with unit_of_work(session):
        elsewhere = make_agency(session)
        officer = make_user(session, [(agency, Role.OFFICER)])
        stranger = make_user(session, [(elsewhere, Role.PUBLISHER)])
    text, draft = page.translations[0], TextDraft("ก")
    for actor in (VISITOR, actor_of(session, officer), actor_of(session, stranger)):
        acts = [
            lambda a=actor: service.create_draft(session, a, now, agency, draft),
            lambda a=actor: service.add_language(session, a, now, page, "en", draft),
            lambda a=actor: service.edit(session, a, now, text, text.row_version, draft),
            lambda a=actor: service.submit_for_review(session, a, now, text),
            lambda a=actor: service.send_back(session, a, now, text),
            lambda a=actor: service.publish(session, a, now, text),
            lambda a=actor: service.withdraw(session, a, now, text, "เหตุ"),
            lambda a=actor: service.set_figures(session, a, now, page, []),
            lambda a=actor: service.set_related(session, a, now, page, []),
            lambda a=actor: service.detach(session, a, now, page, 1),
        ]
        for act in acts:
            with pytest.raises(NotAllowed), unit_of_work(session):
                act()
        assert session.scalars(queries.desk_list(actor)).all() == []


def test_a_publisher_may_and_sees_drafts_of_the_own_agency_only(session, now, agency):
    with unit_of_work(session):
        elsewhere = make_agency(session)
        publisher = make_user(session, [(agency, Role.PUBLISHER)])
    actor = actor_of(session, publisher)
    make_page(session, now, elsewhere)
    with unit_of_work(session):
        page = service.create_draft(
            session, actor, now, agency, TextDraft("ก", "", "<p>ข</p>"), settings=PageSettings(responsible_user_id=publisher.id)
        )
        version = service.publish(session, actor, now, page.translations[0])
    assert version.recorded_by == publisher.id
    assert session.scalars(queries.desk_list(actor)).all() == [page]
    assert queries.for_desk(session, actor, page.slug) is page


def test_pages_of_an_invented_agency_are_samples_whatever_was_asked(session, now):
    with unit_of_work(session):
        invented = make_agency(session, is_sample=True)
    assert make_page(session, now, invented, is_sample=False).is_sample


def test_the_search_is_offered_every_public_text_with_its_figures(session, now, agency):
    page = report(session, now, agency, WAITING)
    with unit_of_work(session):
        service.publish(session, SYSTEM, now, page.translations[0])
    (document,) = search.documents(session, page)
    assert (document.kind, document.key, document.language) == ("disclosure", page.slug, "th")
    assert "เวลารอ" in document.text
    assert document.url_path == f"/disclosures/{page.slug}"


def test_newest_pages_come_first(session, now, agency):
    old = make_page(session, now, agency, published_at=now - timedelta(days=9), updated_at=now - timedelta(days=9))
    new = make_page(session, now, agency)
    assert [one.disclosure for one in queries.latest_published(session, 5)] == [new, old]
    assert queries.count_published(session) == 2
    assert queries.latest_published(session, 5, agency_id=agency.id + 1000) == []
