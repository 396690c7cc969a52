"""Reading the levels of participation."""

from typing import Any

from flask import url_for

from portal.api.blueprint import LIST_HEADERS, answers, get, refuses, takes, unless_unchanged
from portal.api.language import in_language, language
from portal.api.lists import linked, page_of
from portal.api.records import page_url, reference
from portal.api.schemas.participation import LaddersSchema, ParticipationQuery, StandingList
from portal.kernel.evidence import Fact
from portal.participation.listing import paging
from portal.participation.listing.rules import Row, grouped
from portal.participation.rules.scales import Words
from portal.participation.rules.weighing import kind_of
from portal.participation.shown.ladder import Ladder, Rung, RungState, ShownCheck
from portal.participation.shown.loading import Shown, shown_of
from portal.participation.shown.sides import NOBODY, Objection, Said, Sides, sides_of
from portal.participation.views.asking import Asked, asked_for, listed
from portal.participation.views.blueprint import SECONDS, agency_at, disclaimer, is_running, year_at
from portal.participation.views.sentences import lacking, standing, told
from portal.web.audience import Audience, audience
from portal.web.database import db
from portal.web.language import path_in
from portal.web.page_cache import public_page


@get("/participation", "Participation")
@audience(Audience.PUBLIC)
@linked
@public_page(seconds=SECONDS)
@takes(ParticipationQuery, "query")
@answers(200, StandingList, "One page", headers=LIST_HEADERS)
@unless_unchanged
@refuses(404, 422, 503)
def participation(fields: dict[str, Any]) -> dict[str, Any]:
    """List the agencies of a fiscal year on one scale; without `group` those that are past their first year."""
    asked = asked_for()
    rows, _provinces = listed(asked)
    page = paging.page_of(grouped(rows)[asked.group], asked.sort, fields["per_page"], fields.get("cursor"))
    return {"disclaimer": disclaimer(), **page_of(page, fields, lambda row: _standing(row, asked))}


@get("/participation/<agency>/<year>", "Participation")
@audience(Audience.PUBLIC)
@public_page(seconds=SECONDS)
@answers(200, LaddersSchema, "Both ladders")
@unless_unchanged
@refuses(404, 422, 503)
def participation_of(agency: str, year: str) -> dict[str, Any]:
    """Read where an agency stands in a fiscal year (B.E.), and from what."""
    found, fiscal_year = agency_at(agency), year_at(year)
    sides = sides_of(db.session, found.id, fiscal_year)
    shown = shown_of(db.session, found, fiscal_year)
    return {
        "disclaimer": disclaimer(),
        "agency": reference(found),
        "fiscal_year": fiscal_year,
        "is_running": is_running(fiscal_year),
        "is_sample": found.is_sample,
        "scales": [_ladder(one, one.ladder, sides.get(one.scale.code, NOBODY)) for one in shown if one.ladder],
        "document_url": url_for("participation.as_json", slug=found.slug, year=fiscal_year),
        "url": page_url("participation.show", slug=found.slug, year=fiscal_year),
    }


def _standing(row: Row, asked: Asked) -> dict[str, Any]:
    return {
        "agency": {"slug": row.slug, "name": in_language(row.name_th, row.name_en)},
        "kind": row.kind,
        "agency_level": row.agency_level,
        "fiscal_year": asked.fiscal_year,
        "scale": asked.scale.code,
        "level": row.level,
        "source_level": row.source_level,
        "level_year_before": row.before,
        "is_first_year": row.is_first_year,
        "is_compulsory": row.is_compulsory,
        "has_reported": row.has_reported,
        "is_sample": row.is_sample,
        "url": page_url("participation.show", slug=row.slug, year=asked.fiscal_year),
    }


def _ladder(shown: Shown, ladder: Ladder, sides: Sides) -> dict[str, Any]:
    score, result = shown.score, ladder.result
    return {
        "scale": result.scale,
        "edition": result.edition,
        "level": result.level,
        "source_level": result.source_level,
        "claimed_level": sides.claimed.level if sides.claimed else None,
        "confirmed_level": sides.confirmed.level if sides.confirmed else None,
        "claimed_reason": _reason(sides.claimed),
        "confirmed_reason": _reason(sides.confirmed),
        "objections": len(sides.objections),
        "objected": [_objection(one) for one in sides.objections],
        "said": standing(ladder),
        "changed_at": score.changed_at if score else None,
        "levels": [_rung(rung, ladder) for rung in ladder.rungs],
    }


def _reason(said: Said | None) -> str:
    return in_language(said.reason_th, said.reason_en) if said else ""


def _objection(one: Objection) -> dict[str, Any]:
    same = ("number", "level", "received_on", "outcome", "words", "answered_on")
    return {
        **{name: getattr(one, name) for name in same},
        "state": one.code,
        "answer": one.answer_th,
        "case_url": page_url("cases.show", number=one.case_number) if one.case_number else None,
    }


def _rung(rung: Rung, ladder: Ladder) -> dict[str, Any]:
    return {
        "number": rung.number,
        "name": _words(rung.level.name),
        "verdict": rung.result.verdict,
        "source_verdict": rung.result.source_verdict,
        "counts": rung.state is RungState.ON,
        "checks": [_check(check, ladder) for check in rung.checks],
    }


def _check(shown: ShownCheck, ladder: Ladder) -> dict[str, Any]:
    finding = shown.result.finding
    return {
        "id": shown.check.id,
        "origin": shown.check.origin,
        "words": _words(shown.check.words),
        "verdict": finding.verdict,
        "said": told(finding.said),
        "missing": [lacking(one, ladder) for one in finding.missing],
        "evidence": [_evidence(fact) for fact in shown.facts],
    }


def _evidence(fact: Fact) -> dict[str, Any]:
    name = in_language(fact.name_th, fact.name_en)
    return {"kind": kind_of(fact), "key": fact.key, "name": name, "url": path_in(language(), fact.path)}


def _words(words: Words) -> str:
    return in_language(words.th, words.en)
