"""Everybody at once, and what the command line says of it."""

from pathlib import Path

import click
import pytest

from portal.participation.scales import FOLDER
from portal.participation.scores.everybody import all_dossiers, recompute_all
from portal.participation.scoring import document_for, try_scale
from tests.conftest import NOW
from tests.participation.scores.conftest import YEAR, Town


def test_everybody_is_computed_in_batches_and_told_of(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.participation.scores.everybody.BATCH", 1)
    told: list[tuple[int, int]] = []
    assert recompute_all(town.session, NOW, [YEAR], lambda done, of: told.append((done, of))) > 0
    assert told == [(1, 2), (2, 2)]
    assert recompute_all(town.session, NOW, [YEAR]) == 0
    assert {one.subject.agency for one in all_dossiers(town.session, YEAR)} == {town.office.agency.slug, town.office.elsewhere.slug}


def test_a_new_edition_is_tried_without_storing_anything(town: Town, tmp_path: Path) -> None:
    recompute_all(town.session, NOW, [YEAR])
    before = town.scores()
    text = (FOLDER / "2549-1.yaml").read_text(encoding="utf-8")
    edition = tmp_path / "2549-9.yaml"
    edition.write_text(text.replace("edition: 2549-1", "edition: 2549-9"), encoding="utf-8")
    assert list(try_scale(town.session, NOW, edition, YEAR))[-1] == f"0 would move from 2549-1 to 2549-9 in {YEAR}"
    edition.write_text("levels: none", encoding="utf-8")
    with pytest.raises(click.ClickException, match=r"2549-9\.yaml"):
        list(try_scale(town.session, NOW, edition, YEAR))
    assert town.scores() == before


def test_one_agency_by_its_slug_and_one_that_is_not_there(town: Town) -> None:
    document = document_for(town.session, NOW, town.office.agency.slug, YEAR)
    assert "2549" in document.computed
    with pytest.raises(click.ClickException):
        document_for(town.session, NOW, "nobody\x00", YEAR)
