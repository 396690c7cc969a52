"""Settings that people change on a page."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies.options import Option, OptionKind, Scope, value_of
from portal.agencies.options.queries import rows_of
from portal.agencies.options.service import set_option
from portal.audit.models import AuditEntry
from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM, Role
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from tests.conftest import NOW
from tests.factories import actor_of, make_agency, make_user

DAYS = Option("test.days", OptionKind.NUMBER, 15, "Days", "How many days", Scope.AGENCY, least=1, most=90)
WHOLE = Option("test.whole", OptionKind.SWITCH, False, "On", "Whether", Scope.PORTAL)


def test_the_agencys_value_goes_before_the_portals_and_that_before_the_default(session: Session) -> None:
    with unit_of_work(session):
        one, other = make_agency(session), make_agency(session)
        assert value_of(session, DAYS, one.id) == 15
        set_option(session, SYSTEM, NOW, DAYS, None, "๒๐", 0)
        set_option(session, SYSTEM, NOW, DAYS, one, 7, 0)
        assert (value_of(session, DAYS, one.id), value_of(session, DAYS, other.id), value_of(session, DAYS)) == (7, 20, 20)


def test_a_change_is_audited_with_what_was_and_is(session: Session) -> None:
    with unit_of_work(session):
        agency = make_agency(session)
        admin = actor_of(session, make_user(session, [(agency, Role.ADMINISTRATOR)]))
        set_option(session, admin, NOW, DAYS, agency, 30, 0)
        entry = session.scalars(select(AuditEntry).where(AuditEntry.act == "option.changed")).one()
        assert (entry.object_key, entry.detail, entry.agency_id) == ("test.days", {"from": 15, "to": 30}, agency.id)


@pytest.mark.parametrize("value", ["0", "91", "seven", "", "-3", "1.5"])
def test_a_number_out_of_bounds_is_refused(session: Session, value: str) -> None:
    with unit_of_work(session), pytest.raises(Invalid) as refused:
        set_option(session, SYSTEM, NOW, DAYS, make_agency(session), value, 0)
    assert "value" in refused.value.fields


def test_of_two_who_change_it_at_once_the_second_is_told(session: Session) -> None:
    with unit_of_work(session):
        agency = make_agency(session)
        set_option(session, SYSTEM, NOW, DAYS, agency, 30, 0)
        with pytest.raises(Conflict):
            set_option(session, SYSTEM, NOW, DAYS, agency, 40, 0)
        set_option(session, SYSTEM, NOW, DAYS, agency, 40, rows_of(session, ["test.days"], agency.id)["test.days"].row_version)
        assert value_of(session, DAYS, agency.id) == 40


def test_only_administrators_change_it_and_only_where_they_are(session: Session) -> None:
    with unit_of_work(session):
        agency, other = make_agency(session), make_agency(session)
        admin = actor_of(session, make_user(session, [(agency, Role.ADMINISTRATOR)]))
        officer = actor_of(session, make_user(session, [(agency, Role.OFFICER)]))
        for actor, place in ((admin, other), (admin, None), (officer, agency)):
            with pytest.raises(NotAllowed):
                set_option(session, actor, NOW, DAYS, place, 3, 0)
        with pytest.raises(Invalid):
            set_option(session, SYSTEM, NOW, WHOLE, agency, True, 0)
