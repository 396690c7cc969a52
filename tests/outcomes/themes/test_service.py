"""Keeping themes, and giving them to cases."""

import pytest
from sqlalchemy import select

from portal.audit.models import AuditEntry
from portal.casework import service as casework
from portal.casework.models import Case
from portal.db import unit_of_work
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.outcomes.themes import queries, service
from tests.conftest import NOW
from tests.explaining import plan_of
from tests.outcomes.conftest import MAY, give, heard, theme


def themes_of(office, cases):
    office.session.expire_all()
    return {case_id: row.theme.name_th for case_id, row in queries.themed(office.session, [case.id for case in cases]).items()}


def give_as(office, actor, chosen, shown=()):
    with unit_of_work(office.session):
        return service.give_themes(office.session, actor, NOW, office.agency, chosen, dict(shown))


def test_many_at_once_with_a_trail_and_again_without(office):
    water, road = theme(office, "น้ำ"), theme(office, "ถนน")
    cases = heard(office, 3)
    assert give(office, water, cases) == 3
    assert give(office, water, cases) == 0
    changed = give_as(
        office, office.officer, {cases[0].number: road.slug, cases[1].number: ""}, {case.number: water.slug for case in cases}
    )
    assert changed == 2
    assert themes_of(office, cases) == {cases[0].id: "ถนน", cases[2].id: "น้ำ"}
    trail = office.session.scalars(select(AuditEntry).where(AuditEntry.act == "theme.given").order_by(AuditEntry.id)).all()
    assert trail[-1].detail == {"from": water.slug, "to": ""}
    assert queries.counts(office.session, office.agency.id) == {water.id: 1, road.id: 1}


def test_counts_begin_at_what_has_a_theme_and_the_list_of_what_has_none_at_the_newest(office):
    counting = plan_of(office.session, lambda: queries.counts(office.session, office.agency.id))
    assert "SEARCH case_record USING INTEGER PRIMARY KEY" in counting, counting
    newest = queries.with_theme(office.coordinator, office.agency.id, None)
    newest = newest.order_by(Case.fiscal_year.desc(), Case.received_at.desc(), Case.id.desc()).limit(21)
    listing = plan_of(office.session, lambda: office.session.scalars(newest).all())
    assert "USING INDEX ix_case_record_figures (" in listing, listing
    assert "TEMP B-TREE" not in listing, listing


def test_nothing_is_overwritten_that_the_page_did_not_show(office):
    water, road = theme(office, "น้ำ"), theme(office, "ถนน")
    one, other = heard(office, 2)
    give(office, water, [one])
    with pytest.raises(Conflict):
        give_as(office, office.officer, {other.number: road.slug, one.number: road.slug}, {one.number: "", other.number: ""})
    assert themes_of(office, [one, other]) == {one.id: "น้ำ"}


def test_what_may_not_be_seen_is_passed_over(office):
    water = theme(office, "น้ำ")
    (about,), (other,) = heard(office), heard(office)
    office.do(casework.mark_about, office.coordinator, about, [office.users["officer"]], [], at=MAY)
    office.do(casework.forward, office.coordinator, other, office.elsewhere, "เรื่องของหน่วยงานนั้น", at=MAY)
    assert give_as(office, office.officer, {about.number: water.slug, other.number: water.slug, "OPDC-2569-999999": water.slug}) == 0
    with pytest.raises(NotAllowed):
        give_as(office, office.stranger, {})


def test_a_closed_theme_stays_and_cannot_be_given(office):
    water = theme(office, "น้ำ")
    old, new = heard(office, 2)
    give(office, water, [old])
    with unit_of_work(office.session):
        service.set_open(
            office.session, office.coordinator, NOW, queries.by_slug(office.session, office.agency.id, water.slug), 1, is_open=False
        )
    assert give_as(office, office.officer, {old.number: water.slug}) == 0
    with pytest.raises(Invalid) as refused:
        give_as(office, office.officer, {new.number: water.slug})
    assert set(refused.value.fields) == {f"theme-{new.number}"}
    with pytest.raises(Invalid):
        give_as(office, office.officer, {new.number: "theme-of-nobody"})
    assert theme(office, "น้ำ").slug != water.slug  # its name is free again


def test_names_and_rights(office):
    theme(office, "น้ำ")
    for name in ("", " \u200b", "น้ำ", "ก" * 121):
        with pytest.raises(Invalid):
            theme(office, name)
    with pytest.raises(NotAllowed), unit_of_work(office.session):
        service.add_theme(office.session, office.officer, NOW, office.agency, "ถนน")
    found = queries.by_slug(office.session, office.agency.id, theme(office, "เสียง").slug)
    with pytest.raises(Conflict), unit_of_work(office.session):
        service.edit_theme(office.session, office.coordinator, NOW, found, "เสียงดัง", "", found.row_version + 1)
