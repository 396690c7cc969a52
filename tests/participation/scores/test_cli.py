"""``portal score`` on the portal's own evidence: everybody, one agency, an edition that is only tried."""

from pathlib import Path

import click
import pytest
import yaml

from portal.participation.rules.scales import ScaleFault
from portal.participation.scales import FOLDER
from portal.participation.scores.cli import score_all, score_one, try_scale
from tests.conftest import NOW
from tests.participation.scores.conftest import YEAR, Town


def edition(tmp_path: Path, predicate: str = "") -> Path:
    """The shipped scale as another edition; with a predicate its first level asks for that alone, and for nothing of it."""
    told = yaml.safe_load((FOLDER / "2549-1.yaml").read_text(encoding="utf-8"))
    told["edition"] = "2549-2"
    if predicate:
        first = told["levels"][0]["criteria"][0]
        first["checks"] = [{**first["checks"][0], "predicate": predicate, "given": {"quarters": 0}}]
        told["levels"][0]["criteria"] = [first]
    path = tmp_path / "2549-2.yaml"
    path.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
    return path


def test_everybody_is_computed_and_it_says_how_far_it_is(town: Town) -> None:
    lines = list(score_all(town.session, NOW, YEAR))
    assert [line.split(",")[0] for line in lines] == ["2570: 2 of 2 agencies"]
    assert lines[0].endswith(" 4 results are others now")
    assert len(town.scores()) == 4  # two agencies, two scales
    assert next(iter(score_all(town.session, NOW, YEAR))).endswith(" 0 results are others now")


def test_one_agency_is_computed_and_its_dossier_shown(town: Town) -> None:
    slug = town.office.agency.slug
    document = score_one(town.session, NOW, slug, YEAR)
    assert document.subject.agency == slug
    assert {key[0] for key in town.scores()} == {town.office.agency.id}
    with pytest.raises(click.ClickException, match="no agency 'nobody'"):
        score_one(town.session, NOW, "nobody", YEAR)


def test_an_edition_that_is_tried_tells_who_would_move_and_stores_nothing(town: Town, tmp_path: Path) -> None:
    list(score_all(town.session, NOW, YEAR))
    before = town.scores(), town.kept()
    assert list(try_scale(town.session, edition(tmp_path), YEAR)) == ["2570: 0 of 2 agencies would move from 2549-1 to 2549-2"]
    told = list(try_scale(town.session, edition(tmp_path, "every_quarter"), YEAR))
    assert sorted(line.split(": ")[1].split(" -> ")[1] for line in told[:-1]) == ["1 (source 1)", "1 (source 1)"]
    assert told[-1] == "2570: 2 of 2 agencies would move from 2549-1 to 2549-2"
    with pytest.raises(ScaleFault, match="there is no predicate always"):
        list(try_scale(town.session, edition(tmp_path, "always"), YEAR))
    assert (town.scores(), town.kept()) == before
