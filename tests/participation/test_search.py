"""Levels can be found, with the year, and never pass for a verdict of OPDC."""

from sqlalchemy import select

from portal.outbox.models import OutboxEvent
from portal.participation import search
from portal.participation.scores.service import MOVED, recompute
from tests.client import PageClient
from tests.conftest import NOW
from tests.index.documents import put
from tests.participation.sides import YEAR, Stage, make_score


def test_one_find_leads_to_the_newest_year_and_tells_every_level(stage: Stage) -> None:
    stage.do(lambda session: make_score(session, stage.agency, YEAR - 1))
    slug, documents = search.documents_of(stage.session, stage.agency.id) or ("", [])
    assert slug == stage.agency.slug
    thai = documents[0]
    assert (thai.kind, thai.url_path) == ("score", f"/participation/{slug}/{YEAR}")
    assert f"ปีงบประมาณ {YEAR}" in thai.title
    assert "เกณฑ์ 2549" in thai.title
    assert f"ปีงบประมาณ {YEAR - 1}" in thai.text
    assert "มิใช่ผลประเมินของ ก.พ.ร." in thai.text
    assert search.documents_of(stage.session, stage.home.id) == (stage.home.slug, [])
    assert search.ids(stage.session) == [stage.agency.id]


def test_a_level_that_moves_is_read_again_and_one_that_stays_is_not(stage: Stage) -> None:
    def told() -> list[object]:
        return [
            row.payload["agency_id"]
            for row in stage.session.scalars(select(OutboxEvent).where(OutboxEvent.name == MOVED).order_by(OutboxEvent.id))
        ]

    assert told() == [stage.agency.id]  # computed for the first time
    stage.do(recompute, NOW.replace(hour=11), [stage.agency.id], [YEAR])
    assert told() == [stage.agency.id]


def test_it_stands_among_the_finds_in_both_languages(client: PageClient, stage: Stage) -> None:
    _slug, documents = search.documents_of(stage.session, stage.agency.id) or ("", [])
    put(stage.session, *documents)
    for address in ("/search?q=ระดับการมีส่วนร่วม", "/en/search?q=participation&kind=score", "/search?q=ระดับ&kind=score"):
        page = client.get(address)
        assert page.status_code == 200
    assert f"/participation/{stage.agency.slug}/{YEAR}" in client.get("/search?q=ระดับการมีส่วนร่วม").get_data(as_text=True)
