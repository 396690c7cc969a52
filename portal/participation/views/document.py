"""The dossier as a file, from which anybody can compute the levels again (``docs/rules/scale.md``, "The file")."""

from flask import Response, request

from portal.kernel.errors import NotFound
from portal.participation.listing.queries import frozen_document
from portal.participation.rules.document import bytes_of, document_of
from portal.participation.scales import scales_for
from portal.participation.scores.dossiers import dossier_of
from portal.participation.views.blueprint import SECONDS, agency_at, bp, year_at
from portal.web.audience import Audience, audience
from portal.web.database import db
from portal.web.page_cache import public_page

#: Numbers of versions have few digits.
_DIGITS_MOST = 6


@bp.get("/participation/<slug>/<year>.json")
@audience(Audience.PUBLIC)
@public_page(seconds=SECONDS)
def as_json(slug: str, year: str) -> Response:
    """The newest frozen version, or the year as it stands until it is frozen; ``?version=`` asks for one that was frozen."""
    agency, fiscal_year = agency_at(slug), year_at(year)
    body: str | bytes | None = frozen_document(db.session, agency.id, fiscal_year, _version())
    if body is None and "version" not in request.args:
        dossier = dossier_of(db.session, agency, fiscal_year)
        body = bytes_of(document_of(dossier, scales_for(fiscal_year, agency.kind))) if dossier else None
    if body is None:
        raise NotFound
    return Response(body, content_type="application/json; charset=utf-8")


def _version() -> int | None:
    """None for the newest. Raises ``NotFound`` for what is no number of a version."""
    typed = request.args.get("version")
    if typed is None:
        return None
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= _DIGITS_MOST):
        raise NotFound
    return int(typed)
