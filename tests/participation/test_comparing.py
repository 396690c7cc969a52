"""A new edition against the one that holds."""

import msgspec
import yaml

from portal.participation.rules.comparing import compare
from portal.participation.rules.scales import read_scale
from portal.participation.scales import FOLDER, scale_for
from tests.participation.builders import YEAR, at_three, changed, seen, without

NOW = scale_for("2549", YEAR)
assert NOW is not None


def test_only_those_who_would_move_are_told_with_both_results() -> None:
    told = yaml.safe_load((FOLDER / "2549-1.yaml").read_text(encoding="utf-8"))
    told["edition"] = "2549-2"
    told["levels"][0]["criteria"][0]["checks"][0]["given"]["share"] = 50
    strict = seen(without(at_three(), "page-m1"), agency="one-page")
    dossiers = [at_three(), strict, seen(changed(at_three(), "web", public=False), agency="no-channel")]
    assert NOW is not None
    moves = list(compare(NOW, read_scale(yaml.safe_dump(told, allow_unicode=True)), dossiers))
    assert [(move.subject.agency, move.now.reached, move.new.reached) for move in moves] == [("one-page", 0, 3)]
    assert list(compare(NOW, msgspec.structs.replace(NOW, edition="2549-9"), dossiers)) == []
