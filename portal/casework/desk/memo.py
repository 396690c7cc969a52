"""A proposed or signed answer as an official memorandum (บันทึกข้อความ), on the screen for the browser's printer and as PDF."""

import base64
import re
from dataclasses import dataclass

from flask import Response, render_template, request, url_for
from flask_babel import force_locale

from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.agencies.options import value_of
from portal.casework.desk.blueprint import bp
from portal.casework.desk.proposed import Proposed, shown
from portal.casework.desk.saving import case_at_hand
from portal.casework.models import Case, CaseProposal
from portal.casework.options import PAPER_PREFIX
from portal.casework.signing import queries
from portal.files.models import StoredFile
from portal.kernel.actor import CASE_ROLES
from portal.kernel.errors import NotFound
from portal.kernel.thai_calendar import format_date
from portal.web.assets import STATIC
from portal.web.audience import Audience, audience
from portal.web.database import db
from portal.web.pdf import can_make_pdf, make_pdf
from portal.web.runtime import runtime

_PAPER = re.compile(r"(25[0-9]{2})-([0-9]{1,6})")


@dataclass(frozen=True)
class Memo:
    """``number`` and ``day`` are empty while nobody has signed; ``signatory`` is who did."""

    case: Case
    agency: Agency
    office: str
    proposed: Proposed
    number: str
    day: str
    proposed_on: str
    proposer: User
    signatory: User | None
    seal: str


@bp.get("/desk/cases/<number>/memo")
@audience(Audience.DESK, *CASE_ROLES)
def memo(number: str) -> str:
    """The answer that waits, or the one signed under ``?paper=`` (year and number), ready to be printed."""
    found = _memo(number)
    pdf = url_for("cases_desk.memo_pdf", number=number, paper=request.args.get("paper")) if can_make_pdf() else ""
    return render_template("cases_desk/memo/page.html", memo=found, case=found.case, pdf_url=pdf, noindex=True)


@bp.get("/desk/cases/<number>/memo.pdf")
@audience(Audience.DESK, *CASE_ROLES)
def memo_pdf(number: str) -> Response:
    """The same as PDF; not found where this server makes none."""
    if not can_make_pdf():
        raise NotFound
    page = render_template("cases_desk/memo/whole.html", memo=_memo(number, embedded=True))
    response = Response(make_pdf(page, (STATIC / "memo.css").read_text(encoding="utf-8")), content_type="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename=f"{number}-{request.args.get('paper') or 'draft'}.pdf")
    response.headers["Cache-Control"] = "no-store"
    return response


def _memo(number: str, *, embedded: bool = False) -> Memo:
    case = case_at_hand(number)
    proposal = _proposal(case, request.args.get("paper", ""))
    if proposal is None:
        raise NotFound
    paper = proposal.paper
    agency = paper.agency if paper else case.agency
    seal = agency.seal
    with force_locale("th"):
        proposed = shown(proposal)
    return Memo(
        case=case,
        agency=agency,
        office=_office(case, agency),
        proposed=proposed,
        number=f"{prefix_of(agency)} {paper.number}/{paper.year}" if paper else "",
        day=format_date(proposal.decided_at, "th") if paper and proposal.decided_at else "",
        proposed_on=format_date(proposal.proposed_at, "th"),
        proposer=proposal.proposed_by,
        signatory=proposal.decided_by if paper else None,
        seal=(_within(seal) if embedded else f"/files/seals/{seal.public_id}") if seal else "",
    )


def _proposal(case: Case, asked: str) -> CaseProposal | None:
    if not asked:
        return queries.waiting(db.session, case)
    found = _PAPER.fullmatch(asked)
    return queries.paper(db.session, case, int(found[1]), int(found[2])) if found else None


def prefix_of(agency: Agency) -> str:
    """What stands before the numbers of the agency's papers; papers are in Thai."""
    return str(value_of(db.session, PAPER_PREFIX, agency.id)) or agency.short_th or agency.name_th


def _office(case: Case, agency: Agency) -> str:
    """The unit where the case lies, with its agency; of a case that has left since, the agency that signed."""
    unit = case.unit if case.unit and case.agency_id == agency.id else None
    if unit is None:
        return agency.name_th
    return unit.name_th if agency.name_th in unit.name_th else f"{unit.name_th} {agency.name_th}"


def _within(seal: StoredFile) -> str:
    with runtime().store.open(seal.public_id) as stream:
        return f"data:{seal.media_type.value};base64,{base64.b64encode(stream.read()).decode()}"
