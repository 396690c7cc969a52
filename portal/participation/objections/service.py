"""Objecting, and answering an objection."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.audit import service as audit
from portal.casework import queries as cases
from portal.casework import service as casework
from portal.casework.rules import KeyScope
from portal.casework.rules.abuse import Arrival
from portal.casework.service import Receipt
from portal.casework.texts import required
from portal.db.revision import raise_public_revision
from portal.kernel.actor import VISITOR, Actor
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message
from portal.participation.assessing import policy
from portal.participation.assessing.near import near_to
from portal.participation.objections.entry import Said, Target, judge
from portal.participation.objections.models import Objection, ObjectionAnswer
from portal.participation.objections.queries import has_score
from portal.participation.objections.rules import Outcome
from portal.participation.scales import scales_for

REASON_MOST = 8000
OVER = Message(N_("This objection has ended already; look at how it stands"))


def object_to(
    session: Session,
    now: datetime,
    keyring: Keyring,
    agency: Agency,
    fiscal_year: int,
    said: Said,
    *,
    home: Agency,
    token_id: str,
    arrival: Arrival | None = None,
) -> Receipt:
    """One objection for one form, however often it is sent; the receipt is that of its case, which lies at the home agency.

    Raises as ``judge`` and ``casework.submit``; ``NotFound`` for a score that is not there.
    """
    if not has_score(session, agency.id, fiscal_year):
        raise NotFound
    target, submission = judge(said, agency, fiscal_year, scales_for(fiscal_year, agency.kind))
    # As the desk does: anybody may object, also while the form of the home agency is closed or asks questions of its own.
    scope, key = KeyScope.DESK, f"objection {token_id}"
    receipt = casework.submit(session, VISITOR, now, keyring, submission, home, scope=scope, key=key, home_agency=home, arrival=arrival)
    if not receipt.repeated:
        _keep(session, now, agency, fiscal_year, target, receipt.case_number)
    return receipt


def answer(
    session: Session, actor: Actor, now: datetime, objection: Objection, outcome: str, reason: str, *, row_version: int
) -> ObjectionAnswer:
    """Answer in public; the case is closed with the matching disposition, and its sender told as of every answer.

    Raises ``Invalid`` for "outcome" and "reason", ``Conflict`` where the case has ended already.
    """
    user_id = policy.check(actor, near_to(session, actor), objection.agency_id)
    decided, words = _checked_answer(outcome, reason)
    if not objection.state.is_open:
        raise Conflict(OVER)
    texts = {"result": RESULTS[decided], "reason": words}
    casework.close_from_outside(session, actor, now, objection.case, **texts, disposition=decided.disposition, row_version=row_version)
    row = ObjectionAnswer(objection_id=objection.id, outcome=decided, reason=words, at=now, by_id=user_id)
    session.add(row)
    detail = {"year": objection.fiscal_year, "number": objection.number, "outcome": decided.value}
    key = f"{objection.agency.slug}-{objection.fiscal_year}"
    audit.record(session, actor, now, "objection.answered", "score", key, agency_id=objection.agency_id, detail=detail)
    session.flush()
    session.expire(objection, ["answers"])
    raise_public_revision(session)
    return row


#: What the sender reads first, before the assessor's reasons.
RESULTS = {
    Outcome.UPHELD: "ผู้ประเมินเห็นด้วยกับข้อคัดค้าน",
    Outcome.IN_PART: "ผู้ประเมินเห็นด้วยกับข้อคัดค้านบางส่วน",
    Outcome.NOT_UPHELD: "ผู้ประเมินไม่เห็นด้วยกับข้อคัดค้าน",
}


def _checked_answer(outcome: str, reason: str) -> tuple[Outcome, str]:
    wrong: dict[str, list[Message]] = {}
    if outcome not in list(Outcome):
        wrong["outcome"] = [Message(N_("Choose what you decide"))]
    words = ""
    try:
        words = required("reason", reason, Message(N_("Write the reason; everybody reads it")), REASON_MOST)
    except Invalid as invalid:
        wrong |= {name: list(texts) for name, texts in invalid.fields.items()}
    if wrong:
        raise Invalid(wrong)
    return Outcome(outcome), words


def _keep(session: Session, now: datetime, agency: Agency, fiscal_year: int, target: Target, case_number: str) -> None:
    session.get(Agency, agency.id, with_for_update=True)  # two at once must not get one number
    last = select(func.max(Objection.number)).where(Objection.agency_id == agency.id, Objection.fiscal_year == fiscal_year)
    case = cases.by_number(session, case_number)
    assert case
    case.is_invented = agency.is_sample
    row = Objection(
        agency_id=agency.id,
        fiscal_year=fiscal_year,
        number=(session.scalar(last) or 0) + 1,
        case_id=case.id,
        scale=target.scale,
        level=target.level,
        check_id=target.check_id,
        made_at=now,
    )
    session.add(row)
    detail = {"year": fiscal_year, "number": row.number, "scale": row.scale, "level": row.level}
    audit.record(session, VISITOR, now, "objection.made", "score", f"{agency.slug}-{fiscal_year}", agency_id=agency.id, detail=detail)
    session.flush()
    raise_public_revision(session)
