"""All agencies of a fiscal year on one scale: who stands where, who has moved, who has not reported; the same as lines and as JSON."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import Response, render_template, request, url_for

from portal.agencies.rules import ADDRESSABLE, AgencyKind, AgencyLevel
from portal.figures.tiles import HIGH, WIDE, size, tiles
from portal.kernel import places
from portal.kernel.errors import NotFound
from portal.participation.listing import queries
from portal.participation.listing.paging import page_of
from portal.participation.listing.rules import Group, Row, Sort, counted, distribution, grouped, in_order
from portal.participation.rules.scales import LEVELS, Scale
from portal.participation.scales import all_scales, scale_for
from portal.participation.shown.sides import claimed_in
from portal.participation.views.blueprint import SECONDS, bounds, bp, disclaimer, is_running, present_year, year_at
from portal.participation.views.cells import in_cell
from portal.participation.views.sentences import helpers
from portal.web.audience import Audience, audience
from portal.web.cursor import per_page
from portal.web.database import db
from portal.web.language import language, path_in
from portal.web.page_cache import public_page
from portal.web.runtime import runtime

HEAD = (
    "agency", "name_th", "name_en", "kind", "agency_level", "is_sample", "is_compulsory", "fiscal_year", "scale", "level", "source_level",
    "level_year_before", "is_first_year", "has_reported",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What an address asks for: a year and a scale, and what narrows the agencies."""

    fiscal_year: int
    scale: Scale
    kind: str
    agency_level: str
    province: str
    compulsory: bool
    group: Group
    sort: Sort

    @property
    def kept(self) -> dict[str, str]:
        """The same as an address, without what is so anyway."""
        said = {
            "year": str(self.fiscal_year),
            "scale": self.scale.code,
            "kind": self.kind,
            "level": self.agency_level,
            "province": self.province,
            "compulsory": "1" if self.compulsory else "",
            "group": "" if self.group is Group.LEVELS else self.group.value,
            "sort": "" if self.sort is Sort.LEVEL else self.sort.value,
        }
        return {name: value for name, value in said.items() if value}

    def other(self, **changed: str) -> str:
        """Address of the same list with something else asked for."""
        kept = {name: value for name, value in {**self.kept, **changed}.items() if value}
        return url_for("participation.index", **kept)  # type: ignore[arg-type]


def asked_for() -> Asked:
    """Raises ``NotFound`` for what is no year, scale, kind, level, province, group or order: a slip must not pass for an answer."""
    year = _year()
    scale = _scale(year)
    return Asked(
        year,
        scale,
        kind=_code("kind", [kind.value for kind in AgencyKind]),
        agency_level=_code("level", [level.value for level in ADDRESSABLE]),
        province=_code("province", [place.code for place in places.provinces()]),
        compulsory=_code("compulsory", ["1"]) == "1",
        group=Group(_code("group", list(Group)) or Group.LEVELS),
        sort=Sort(_code("sort", list(Sort)) or Sort.LEVEL),
    )


@bp.get("/participation")
@audience(Audience.PUBLIC)
@public_page(seconds=SECONDS)
def index() -> str:
    """``?year=``, ``?scale=``, ``?group=``, ``?sort=``; ``?kind=``, ``?level=`` (of agency), ``?province=``, ``?compulsory=`` narrow it."""
    asked = asked_for()
    rows, provinces = listed(asked)
    groups = grouped(rows)
    if not request.args.get("group") and not groups[Group.LEVELS] and groups[Group.FIRST_YEAR]:
        asked = replace(asked, group=Group.FIRST_YEAR)  # the first year of a portal: there is no other list to begin with
    page = page_of(groups[asked.group], asked.sort, per_page(), request.args.get("cursor"))
    own = queries.levels_by_province(rows, provinces)
    return render_template(
        "participation/index.html",
        asked=asked,
        page=page,
        next_url=asked.other(cursor=page.next_cursor, per_page=_per_page()) if page.next_cursor else None,
        counts={group: len(members) for group, members in groups.items()},
        bars=distribution(rows),
        scales=_scales_of(asked.fiscal_year),
        years=_years(),
        kinds=list(AgencyKind),
        levels=[level for level in AgencyLevel if level in ADDRESSABLE],
        all_provinces=places.provinces(),
        own=own,
        place_of=places.by_code,
        tiles=tiles({code: row.level for code, row in own.items() if row.level is not None}, LEVELS),
        tile=(WIDE, HIGH),
        size=size(),
        groups=list(Group),
        sorts=list(Sort),
        is_running=is_running(asked.fiscal_year),
        all_samples=bool(among := counted(rows)) and all(row.is_sample for row in among),
        disclaimer=disclaimer(),
        noindex=any(row.is_sample for row in page.items) or request.query_string != b"",
        **bounds(asked.fiscal_year),
        **helpers(),
    )


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


def listed(asked: Asked) -> tuple[list[Row], dict[int, frozenset[str]]]:
    """The agencies that are asked for, whatever their group, and the provinces of all; three questions however many."""
    claimed = claimed_in(db.session, asked.fiscal_year, asked.scale.code)
    rows = queries.rows_of(db.session, asked.fiscal_year, asked.scale.code, claimed)
    provinces = queries.provinces_of(db.session)
    return [row for row in rows if _is_meant(row, asked, provinces)], provinces


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


def _is_meant(row: Row, asked: Asked, provinces: Mapping[int, frozenset[str]]) -> bool:
    return (
        (not asked.kind or row.kind == asked.kind)
        and (not asked.agency_level or row.agency_level == asked.agency_level)
        and (not asked.province or asked.province in provinces.get(row.agency_id, frozenset()))
        and (not asked.compulsory or row.is_compulsory)
    )


def _code(name: str, codes: Sequence[str]) -> str:
    typed = request.args.get(name, "").strip()
    if typed and typed not in codes:
        raise NotFound
    return typed


def _year() -> int:
    """The one that is asked for, else the newest that was computed, else the present one."""
    typed = request.args.get("year", "").strip()
    return year_at(typed) if typed else next(iter(_years()), present_year())


def _years() -> list[int]:
    return [year for year in queries.years_scored(db.session) if year <= present_year()]


def _scales_of(year: int) -> list[Scale]:
    return [scale for scale in all_scales() if scale.holds_in(year)]


def _scale(year: int) -> Scale:
    held = _scales_of(year)
    found = scale_for(request.args.get("scale", "").strip(), year) if request.args.get("scale", "").strip() else next(iter(held), None)
    if found is None:
        raise NotFound
    return found


def _per_page() -> str:
    return str(per_page()) if "per_page" in request.args else ""
