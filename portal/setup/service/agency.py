"""The agency: made once, by whichever step or press comes first, and from then on changed."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from portal.agencies import face
from portal.agencies import service as agencies
from portal.agencies.models import Agency
from portal.agencies.rules import AgencyKind, AgencyLevel
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_, Message
from portal.setup import queries, rules
from portal.setup.models import SetupState
from portal.setup.rules import Step
from portal.setup.service.hand import Hand, mark, take

NAMES = ("name_th", "name_en", "short_th", "short_en")
CONTACTS = ("address_th", "address_en", "phone", "email", "website", "hours_th", "hours_en")


def save_agency(session: Session, now: datetime, hand: Hand, texts: Mapping[str, str], level: AgencyLevel, kind: AgencyKind) -> Agency:
    """Make the agency, or change what it is called. ``texts``: names, ``slug`` and ``code``, which are proposed where they are empty."""
    row = take(session, now, hand)
    names = {name: texts[name] for name in NAMES}
    slug = texts["slug"] or rules.proposed_slug(names["short_en"], names["name_en"])
    code = texts["code"] or rules.proposed_code(slug)
    if not slug:
        raise Invalid(
            {
                "slug": [
                    Message(N_("Write a short address in Latin letters, for example banmai; or the name in English, and we propose one"))
                ]
            }
        )
    if row.agency is None:
        row.agency = agencies.create_below(session, hand.actor, now, None, level, kind, {**names, "slug": slug, "code": code})
        face.make_home(session, hand.actor, now, row.agency)
    else:
        _readdress(session, now, hand, row.agency, slug, code)
        _describe(session, now, hand, row.agency, names, level, kind)
    mark(session, row, Step.AGENCY)
    return row.agency


def save_contact(session: Session, now: datetime, hand: Hand, texts: Mapping[str, str]) -> None:
    """Where it is reached and when it is open."""
    row = take(session, now, hand)
    agency = agency_of(row)
    _describe(session, now, hand, agency, {name: texts[name] for name in CONTACTS}, agency.level, agency.kind)
    mark(session, row, Step.CONTACT)


def agency_of(row: SetupState) -> Agency:
    """The agency that is being set up; raises ``NotFound`` before there is one."""
    if row.agency is None:
        raise NotFound
    return row.agency


def _describe(
    session: Session, now: datetime, hand: Hand, agency: Agency, texts: Mapping[str, str], level: AgencyLevel, kind: AgencyKind
) -> None:
    """The other texts stay; the version that counts here is the first day's own."""
    kept = {name: getattr(agency, name) for name in agencies.EDITABLE}
    agencies.describe(session, hand.actor, now, agency, {**kept, **texts}, level, kind, row_version=agency.row_version)


def _readdress(session: Session, now: datetime, hand: Hand, agency: Agency, slug: str, code: str) -> None:
    if (agency.slug, agency.code) == (slug, code):
        return
    if queries.has_cases(session, agency.id):
        raise Conflict(Message(N_("A matter has been received, so address and code of the agency stay as they are")))
    agencies.readdress(session, hand.actor, now, agency, slug, code)
