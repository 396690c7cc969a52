"""All agencies of a fiscal year on one scale: who stands where, who has moved, who has not reported."""

from dataclasses import replace

from flask import render_template, request

from portal.agencies.rules import ADDRESSABLE, AgencyKind, AgencyLevel
from portal.figures.tiles import HIGH, WIDE, size, tiles
from portal.kernel import places
from portal.participation.listing import queries
from portal.participation.listing.paging import page_of
from portal.participation.listing.rules import Group, Sort, counted, distribution, grouped
from portal.participation.rules.scales import LEVELS
from portal.participation.views.asking import asked_for, listed, scales_of, years_scored
from portal.participation.views.blueprint import SECONDS, bounds, bp, disclaimer, is_running
from portal.participation.views.sentences import helpers
from portal.web.audience import Audience, audience
from portal.web.cursor import per_page
from portal.web.page_cache import public_page


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
        scales=scales_of(asked.fiscal_year),
        years=years_scored(),
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


def _per_page() -> str:
    return str(per_page()) if "per_page" in request.args else ""
