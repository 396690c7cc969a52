"""Every fact of an agency and a year, whether it counts and for what; the same as lines."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Response, render_template, request, url_for

from portal.kernel.errors import Invalid
from portal.kernel.evidence import Fact
from portal.kernel.messages import N_, Message
from portal.participation.rules.results import COUNTING, Standing
from portal.participation.rules.scales import Check
from portal.participation.rules.weighing import kind_of
from portal.participation.shown.kinds import KIND_LABELS, label_of
from portal.participation.shown.ladder import Ladder
from portal.participation.shown.loading import ladders, shown_of
from portal.participation.views.blueprint import SECONDS, agency_at, bounds, bp, disclaimer, is_running, year_at
from portal.participation.views.cells import in_cell
from portal.participation.views.sentences import helpers
from portal.web.audience import Audience, audience
from portal.web.cursor import per_page
from portal.web.database import db
from portal.web.page_cache import public_page

HEAD = ("scale", "checks", "kind", "key", "name_th", "name_en", "path", "on", "recorded_on", "responsible", "standing", "counts")


@dataclass(frozen=True)
class Line:
    """A fact on one scale: whether it counts, and the checks that it shows something for."""

    scale: str
    fact: Fact
    standing: Standing
    checks: Sequence[Check]

    @property
    def kind(self) -> str:
        """Its shape."""
        return kind_of(self.fact)

    @property
    def counts(self) -> bool:
        """True if it counts."""
        return self.standing in COUNTING


@bp.get("/participation/<slug>/<year>/evidence")
@audience(Audience.PUBLIC)
@public_page(seconds=SECONDS)
def evidence(slug: str, year: str) -> str:
    """``?scale=`` and ``?check=`` narrow it to what shows one check, ``?kind=`` to one shape, ``?counts=no`` to what does not count."""
    agency, fiscal_year = agency_at(slug), year_at(year)
    shown = shown_of(db.session, agency, fiscal_year)
    found = ladders(shown)
    asked = {name: request.args.get(name, "").strip() for name in ("scale", "check", "kind", "counts")}
    lines = list(_chosen(found, asked))
    start = _start(len(lines))
    more = start + per_page()
    return render_template(
        "participation/evidence.html",
        agency=agency,
        fiscal_year=fiscal_year,
        is_running=is_running(fiscal_year),
        shown=shown,
        found=found,
        lines=lines[start:more],
        total=len(lines),
        asked=asked,
        chosen=_check_of(found, asked),
        kinds={kind: label for kind, label in KIND_LABELS.items() if any(kind == key for one in found for key, _name in one.facts)},
        label_of=label_of,
        next_url=_page_url(slug, fiscal_year, asked, more) if more < len(lines) else None,
        disclaimer=disclaimer(),
        noindex=True,
        **bounds(fiscal_year),
        **helpers(),
    )


@bp.get("/participation/<slug>/<year>/evidence.csv")
@audience(Audience.PUBLIC)
@public_page(seconds=SECONDS)
def evidence_csv(slug: str, year: str) -> Response:
    """The same as lines; the first one is what every file says."""
    agency, fiscal_year = agency_at(slug), year_at(year)
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(HEAD)
    asked = {name: request.args.get(name, "").strip() for name in ("scale", "check", "kind", "counts")}
    for line in _chosen(ladders(shown_of(db.session, agency, fiscal_year)), asked):
        writer.writerow(_columns(line))
    writer.writerow([f"# {disclaimer()}"])
    return Response("\ufeff" + made.getvalue(), content_type="text/csv; charset=utf-8")


def _columns(line: Line) -> tuple[object, ...]:
    fact = line.fact
    ids = " ".join(check.id for check in line.checks)
    days = (fact.on.isoformat(), fact.recorded_on.isoformat())
    told = (fact.name_th, fact.name_en, fact.path, *days, fact.responsible, line.standing.value, line.counts)
    return tuple(in_cell(value) for value in (line.scale, ids, line.kind, fact.key, *told))


def _lines(ladder: Ladder) -> Iterator[Line]:
    used = ladder.used_by
    for kind, key, standing in ladder.result.standings:
        if (fact := ladder.facts.get((kind, key))) is not None:
            yield Line(ladder.scale.code, fact, standing, used.get((kind, key), ()))


def _chosen(found: Sequence[Ladder], asked: dict[str, str]) -> Iterator[Line]:
    """Of the scale that is asked for; without one of the first, and a check is looked for in all."""
    chosen = [one for one in found if one.scale.code == asked["scale"]] if asked["scale"] else found[:1] if not asked["check"] else found
    for line in (line for one in chosen for line in _lines(one)):
        if asked["check"] and asked["check"] not in [check.id for check in line.checks]:
            continue
        if (asked["kind"] and line.kind != asked["kind"]) or (asked["counts"] and line.counts != (asked["counts"] == "yes")):
            continue
        yield line


def _check_of(found: Sequence[Ladder], asked: dict[str, str]) -> Check | None:
    checks = (one.check for ladder in found for rung in ladder.rungs for one in rung.checks if ladder.scale.code == asked["scale"])
    return next((check for check in checks if check.id == asked["check"]), None)


def _start(of: int) -> int:
    """Where the page begins; raises ``Invalid`` for what this list never wrote into an address."""
    cursor = request.args.get("cursor", "")
    if not cursor:
        return 0
    if not (cursor.isascii() and cursor.isdecimal() and len(cursor) < 8) or int(cursor) > of:
        raise Invalid({"cursor": [Message(N_("This address of a next page is damaged, start again from the first page"))]})
    return int(cursor)


def _page_url(slug: str, year: int, asked: dict[str, str], start: int) -> str:
    kept = {name: value for name, value in asked.items() if value}
    return url_for("participation.evidence", slug=slug, year=year, cursor=start, per_page=per_page(), **kept)  # type: ignore[arg-type]
