"""The assessors' pages, and the agency's own."""

import pytest
from sqlalchemy import event, select

from portal.accounts.passwords import hash_password
from portal.kernel.actor import Role
from portal.kernel.thai_calendar import fiscal_year
from portal.participation.claims.models import Claim
from portal.participation.confirmations.models import Confirmation
from portal.participation.objections.models import ObjectionAnswer
from portal.participation.rulings.models import EvidenceRuling
from portal.web.clock import now
from portal.web.database import db
from tests.client import PageClient
from tests.factories import make_agency
from tests.participation.sides import YEAR, Stage, make_score

PASSWORD = "a long enough password"


def signed_in(client: PageClient, stage: Stage, *grants, **values) -> None:
    person = stage.person(*grants, password_hash=hash_password(PASSWORD), **values)
    assert client.sign_in(stage.user(person).email, PASSWORD).status_code == 303


def page_of(stage: Stage, rest: str = "") -> str:
    return f"/desk/assessing/{stage.agency.slug}/{YEAR}{rest}"


def test_from_the_list_to_the_ruling_and_on_to_the_next(client: PageClient, stage: Stage) -> None:
    signed_in(client, stage, (None, Role.ASSESSOR))
    assert page_of(stage) in client.get("/desk/assessing").get_data(as_text=True)
    assert "fact=BoxOpened:2" in client.get(page_of(stage)).get_data(as_text=True)
    page = client.get(page_of(stage, "/evidence?fact=BoxOpened:2"))
    assert client.post_form(page, "/evidence").status_code == 422
    sent = client.post_form(page, "/evidence", decision="accept", reason="มีภาพถ่ายของวันนั้น")
    assert (sent.status_code, "fact=BoxOpened:bulk-01" in sent.location) == (303, True)
    assert client.get(sent.location).status_code == 200
    stage.session.rollback()
    assert stage.session.scalars(select(EvidenceRuling.key)).all() == ["2"]
    for strange in ("?fact=BoxOpened:99", "?fact=%00", ""):
        assert client.get(page_of(stage, f"/evidence{strange}")).status_code == 404


def test_confirming_and_answering_an_objection(client: PageClient, stage: Stage) -> None:
    stage.object()
    signed_in(client, stage, (None, Role.ASSESSOR))
    page = client.get("/en" + page_of(stage))
    assert client.post_form(page, page_of(stage), level="4", reason="because").status_code == 422
    sent = client.post_form(page, page_of(stage), level="4", reason="because", difference="paper records")
    assert sent.status_code == 303
    assert "paper records" in client.get(sent.location).get_data(as_text=True)
    assert "/objections/1" in client.get("/desk/assessing?part=objections").get_data(as_text=True)
    page = client.get(page_of(stage, "/objections/1"))
    assert client.post_form(page, "/objections/1", outcome="in_part").status_code == 422
    sent = client.post_form(page, "/objections/1", outcome="in_part", reason="จริงหนึ่งข้อ")
    assert sent.status_code == 303
    assert client.get(sent.location).status_code == 200
    assert client.post_form(page, "/objections/1", outcome="upheld", reason="อีกครั้ง").status_code == 409
    stage.session.rollback()
    assert len(stage.session.scalars(select(Confirmation)).all()) == 1
    assert len(stage.session.scalars(select(ObjectionAnswer)).all()) == 1


def test_who_is_too_near_finds_nothing_in_the_list_and_is_refused(client: PageClient, stage: Stage) -> None:
    stage.object()
    signed_in(client, stage, (None, Role.ASSESSOR), unit_id=stage.agency.id)
    for part in ("evidence", "claims", "objections"):
        assert stage.agency.slug not in client.get(f"/desk/assessing?part={part}").get_data(as_text=True)
    for rest in ("", "/evidence?fact=BoxOpened:2", "/objections/1"):
        assert client.get(page_of(stage, rest)).status_code == 403


@pytest.mark.parametrize("query", ["part=x", "year=x", "year=25690", "agency=%00", "agency=nobody"])
def test_a_wrong_filter_does_not_pass_for_an_answer(client: PageClient, stage: Stage, query: str) -> None:
    signed_in(client, stage, (None, Role.ASSESSOR))
    assert client.get(f"/desk/assessing?{query}").status_code == 404


def test_the_agency_reads_what_is_missing_and_hands_in(client: PageClient, stage: Stage) -> None:
    signed_in(client, stage, (stage.agency, Role.EXECUTIVE))
    address, running = f"/desk/participation?agency={stage.agency.slug}", fiscal_year(now())
    words = client.get(f"{address}&year={YEAR}").get_data(as_text=True)
    assert "เปิดตู้ครั้งที่ 2" in words  # waits for the assessor
    assert 'id="next-2549"' in words
    page = client.get(address)
    assert client.post_form(page, "level_2549", level_2549="9").status_code == 422
    fields = {f"{name}_{scale}": value for scale in ("2549", "2550") for name, value in (("level", "1"), ("reason_th", "มีช่องทางครบ"))}
    sent = client.post_form(page, "level_2549", **fields)
    assert sent.status_code == 303
    assert "มีช่องทางครบ" in client.get(sent.location).get_data(as_text=True)
    stage.session.rollback()
    assert [(row.fiscal_year, row.number) for row in stage.session.scalars(select(Claim))] == [(running, 1)]
    for year in ("2548", str(running + 1), "x", "%00"):
        assert client.get(f"{address}&year={year}").status_code == 404


def test_a_coordinator_reads_and_cannot_hand_in(client: PageClient, stage: Stage) -> None:
    signed_in(client, stage, (stage.agency, Role.COORDINATOR))
    page = client.get(f"/desk/participation?agency={stage.agency.slug}").get_data(as_text=True)
    assert "level_2549" not in page
    assert stage.home.slug not in page


def test_the_list_costs_the_same_however_long(client: PageClient, stage: Stage) -> None:
    signed_in(client, stage, (None, Role.ASSESSOR))

    def cost() -> int:
        seen: list[str] = []
        with client.application.app_context():
            engine = db.engine
        count = lambda *args: seen.append(args[2])  # noqa: E731
        event.listen(engine, "before_cursor_execute", count)
        assert client.get("/desk/assessing").status_code == 200
        event.remove(engine, "before_cursor_execute", count)
        return len(seen)

    first = cost()
    for _ in range(3):
        stage.do(lambda session: make_score(session, make_agency(session)))
    assert cost() == first
