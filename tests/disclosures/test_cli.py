"""``portal import`` and the draft that it makes."""

from pathlib import Path

import click
import pytest

from portal.agencies import queries as agencies
from portal.db import unit_of_work
from portal.disclosures import queries, service
from portal.disclosures.cli import import_files, read_text
from portal.disclosures.importing import parse_page
from portal.disclosures.rules import PublishState
from portal.index.models import SearchChunk
from portal.kernel.actor import SYSTEM
from portal.kernel.errors import Invalid
from tests.factories import make_agency, make_user

PAGE = Path(__file__).parent / "pages" / "copied.txt"


@pytest.fixture
def agency(session):
    with unit_of_work(session):
        return make_agency(session, slug="meknoi")


def test_the_command_prints_title_breadcrumb_headings_times_with_zone_and_findings(session, now, agency, capsys):
    assert import_files(session, now, [PAGE], "meknoi", None, publish=False) == 0
    said = capsys.readouterr().out.splitlines()
    assert "title: รายงานการรับฟังความเห็นเรื่องตลาดนัด" in said
    assert "breadcrumb: แผนพัฒนาตำบลปี 2565-2569 / ด้านบริการประชาชน" in said
    assert "published at: 2007-12-13T17:23:13+07:00" in said
    assert "updated at: 2008-01-18T08:05:00+07:00" in said
    assert "heading 2: 1. ที่มาของการรับฟัง (Why we asked)" in said
    assert "found: The responsible officer is blank" in said
    assert "draft: meknoi-2569-1" in said


def test_publication_is_refused_until_somebody_is_responsible(session, now, agency, capsys):
    with unit_of_work(session):
        person = make_user(session)
    assert import_files(session, now, [PAGE], "meknoi", None, publish=True) == 1
    assert "not published: responsible: Nobody is responsible yet" in capsys.readouterr().out
    assert queries.by_slug(session, "meknoi-2569-1").translations[0].state is PublishState.DRAFT
    assert import_files(session, now, [PAGE], "meknoi", person.email, publish=True) == 0
    page = queries.by_slug(session, "meknoi-2569-2")
    assert queries.shown(page, "th")[1].responsible_name == person.name_th


def test_what_the_command_publishes_is_findable_when_it_returns(session, now, agency):
    with unit_of_work(session):
        person = make_user(session)
    import_files(session, now, [PAGE], "meknoi", person.email, publish=True)
    chunk = session.query(SearchChunk).filter_by(kind="disclosure", key="meknoi-2569-1").first()
    assert chunk is not None
    assert "ทางเข้าของรถบรรทุก" in chunk.text


def test_the_draft_keeps_historical_times_findings_and_place_and_reuses_nodes(session, now, agency):
    page = parse_page(PAGE.read_text(encoding="utf-8"))
    with unit_of_work(session):
        first = service.import_page(session, SYSTEM, now, agency, page)
        second = service.import_page(session, SYSTEM, now, agency, page)
    assert first.translations[0].published_at == page.published_at
    assert {"text": "The responsible officer is blank", "values": {}} in first.translations[0].findings
    assert first.strategy_node_id == second.strategy_node_id
    path = [node.title_th for node in agencies.strategy_path(session, first.strategy_node_id)]
    assert path == ["แผนพัฒนาตำบลปี 2565-2569", "ด้านบริการประชาชน"]
    with pytest.raises(Invalid), unit_of_work(session):
        service.publish(session, SYSTEM, now, first.translations[0])


def test_unknown_agency_and_unknown_person_are_one_clear_line(session, now, agency):
    with pytest.raises(click.ClickException, match="no agency 'nowhere'"):
        import_files(session, now, [PAGE], "nowhere", None, publish=False)
    with pytest.raises(click.ClickException, match=r"nobody@example\.org"):
        import_files(session, now, [PAGE], "meknoi", "nobody@example.org", publish=True)


def test_old_thai_encoding_is_read(tmp_path):
    path = tmp_path / "old.txt"
    path.write_bytes("ประกาศ".encode("cp874"))
    assert read_text(path) == "ประกาศ"


def test_what_is_no_text_is_refused_with_its_name(tmp_path):
    path = tmp_path / "picture.txt"
    path.write_bytes(b"\xff\xfe\xfd\xdb\xdc")
    with pytest.raises(click.ClickException, match=r"picture\.txt"):
        read_text(path)
