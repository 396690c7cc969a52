"""A picture on its way to the public and away from it, through the services."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies.options.service import set_option
from portal.audit.models import AuditEntry
from portal.casework import service
from portal.casework.exposed.queries import log, of_case, waiting_for
from portal.casework.exposed.rules import PassageState
from portal.casework.jobs import pictures_due
from portal.casework.models import PublicPicture
from portal.casework.options import SHOWN_BEFORE
from portal.casework.pictures.queries import for_everybody, shown_of, waiting_of, was_public
from portal.casework.pictures.rules import PictureState
from portal.casework.rules import Act, Part
from portal.casework.service import Reported
from portal.db import unit_of_work
from portal.db.revision import public_revision
from portal.files.models import StoredFile
from portal.files.rules import Area
from portal.kernel.actor import CITIZEN, SYSTEM, VISITOR
from portal.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.casework.conftest import Office
from tests.casework.pictures.conftest import ALT, AT, Album


def runs(album: Album, at: object) -> None:
    with unit_of_work(album.office.session) as session:
        pictures_due(SimpleNamespace(session=session, now=at))  # type: ignore[arg-type]


def is_public(album: Album) -> bool:
    row = for_everybody(album.office.session, album.case.number, album.row.address)
    return row is not None and row.state is PictureState.RELEASED and row in shown_of(album.case)


def reported(album: Album) -> Reported:
    found: Reported = album.office.do(service.report_picture, VISITOR, album.case, album.row.address, at=AT)
    return found


def test_a_picture_goes_from_the_officer_to_the_sender_to_everybody(album: Album, session: Session) -> None:
    row = album.prepares(areas=[Area(10, 10, 20, 20)])
    assert (row.state, row.areas, row.alt_th) == (PictureState.PREPARED, [[10, 10, 20, 20]], ALT[0])
    assert not is_public(album)
    assert waiting_of(album.case) == []
    event = album.shows()
    assert (event.act, event.detail) == (Act.SHOW_PICTURE, {"picture": row.id, "days": 3})
    assert [one.id for one in waiting_of(album.case)] == [row.id]
    assert not is_public(album)
    before = public_revision(session)
    event = album.office.do(service.agree_to_picture, CITIZEN, album.case, row.address, at=AT)
    assert event.act is Act.RELEASE_PICTURE
    assert is_public(album)
    assert public_revision(session) > before


def test_silence_lets_it_appear_after_three_days_and_not_before(album: Album) -> None:
    album.prepares()
    album.shows()
    runs(album, AT + timedelta(days=3, seconds=-1))
    assert not is_public(album)
    runs(album, AT + timedelta(days=3))
    assert is_public(album)
    assert album.row.released_at == AT + timedelta(days=3)


def test_an_agency_may_give_the_sender_more_days(album: Album, session: Session) -> None:
    with unit_of_work(session):
        set_option(session, SYSTEM, AT, SHOWN_BEFORE, album.office.agency, 7, 0)
    album.prepares()
    assert album.shows().detail["days"] == 7


def test_the_sender_stops_it_and_it_can_be_prepared_anew_under_another_address(album: Album, session: Session) -> None:
    first = album.prepares().address
    album.shows()
    album.takes_away(CITIZEN, "")
    assert album.row.state is PictureState.STOPPED
    assert not was_public(session, album.case.number, first)
    runs(album, AT + timedelta(days=9))
    assert not is_public(album)
    assert album.prepares(areas=[Area(0, 0, 50, 50)]).address != first
    assert album.row.state is PictureState.PREPARED
    with pytest.raises(NotFound):
        album.store.open(first)


@pytest.mark.parametrize("who", ["colleague", "stranger"])
def test_only_who_may_publish_the_case_prepares_and_shows(album: Album, who: str) -> None:
    actor = getattr(album.office, who)
    with pytest.raises(NotAllowed):
        album.prepares(actor)
    album.prepares()
    for verb in (album.shows, album.takes_away):
        with pytest.raises(NotAllowed):
            verb(actor)
    with pytest.raises(NotAllowed):
        album.office.do(service.agree_to_picture, album.office.officer, album.case, album.row.address, at=AT)


def test_somebody_accused_needs_a_second_officer(album: Album) -> None:
    album.prepares(accuses=True)
    with pytest.raises(NotAllowed):
        album.shows()
    assert album.shows(album.office.coordinator).actor_id == album.office.coordinator.user_id


def test_before_the_text_is_public_no_picture_is(office: Office, album: Album) -> None:
    album.office.do(service.withdraw_publication, office.officer, album.case, "ผิด", at=AT)
    with pytest.raises(Conflict):
        album.prepares()


@pytest.mark.parametrize("gone", [Act.WITHDRAW_CONSENT, Act.WITHDRAW_PUBLICATION, Act.MARK_ABOUT])
def test_with_text_consent_or_a_mark_the_pictures_go_and_stay_away(album: Album, gone: Act, session: Session) -> None:
    address, office = album.released().address, album.office
    if gone is Act.WITHDRAW_CONSENT:
        office.do(service.withdraw_consent, CITIZEN, album.case, at=AT)
    elif gone is Act.WITHDRAW_PUBLICATION:
        office.do(service.withdraw_publication, office.officer, album.case, "ผิด", at=AT)
        office.do(service.publish, office.officer, album.case, "ใหม่", "ใหม่", "ใหม่", at=AT)
    else:
        office.do(service.mark_about, office.coordinator, album.case, [office.users["colleague"]], [], at=AT)
    assert album.row.state is PictureState.WITHDRAWN
    assert not is_public(album)
    assert was_public(session, album.case.number, address) is (gone is not Act.MARK_ABOUT)


def test_a_contest_stops_what_waits_and_leaves_what_is_public(album: Album) -> None:
    album.prepares()
    album.shows()
    album.office.do(service.contest, CITIZEN, album.case, "ยังไม่เปิด", at=AT)
    assert album.row.state is PictureState.STOPPED
    other = Album(album.office, album.store, album.case)
    assert other.row.appears_at is None


def test_what_is_public_outlives_a_contest(album: Album) -> None:
    album.released()
    album.office.do(service.contest, CITIZEN, album.case, "ยังไม่เปิด", at=AT)
    assert is_public(album)


def test_an_officer_withdraws_it_with_a_reason(album: Album) -> None:
    album.released()
    with pytest.raises(Invalid):
        album.takes_away(album.office.officer, " ")
    assert album.takes_away(album.office.officer).act is Act.WITHDRAW_PICTURE
    assert not is_public(album)
    with pytest.raises(Conflict):
        album.takes_away(album.office.officer)


@pytest.mark.parametrize("part", [Part.FILES, Part.PUBLIC_TEXT])
def test_erasing_takes_copy_words_and_bytes(album: Album, session: Session, part: Part) -> None:
    address = album.released().address
    with unit_of_work(session):
        service.erase(session, CITIZEN, AT, album.store, album.case, [part])
    row = session.scalars(select(PublicPicture)).one()
    assert (row.state, row.copy_id, row.source_id, row.alt_th, row.alt_en, row.areas) == (PictureState.WITHDRAWN, None, None, "", "", [])
    with pytest.raises(NotFound):
        album.store.open(address)
    assert session.scalar(select(StoredFile).where(StoredFile.public_id == address)) is None
    assert was_public(session, album.case.number, address)


@pytest.mark.parametrize(
    ("alt_th", "alt_en", "looked", "wrong"),
    [
        ("", "A box", True, {"alt_th"}),
        ("ตู้", " ", True, {"alt_en"}),
        ("ตู้", "x" * 301, True, {"alt_en"}),
        ("นายสมชาย ใจดี ยืนข้างตู้", "A box", True, {"alt_th"}),
        ("ตู้ โทร 081-234-5678", "A box", True, {"alt_th"}),
        ("ตู้", "A box", False, {"looked"}),
        ("", "", False, {"alt_th", "alt_en", "looked", "area-1-left"}),
    ],
)
def test_words_and_a_look_are_asked_for(alt_th: str, alt_en: str, looked: bool, wrong: set[str]) -> None:
    areas = [Area(0, 0, 0, 0)] if "area-1-left" in wrong else []
    with pytest.raises(Invalid) as refused:
        service.check_covering(areas, alt_th, alt_en, looked=looked, accuses=False)
    assert set(refused.value.fields) == wrong


def test_a_reported_picture_stays_until_an_officer_hides_it(album: Album, session: Session) -> None:
    album.released()
    assert reported(album) == Reported(waits=True)
    assert reported(album) == Reported()
    assert is_public(album)
    (row,) = session.scalars(waiting_for(album.office.officer))
    assert (row.due_on, row.reports, row.picture) == ((AT + timedelta(days=1)).date(), 2, album.row)
    with unit_of_work(session):
        assert service.close_passage(session, album.office.officer, AT, row).act is Act.WITHDRAW_PICTURE
    assert not is_public(album)
    assert [(one.state, one.passage) for one in session.scalars(log())] == [(PassageState.CLOSED, "")]
    assert session.scalars(waiting_for(album.office.officer)).all() == []


def test_what_an_officer_let_stand_is_not_brought_up_again(album: Album, session: Session) -> None:
    album.released()
    reported(album)
    (row,) = of_case(session, album.case)
    with unit_of_work(session):
        assert service.let_passage_stand(session, album.office.officer, AT, row, "ไม่มีคนในภาพ").act is Act.KEEP_PICTURE
    assert reported(album) == Reported(stands=True)
    assert session.scalars(waiting_for(album.office.officer)).all() == []
    assert is_public(album)


def test_only_what_is_public_can_be_reported(album: Album) -> None:
    album.prepares()
    with pytest.raises(NotFound):
        reported(album)
    album.shows()
    with pytest.raises(NotFound):
        reported(album)


def test_a_report_of_a_picture_that_went_for_another_reason_needs_nobody(album: Album, session: Session) -> None:
    album.released()
    reported(album)
    album.takes_away(CITIZEN, "")
    assert session.scalars(waiting_for(album.office.officer)).all() == []


def test_no_name_of_a_file_and_no_words_stand_in_the_trail(album: Album, session: Session) -> None:
    album.released()
    trail = " ".join(str(entry.detail) for entry in session.scalars(select(AuditEntry)))
    assert "picture" in trail
    assert not any(secret in trail for secret in (*ALT, "สมหญิง", album.row.address))


def test_an_officers_photograph_is_a_picture_of_the_case(album: Album, session: Session) -> None:
    with pytest.raises(Invalid):
        album.office.do(service.add_photograph, album.office.officer, album.case, [], "หลังซ่อม", at=AT)
    with pytest.raises(NotAllowed):
        album.office.do(service.add_photograph, album.office.stranger, album.case, [], "หลังซ่อม", at=AT)
