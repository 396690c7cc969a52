"""Reading published cases."""

import re
from typing import Any

from flask import url_for

from portal.api.blueprint import HEADERS, LIST_HEADERS, answers, get, refuses, takes, unless_unchanged
from portal.api.lists import chosen, linked, of_agency, page_of
from portal.api.problems import Problem
from portal.api.records import page_url, reference
from portal.api.schemas.cases import CaseList, CaseQuery, CaseWhole
from portal.casework import queries
from portal.casework.models import Case, PublicCase, PublicPicture
from portal.casework.pictures import queries as pictures
from portal.casework.public_place import public_place
from portal.casework.rules import CaseKind
from portal.kernel.errors import NotFound
from portal.kernel.messages import N_, Message
from portal.kernel.places import Place
from portal.kernel.thai_calendar import office_day
from portal.web.audience import Audience, audience
from portal.web.cursor import paginate
from portal.web.database import db
from portal.web.page_cache import public_page

SECONDS = 30  # a status may change without anything else that the public sees
WITHDRAWN = Message(N_("This case is no longer published"))
_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9-]{0,39}")


@get("/cases", "Cases")
@audience(Audience.PUBLIC)
@linked
@public_page(seconds=SECONDS)
@takes(CaseQuery, "query")
@answers(200, CaseList, "One page", headers=LIST_HEADERS)
@unless_unchanged
@refuses(422, 503)
def cases(asked: dict[str, Any]) -> dict[str, Any]:
    """List published cases."""
    query, ids = queries.public_list(kind=chosen(CaseKind, asked.get("kind"))), of_agency(asked.get("agency"))
    query = query.options(pictures.with_pictures())
    if ids is not None:
        query = query.where(Case.agency_id.in_(sorted(ids)) | Case.unit_id.in_(sorted(ids)))
    keys = [(PublicCase.published_at, "desc"), (PublicCase.case_id, "desc")]
    return page_of(paginate(db.session, query, keys, asked["per_page"], asked.get("cursor")), asked, _brief)


@get("/cases/<number>", "Cases")
@audience(Audience.PUBLIC)
@public_page(seconds=SECONDS)
@answers(200, CaseWhole, "The case", headers=HEADERS)
@unless_unchanged
@refuses(404, 410, 422, 503)
def case(number: str) -> dict[str, Any]:
    """Read one published case.

    `404`: there is none, or it is not published. `410`: it was published and is withdrawn.
    """
    if not _NUMBER.fullmatch(number):
        raise NotFound
    public = queries.public_by_number(db.session, number)
    if public is None:
        raise Problem(410, WITHDRAWN) if queries.tombstone(db.session, number) else NotFound
    return {**_brief(public), "body": public.body, "answer": public.answer, "redactions": public.redactions}


def _brief(public: PublicCase) -> dict[str, Any]:
    """Only what an officer confirmed, and codes. Of the place the sub-district: the point and the typed words may tell who it was."""
    case, area = public.case, public_place(public.case)
    return {
        "number": case.number,
        "kind": case.kind,
        "status": case.status,
        "disposition": case.disposition,
        "agency": reference(case.agency),
        "subject": public.subject,
        "area": _area(area) if area else None,
        "pictures": [_picture(case, row) for row in pictures.shown_of(case)],
        "received_on": office_day(case.received_at),
        "published_at": public.published_at,
        "updated_at": public.updated_at,
        "is_sample": case.is_sample,
        "url": page_url("cases.show", number=case.number),
    }


def _picture(case: Case, row: PublicPicture) -> dict[str, str]:
    return {"url": url_for("cases.picture", number=case.number, address=row.address), "alt_th": row.alt_th, "alt_en": row.alt_en}


def _area(place: Place) -> dict[str, Any]:
    """The middle is the same for every case of the sub-district."""
    lat, lon = place.point or (None, None)
    return {"code": place.code, "name_th": place.whole_th, "name_en": place.whole_en, "lat": lat, "lon": lon}
