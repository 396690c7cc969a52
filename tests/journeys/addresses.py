"""One address for each kind of page, taken from the demonstration; a new kind of page must be put here."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select

from portal.agencies.models import Agency
from portal.casework.models import Case, PublicCase
from portal.casework.rules import PublicState, Status
from portal.disclosures.models import Disclosure, Indicator
from portal.setup.rules import Step
from portal.web.database import db

#: Answers that are no pages: files, feeds, pictures, JSON, signs of life.
NO_PAGES = {
    "agencies.seal", "cases_desk.back", "cases_desk.download", "disclosures.figures_csv", "disclosures.figures_json", "disclosures.file",
    "disclosures.qr", "feedback.case_file", "feedback.door", "feedback.receipt_text", "feeds.agency", "feeds.cases", "feeds.disclosures",
    "feeds.robots", "feeds.site_map", "health.alive", "health.ready", "theme.show",
}  # fmt: skip
#: Pages of a portal that nobody has set up yet; the journey of the first day goes there.
FIRST_DAY = {f"setup.{name}" for name in ("start", *(step.value for step in Step), "poster_page")}
#: Pages of system administrators, whom the demonstration does not have.
ABOVE = {"admin.mail"}
#: Pages that open only to the sender's own browser; the citizen's journey goes there.
SENDERS_OWN = {"feedback.receipt": "/feedback/receipt", "feedback.case": "/feedback/case"}


@dataclass(frozen=True)
class Addresses:
    """Public pages and the desk's, by endpoint."""

    public: Mapping[str, str]
    desk: Mapping[str, str]


def addresses(app: Flask) -> Addresses:
    """Of every page that answers GET. Raises ``AssertionError`` for a page that has no address here."""
    with app.app_context():
        known = {**_public(), **_desk()}
        pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.rule.startswith("/api/")}
        missing = pages - set(known) - NO_PAGES - FIRST_DAY - ABOVE - set(SENDERS_OWN)
        assert not missing, f"pages that no journey visits: {missing}"
    desk = {name: path for name, path in known.items() if path.startswith("/desk")}
    return Addresses({name: path for name, path in known.items() if name not in desk}, desk)


def _public() -> dict[str, str]:
    case = db.session.scalars(select(PublicCase).where(PublicCase.state == PublicState.PUBLISHED)).first()
    report = db.session.scalars(select(Disclosure).join(Indicator)).first()
    assert case
    assert report
    return {
        "site.home": "/",
        "accounts.sign_in": "/sign-in",
        "agencies.index": "/agencies",
        "agencies.show": f"/agencies/{report.agency.slug}",
        "cases.index": "/cases",
        "cases.index?list": "/cases?list=received",
        "cases.show": f"/cases/{case.case.number}",
        "disclosures.index": "/disclosures",
        "disclosures.show": f"/disclosures/{report.slug}",
        "disclosures.version": f"/disclosures/{report.slug}/versions/1",
        "feedback.new": "/feedback/new",
        "feedback.track": "/feedback/track",
        "feeds.index": "/feeds/",
        "search.index": "/search?q=น้ำ",
        "search.index?nothing": "/search?q=zzzz",
        "errors?404": "/no-such-page",
    }


def _desk() -> dict[str, str]:
    report = db.session.scalars(select(Disclosure).join(Indicator)).first()
    fresh = db.session.scalars(select(Case).where(Case.status == Status.RECEIVED)).first()
    working = db.session.scalars(select(Case).where(Case.status == Status.IN_PROGRESS)).first()
    closed = db.session.scalars(select(Case).where(Case.status == Status.CLOSED, Case.publish_consent)).first()
    unit = db.session.scalars(select(Agency).where(Agency.parent_id.is_not(None))).first()
    assert report
    assert unit
    assert fresh
    assert working
    assert closed
    return {
        "desk.index": "/desk",
        "desk.index?all": "/desk?filter=open",
        "desk.index?nothing": "/desk?q=zzzz",
        "cases_desk.show": f"/desk/cases/{fresh.number}",
        "cases_desk.show?working": f"/desk/cases/{working.number}",
        "cases_desk.show?closed": f"/desk/cases/{closed.number}",
        "disclosures_desk.index": "/desk/disclosures",
        "disclosures_desk.new": "/desk/disclosures/new",
        "disclosures_desk.edit": f"/desk/disclosures/{report.slug}/th",
        "disclosures_desk.figures": f"/desk/disclosures/{report.slug}/figures",
        "disclosures_desk.attachments": f"/desk/disclosures/{report.slug}/files",
        "disclosures_desk.preview": f"/desk/disclosures/{report.slug}/th/preview",
        "audit.index": "/desk/audit",
        "admin.look": "/desk/admin/look",
        "admin.door": "/desk/admin/door",
        "admin.poster": "/desk/admin/poster",
        "agencies_desk.index": "/desk/admin/agencies",
        "agencies_desk.index?search": "/desk/admin/agencies?q=zzzz",
        "agencies_desk.new": "/desk/admin/agency-new",
        "agencies_desk.show": f"/desk/admin/agencies/{report.agency.slug}",
        "agencies_desk.missions": f"/desk/admin/agencies/{report.agency.slug}/missions",
        "agencies_desk.strategy": f"/desk/admin/agencies/{report.agency.slug}/strategy",
        "agencies_desk.seal": f"/desk/admin/agencies/{report.agency.slug}/seal",
        "units.move": f"/desk/admin/agencies/{unit.slug}/move",
        "units.end": f"/desk/admin/agencies/{unit.slug}/end",
    }
