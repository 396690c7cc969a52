"""Texts are written by who administers the agency, never over somebody else's, and the nearest one holds."""

import pytest
from sqlalchemy import select

from portal.audit.models import AuditEntry
from portal.casework.models import ReadyReply
from portal.casework.wording import queries, service
from portal.casework.wording.rules import MailKind
from portal.casework.wording.service import Ready, Texts
from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM, Role
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from tests.conftest import NOW
from tests.factories import actor_of, make_user

TEXT = "เรื่อง {case_number} โต้แย้งได้ถึง {contest_until}\n\n{words}\n\n{track_url}"
MAIL = MailKind.ANSWERED


def word(office, text, actor=SYSTEM, agency="own", version=0, english=""):
    with unit_of_work(office.session) as session:
        place = office.agency if agency == "own" else agency
        service.word_mail(session, actor, NOW, MAIL, place, Texts(text, english), version)


def holds(office, language="th"):
    office.session.rollback()
    return queries.own_text(office.session, MAIL, language, office.agency.id)


def ready(name="ขอเอกสารเพิ่ม", text="เรียนผู้แจ้งเรื่อง {case_number}", **values):
    return Ready(**{"name_th": name, "name_en": "", "kind": "", "texts": Texts(text), **values})


def add(office, actor=SYSTEM, **values):
    with unit_of_work(office.session) as session:
        return service.add_reply(session, actor, NOW, office.agency, ready(**values))


def test_the_nearest_text_holds_for_each_language_by_itself(office):
    assert holds(office) == ""
    word(office, f"ทั้งเว็บ {TEXT}", agency=None, english=f"Everywhere {TEXT}")
    assert holds(office).startswith("ทั้งเว็บ")
    word(office, f"ของเรา {TEXT}")
    assert holds(office).startswith("ของเรา")
    assert holds(office, "en").startswith("Everywhere")


def test_both_languages_empty_is_back_to_the_default(office):
    word(office, TEXT)
    word(office, "  \u200b ", version=1)
    assert queries.wordings(office.session, office.agency.id) == {}


def test_who_saw_an_earlier_version_is_refused_and_changes_nothing(office):
    word(office, TEXT)
    for version in (0, 7, -1):
        with pytest.raises(Conflict):
            word(office, f"ทับ {TEXT}", version=version)
    with pytest.raises(Conflict), unit_of_work(office.session) as session:
        service.back_to_default(session, SYSTEM, NOW, MAIL, office.agency, 0)
    assert holds(office) == TEXT


def test_only_who_administers_the_agency_writes(office):
    with unit_of_work(office.session) as session:
        own = actor_of(session, make_user(session, [(office.agency, Role.ADMINISTRATOR)]))
        other = actor_of(session, make_user(session, [(office.elsewhere, Role.ADMINISTRATOR)]))
    word(office, TEXT, actor=own)
    add(office, actor=own)
    for actor in (other, office.coordinator):
        with pytest.raises(NotAllowed):
            word(office, TEXT, actor=actor, version=1)
        with pytest.raises(NotAllowed):
            add(office, actor=actor, name="อื่น")
    with pytest.raises(NotAllowed):
        word(office, TEXT, actor=own, agency=None)


def test_the_trail_tells_of_the_change_without_its_words(office):
    word(office, TEXT)
    add(office)
    about = AuditEntry.object_type.in_(("mail_text", "ready_reply"))
    rows = office.session.scalars(select(AuditEntry).where(about).order_by(AuditEntry.id)).all()
    assert [(row.act, row.detail) for row in rows] == [("mail_text.changed", {"own_text": "th"}), ("ready_reply.added", {})]


def test_a_ready_reply_is_offered_for_its_kind_while_it_is_open(office):
    every, questions = add(office), add(office, name="ตอบคำถาม", kind="question")
    case, question = office.case(), office.case(kind="question")

    def offered(one):
        office.session.rollback()
        return {row.key for row in queries.offered_for(office.session, one)}

    assert offered(case) == {every.key}
    assert offered(question) == {every.key, questions.key}
    with unit_of_work(office.session) as session:
        service.close_reply(session, SYSTEM, NOW, session.get_one(ReadyReply, every.id), 1)
    assert offered(case) == set()
    with unit_of_work(office.session) as session:
        service.reopen_reply(session, SYSTEM, NOW, session.get_one(ReadyReply, every.id), 2)
    assert offered(case) == {every.key}


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("name_th", {"name": " \u200b"}),
        ("name_th", {"name": "ก" * 121}),
        ("name_th", {"name": "มีแล้ว"}),
        ("name_en", {"name_en": "x" * 121}),
        ("text_th", {"text": ""}),
        ("text_th", {"text": "เรียน {name}"}),
        ("text_en", {"texts": Texts("ก", "Dear {name}")}),
        ("kind", {"kind": "corruption"}),
    ],
)
def test_what_cannot_be_kept_is_refused_by_its_field(office, field, values):
    add(office, name="มีแล้ว")
    with pytest.raises(Invalid) as refused:
        add(office, **values)
    assert set(refused.value.fields) == {field}


def test_a_name_that_went_to_another_reply_stands_in_the_way_of_opening(office):
    first = add(office)
    with unit_of_work(office.session) as session:
        service.close_reply(session, SYSTEM, NOW, session.get_one(ReadyReply, first.id), 1)
    add(office)
    with pytest.raises(Invalid), unit_of_work(office.session) as session:
        service.reopen_reply(session, SYSTEM, NOW, session.get_one(ReadyReply, first.id), 2)


def test_two_who_edit_one_reply_are_told(office):
    row = add(office)

    def edit(name, version):
        with unit_of_work(office.session) as session:
            service.edit_reply(session, SYSTEM, NOW, session.get_one(ReadyReply, row.id), ready(name=name), version)

    edit("ชื่อใหม่", 1)
    with pytest.raises(Conflict):
        edit("ชื่อทับ", 1)


def test_anything_may_be_asked_for_as_a_key(office):
    for key in ("", "x", "\x00", "0" * 16, "'; --"):
        assert queries.by_key(office.session, office.agency.id, key) is None
