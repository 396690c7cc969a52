"""Keeping the register of channels."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.audit.models import AuditEntry
from portal.casework.figures import Figure, figures, figures_by_channel, list_behind_figure
from portal.casework.rules import Channel
from portal.db import unit_of_work
from portal.feedback.channels import queries, service
from portal.feedback.channels.entry import Entry
from portal.kernel.actor import SYSTEM
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from tests.casework.conftest import make_office
from tests.conftest import NOW

TYPED = Entry(
    name_th="โทรศัพท์ศูนย์รับเรื่อง",
    audience="general_public",
    formality="formal",
    address="0 2356 9999",
    collector_position_th="หัวหน้าศูนย์รับเรื่อง",
    standard_days="๗",
    open_from="1/10/2569",
)


@pytest.fixture
def office(session, keyring):
    return make_office(session, keyring)


def add(office, code="telephone", actor=SYSTEM, **values):
    with unit_of_work(office.session):
        return service.add_channel(office.session, actor, NOW, office.agency, code, replace(TYPED, **values))


def test_an_entry_is_read_as_people_write_and_leaves_a_trail(office):
    entry = add(office, appointment_number="คำสั่งที่ 12/2570", appointment_on="5 ตุลาคม 2569", open_until="30/09/2570")
    assert (entry.channel, entry.standard_days, entry.is_formal) == (Channel.TELEPHONE, 7, True)
    assert (entry.open_from, entry.open_until, entry.appointment_on) == (date(2026, 10, 1), date(2027, 9, 30), date(2026, 10, 5))
    trail = office.session.query(AuditEntry).filter_by(act="channel.added").one()
    assert trail.object_key == f"{office.agency.slug}/telephone"


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("name_th", {"name_th": " \u200b "}),
        ("name_en", {"name_en": "x" * 121}),
        ("audience", {"audience": "everybody"}),
        ("formality", {"formality": ""}),
        ("collector", {"collector_position_th": ""}),
        ("collector", {"collector": "0123456789abcdef"}),
        ("appointment_on", {"appointment_number": "12/2570"}),
        ("appointment_number", {"appointment_on": "1/10/2569"}),
        ("appointment_on", {"appointment_number": "1", "appointment_on": "1/10/2599"}),
        ("standard_days", {"standard_days": "0"}),
        ("standard_days", {"standard_days": "สองวัน"}),
        ("open_from", {"open_from": ""}),
        ("open_from", {"open_from": "31/2/2570"}),
        ("open_until", {"open_until": "30/9/2569"}),
        ("code", {"code": "telegraph"}),
    ],
)
def test_what_cannot_be_is_named_by_its_field(office, field, values):
    with pytest.raises(Invalid) as refused:
        add(office, **values)
    assert set(refused.value.fields) == {field}


def test_each_kind_once_and_only_for_administrators(office):
    add(office)
    with pytest.raises(Invalid):
        add(office)
    with pytest.raises(NotAllowed):
        add(office, "letter", actor=office.coordinator)


def test_the_second_of_two_administrators_is_told(office):
    entry = add(office)
    for version in (1, 1):
        with unit_of_work(office.session):
            if version == entry.row_version:
                service.edit_channel(office.session, SYSTEM, NOW, entry, replace(TYPED, name_th="สายด่วน"), version)
            else:
                with pytest.raises(Conflict):
                    service.edit_channel(office.session, SYSTEM, NOW, entry, TYPED, version)
    assert queries.by_code(office.session, office.agency.id, "telephone").name_th == "สายด่วน"


def test_only_people_of_the_agency_collect_and_who_has_left_is_not_named(office):
    officer, stranger = office.users["officer"], office.users["stranger"]
    entry = add(office, collector=officer.public_id)
    assert entry.named_collector.id == officer.id
    with pytest.raises(Invalid):
        add(office, "letter", collector=stranger.public_id)
    with unit_of_work(office.session):
        office.session.get(type(officer), officer.id).disabled_at = NOW
    assert queries.by_code(office.session, office.agency.id, "telephone").named_collector is None


def test_no_entry_changes_a_due_day(office):
    before = office.case(channel="telephone").due_on
    add(office, standard_days="3")
    assert office.case(channel="telephone").due_on == before


def test_channels_add_up_to_the_agency_and_each_figure_is_its_list(office):
    for channel, many in (("telephone", 3), ("letter", 1), ("web", 2)):
        for _ in range(many):
            office.case(channel=channel)
    office.answered(channel="telephone", at=NOW + timedelta(days=3))
    office.answered(channel="letter", at=NOW + timedelta(days=20))
    at = NOW + timedelta(days=40)
    found, whole = figures_by_channel(office.session, office.agency.id, 2570, at), figures(office.session, [office.agency.id], 2570, at)
    for figure in Figure:
        assert sum(getattr(one, figure.value) for one in found.values()) == getattr(whole, figure.value)
    for channel, one in found.items():
        assert one == figures(office.session, [office.agency.id], 2570, at, channel)
        for figure in Figure:
            behind = list_behind_figure(figure, [office.agency.id], 2570, at, channel)
            assert len(office.session.scalars(behind).all()) == getattr(one, figure.value), (channel, figure)
    assert (found[Channel.TELEPHONE].median_days, found[Channel.LETTER].median_days, found[Channel.WEB].median_days) == (3, 20, None)


def test_what_came_by_a_channel_that_is_not_described_is_on_the_list_too(office):
    add(office)
    office.case(channel="fax")
    listed = queries.counted(office.session, office.agency.id, 2570, NOW)
    assert [(one.code, one.entry is not None, one.figures.received) for one in listed] == [
        (Channel.TELEPHONE, True, 0),
        (Channel.FAX, False, 1),
    ]
