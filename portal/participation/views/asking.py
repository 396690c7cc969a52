"""What an address of the list of levels asks for, and the agencies that are meant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request, url_for

from portal.agencies.rules import ADDRESSABLE, AgencyKind
from portal.kernel import places
from portal.kernel.errors import NotFound
from portal.participation.listing import queries
from portal.participation.listing.rules import Group, Row, Sort
from portal.participation.rules.scales import Scale
from portal.participation.scales import all_scales, scale_for
from portal.participation.shown.sides import claimed_in
from portal.participation.views.blueprint import present_year, year_at
from portal.web.database import db


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


def listed(asked: Asked) -> tuple[list[Row], dict[int, frozenset[str]]]:
    """The agencies that are asked for, whatever their group, and the provinces of all; three questions however many."""
    claimed = claimed_in(db.session, asked.fiscal_year, asked.scale.code)
    rows = queries.rows_of(db.session, asked.fiscal_year, asked.scale.code, claimed)
    provinces = queries.provinces_of(db.session)
    return [row for row in rows if _is_meant(row, asked, provinces)], provinces


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
    return year_at(typed) if typed else next(iter(years_scored()), present_year())


def years_scored() -> list[int]:
    """Fiscal years (B.E.) of which something was computed, newest first."""
    return [year for year in queries.years_scored(db.session) if year <= present_year()]


def scales_of(year: int) -> list[Scale]:
    """The scales that hold in the year."""
    return [scale for scale in all_scales() if scale.holds_in(year)]


def _scale(year: int) -> Scale:
    held = scales_of(year)
    found = scale_for(request.args.get("scale", "").strip(), year) if request.args.get("scale", "").strip() else next(iter(held), None)
    if found is None:
        raise NotFound
    return found
