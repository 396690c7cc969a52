"""Taking in a case: number, receipt, identity, clock, history, and one case for one submission key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE
from portal.casework import receipts
from portal.casework.errors import AlreadySubmitted, KeyReused
from portal.casework.models import Case, CaseLetter, SubmissionKey
from portal.casework.provinces import province_for
from portal.casework.queries.deadlines import promise_of
from portal.casework.questions.answering import judged, keep_answers
from portal.casework.routing_rules.models import RoutingRule
from portal.casework.routing_rules.placing import STANDARD, sooner, unit_of
from portal.casework.rules import KeyScope
from portal.casework.rules.abuse import Arrival
from portal.casework.service import keys
from portal.casework.service.apart import say_about
from portal.casework.service.door import Extra, first
from portal.casework.service.making import case_values, check_received, identity_of, next_number, number_apart
from portal.casework.service.offer import check_offer, topic_of
from portal.casework.service.placing import give, rule_for_new
from portal.casework.service.submission import UNSURE, Checked, Submission, fingerprint, validate
from portal.casework.service.weighing import weigh
from portal.files.models import StoredFile
from portal.kernel.actor import CITIZEN, Actor
from portal.kernel.errors import Invalid
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message
from portal.kernel.receipt_code import format_code
from portal.kernel.thai_calendar import fiscal_year


@dataclass(frozen=True)
class Receipt:
    """What the sender is given. ``code`` is formatted in five groups; ``repeated`` if an earlier submission made the case."""

    code: str
    case_number: str
    due_on: date
    repeated: bool = False


def agency_of(session: Session, submission: Submission) -> Agency | None:
    """The agency that was chosen, None for "unsure"; raises ``Invalid`` for one that citizens cannot write to."""
    if submission.agency == UNSURE:
        return None
    agency = agencies.by_slug(session, submission.agency)
    if agency is None or agency.level not in ADDRESSABLE or agency.is_closed:
        raise Invalid({"agency": [Message(N_("Choose an agency from the list, or say that you are not sure"))]})
    return agency


def submit(
    session: Session,
    actor: Actor,
    now: datetime,
    keyring: Keyring,
    submission: Submission,
    agency: Agency | None,
    *,
    scope: KeyScope,
    key: str,
    home_agency: Agency,
    file_ids: Sequence[int] = (),
    received_at: datetime | None = None,
    arrival: Arrival | None = None,
    page_made_at: datetime | None = None,
) -> Receipt:
    """Store a case, or return the receipt of the case that this key has made.

    Without ``agency`` the home agency's pool takes it. ``file_ids`` are rows of ``stored_file`` that nobody else holds; attach them
    (``files.service.attach``) in the same unit of work if the receipt is not ``repeated``. ``received_at`` is for letters and calls
    that came earlier. By the form, files may hold the words: without details the case has a ``letter`` to be typed.
    With ``arrival`` it is weighed, and may lie in quarantine first; number, receipt and clock are the same.
    ``page_made_at``: answers to what the form asked then are taken, too.

    Raises ``Invalid`` by field, ``KeyReused`` for the same key with other words, ``AlreadySubmitted`` for a
    repeat after 24 hours.
    """
    checked = validate(submission, pictured=scope is KeyScope.FORM and bool(file_ids))
    body = fingerprint(submission, _originals(session, file_ids))
    held, fresh = keys.hold(session, keyring, now, scope, key, body)
    if not fresh:
        return _again(session, keyring, now, held, body)
    check_offer(session, agency or home_agency, scope, checked.kind, checked.language)
    topic = topic_of(session, agency, submission.topic)
    slug = topic.slug if topic else ""
    answers = judged(
        session,
        agency,
        submission.answers,
        checked.kind,
        slug,
        checked.language,
        now,
        page_made_at=page_made_at,
        complete=scope is not KeyScope.DESK and not checked.collects,  # a petition has a form of its own, which asks no more
    )
    issued = receipts.issue(keyring)
    case = _new_case(session, now, checked, agency or home_agency, pool=agency is None, received_at=received_at or now)
    case.topic_id = topic.id if topic else None
    case.province = province_for(session, case.agency_id, checked.place, checked.lat, checked.lon)
    rule = rule_for_new(session, agency, checked, case.topic_id) if agency else None
    _place(session, case, rule)
    case.receipt_key_id, case.receipt_hash = issued.key_id, issued.hash
    case.identity = identity_of(keyring, case.agency_id, checked)
    if not checked.body:
        case.letter = CaseLetter(body="", wrong_words="")
    by_rule = {"rule": rule.id, "unit": case.unit_id} if rule else {}
    first(session, actor, now, case, Extra(detail={"channel": checked.channel.value, **by_rule}, file_ids=file_ids))
    keep_answers(session, case, answers)
    if arrival:
        weigh(session, now, keyring, case, arrival)
    if rule:
        give(session, now, case, rule)
    if checked.about:
        say_about(session, CITIZEN, now, case, checked.about, above=checked.about_above)
    held.case_id, held.receipt_enc = case.id, receipts.seal(keyring, issued.code)
    session.flush()
    return Receipt(format_code(issued.code), case.number, case.first_due_on)


def repeat_of(session: Session, now: datetime, keyring: Keyring, scope: KeyScope, key: str) -> Receipt | None:
    """The receipt that this key gave within 24 hours: for the receipt page. None if there is none to show."""
    row = keys.find(session, keyring, scope, key)
    return _receipt(session, keyring, row) if row and keys.readable(row, now) else None


def _again(session: Session, keyring: Keyring, now: datetime, row: SubmissionKey, body: str) -> Receipt:
    if not keys.same_body(keyring, row, body):
        raise KeyReused
    if not keys.readable(row, now):
        raise AlreadySubmitted(session.get_one(Case, row.case_id).number)
    return _receipt(session, keyring, row)


def _receipt(session: Session, keyring: Keyring, row: SubmissionKey) -> Receipt:
    case = session.get_one(Case, row.case_id)
    code = receipts.unseal(keyring, row)
    return Receipt(format_code(code or ""), case.number, case.first_due_on, repeated=True)


def _new_case(session: Session, now: datetime, checked: Checked, agency: Agency, *, pool: bool, received_at: datetime) -> Case:
    check_received(received_at, now)
    year = fiscal_year(received_at)
    promised = promise_of(session, agency, checked.kind, received_at, checked.language, urgent=checked.urgent)
    number = number_apart(session, agency, year) if checked.about else next_number(session, agency, year)
    return Case(number=number, **case_values(now, checked, agency.id, received_at, promised, pool=pool))


def _place(session: Session, case: Case, rule: RoutingRule | None) -> None:
    """Where the rule leads, and by its standard time."""
    case.unit_id = unit_of(session, rule)
    day = sooner(rule, case.received_at, case.due_on)
    if day < case.due_on:
        case.due_on = case.first_due_on = day
        case.due_basis = STANDARD
        case.due_working = False
        if case.acknowledge_by:
            case.acknowledge_by = min(case.acknowledge_by, day)


def _originals(session: Session, file_ids: Sequence[int]) -> list[str]:
    if not file_ids:
        return []
    return list(session.scalars(select(StoredFile.original_sha256).where(StoredFile.id.in_(file_ids))))
