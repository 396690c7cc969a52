"""The list of levels as lines and as JSON."""

import csv
import io
import json
from collections.abc import Mapping, Sequence

from flask import Response

from portal.participation.listing.rules import Row, in_order
from portal.participation.views.asking import Asked, asked_for, listed
from portal.participation.views.blueprint import SECONDS, bp, disclaimer
from portal.participation.views.cells import in_cell
from portal.web.audience import Audience, audience
from portal.web.language import language, path_in
from portal.web.page_cache import public_page
from portal.web.runtime import runtime

HEAD = (
    "agency", "name_th", "name_en", "kind", "agency_level", "is_sample", "is_compulsory", "fiscal_year", "scale", "level", "source_level",
    "level_year_before", "is_first_year", "has_reported",
)  # fmt: skip


@bp.get("/participation.csv")
@audience(Audience.PUBLIC)
@public_page(seconds=SECONDS)
def index_csv() -> Response:
    """Every agency of the list as lines, those that have not reported too."""
    asked = asked_for()
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(HEAD)
    writer.writerows([in_cell(value) for value in line.values()] for line in lines_of(asked))
    writer.writerow([f"# {disclaimer()}"])
    return Response("\ufeff" + made.getvalue(), content_type="text/csv; charset=utf-8")


@bp.get("/participation.json")
@audience(Audience.PUBLIC)
@public_page(seconds=SECONDS)
def index_json() -> Response:
    """The same as JSON, with what every file says."""
    asked = asked_for()
    url = runtime().settings.base_url + path_in(language(), f"/participation?year={asked.fiscal_year}&scale={asked.scale.code}")
    told = {"disclaimer": disclaimer(), "fiscal_year": asked.fiscal_year, "scale": asked.scale.code, "url": url}
    body = json.dumps({**told, "agencies": list(lines_of(asked))}, ensure_ascii=False, indent=1)
    return Response(body + "\n", content_type="application/json; charset=utf-8")


def lines_of(asked: Asked) -> Sequence[Mapping[str, object]]:
    """What the files and the API tell of each agency that was scored or must report."""
    rows, _provinces = listed(asked)
    return [line_of(row, asked) for row in in_order(rows, asked.sort) if row.is_scored or row.is_compulsory]


def line_of(row: Row, asked: Asked) -> dict[str, object]:
    """One agency."""
    values = (
        row.slug, row.name_th, row.name_en, row.kind.value, row.agency_level.value, row.is_sample, row.is_compulsory, asked.fiscal_year,
        asked.scale.code, row.level, row.source_level, row.before, row.is_first_year, row.has_reported,
    )  # fmt: skip
    return dict(zip(HEAD, values, strict=True))
