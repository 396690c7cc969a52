"""Everything that is kept under a receipt, as plain values for JSON and for a page to read and print."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.casework import identity
from portal.casework import queries as casework
from portal.casework.models import Case, CaseEvent, CaseWords, SubmissionKey
from portal.casework.questions.queries import Answered, answers_of
from portal.casework.rules import Anonymity
from portal.kernel.keyring import Keyring
from portal.privacy.models import PrivacyRequest
from portal.privacy.queries.ledger import ledger_of
from portal.privacy.queries.requests import of_case


def case_export(session: Session, keyring: Keyring, case: Case, *, clear: bool = False, internal: bool = False) -> dict[str, Any]:
    """What is kept of a case. ``clear`` and ``internal`` are for the data protection officer only: contact in clear, officers' own words.

    Otherwise the contact is masked, because a code proves nothing about who holds it.
    """
    return {
        "case": _case(case),
        "contact": _contact(keyring, case, clear),
        "words": [_words(row) for row in casework.words_of(session, case, for_citizen=not internal) if row.body],
        "answers": [_answer(one) for one in answers_of(session, case)],
        "history": [_event(row) for row in casework.history(session, case, for_citizen=not internal)],
        "files": _files(session, case, internal),
        "published": _published(case),
        "submission": _submission(session, case),
        "requests": [request_export(row) for row in of_case(session, case)],
        "erased": [
            {"part": row.part.value, "at": row.at.isoformat(), "ground": row.ground.value}
            for row in ledger_of(session, "case", case.number)
        ],
    }


def request_export(request: PrivacyRequest) -> dict[str, Any]:
    """A request with its words and its way."""
    return {
        "right": request.right.value,
        "parts": list(request.parts),
        "granted": list(request.granted),
        "status": request.status.value,
        "received_at": request.received_at.isoformat(),
        "due_on": request.due_on.isoformat(),
        "decision": request.decision.value if request.decision else None,
        "ground": request.ground.value if request.ground else None,
        "words": [{"kind": row.kind.value, "at": row.at.isoformat(), "body": row.body} for row in request.words if row.body],
        "history": [{"act": row.act.value, "at": row.at.isoformat()} for row in request.events],
    }


def _case(case: Case) -> dict[str, Any]:
    codes = ("kind", "channel", "status", "anonymity", "answer_by", "disposition")
    plain = ("number", "language", "subject", "body", "place", "lat", "lon", "publish_consent", "hops", "withdrawn_pressed", "due_basis")
    moments = ("received_at", "recorded_at", "answered_at", "closed_at", "confirmed_at", "due_on", "words_erased_at")
    return {
        **{name: getattr(case, name) for name in plain},
        **{name: getattr(case, name).value if getattr(case, name) else None for name in codes},
        **{name: getattr(case, name).isoformat() if getattr(case, name) else None for name in moments},
        "agency": case.agency.name_th,
        "unit": case.unit.name_th if case.unit else None,
        "in_charge": case.owner.name_th if case.owner else None,
        "merged_into": case.merged_into.number if case.merged_into else None,
        **({"typed_from_picture": case.letter.body, "called_wrong": case.letter.wrong_words} if case.letter else {}),
    }


def _contact(keyring: Keyring, case: Case, clear: bool) -> dict[str, str]:
    contact = identity.opened(keyring, case)
    shown = contact if clear else identity.masked(contact)
    kept = {"name": shown.name, "email": shown.email, "phone": shown.phone, "address": shown.address}
    if case.anonymity is Anonymity.ANONYMOUS:
        kept = {"email": kept["email"]}
    return {name: value for name, value in kept.items() if value}


def _answer(one: Answered) -> dict[str, Any]:
    """The Thai words beside the value: what was read when it was answered, in the language that every question has."""
    message = one.words("th")
    return {"question": one.question("th"), "answer": message.values.get("words", one.value)}


def _words(row: CaseWords) -> dict[str, Any]:
    return {"kind": row.kind.value, "by": row.author_kind.value, "at": row.at.isoformat(), "body": row.body}


def _event(row: CaseEvent) -> dict[str, Any]:
    """Without its detail, which holds internal ids."""
    return {"act": row.act.value, "at": row.at.isoformat(), "status": row.new_status.value, "by": row.actor_kind.value}


def _files(session: Session, case: Case, internal: bool) -> list[dict[str, Any]]:
    shown = {row.id for row in casework.history(session, case, for_citizen=not internal)}
    rows = [row for row in casework.files_of(session, case, for_citizen=not internal) if row.event_id in shown]
    return [
        {
            "name": row.file.name,
            "type": row.file.media_type.value,
            "size": row.file.size,
            "sha256_as_sent": row.file.original_sha256,
            "sha256_as_kept": row.file.sha256,
            "added_by": row.added_by.value,
            "at": row.at.isoformat(),
        }
        for row in rows
    ]


def _published(case: Case) -> dict[str, Any] | None:
    public = case.public
    if public is None:
        return None
    moments = {name: getattr(public, name).isoformat() if getattr(public, name) else None for name in ("published_at", "updated_at")}
    texts = {"subject": public.subject, "body": public.body, "answer": public.answer}
    return {"state": public.state.value, **texts, **moments, "redactions": dict(public.redactions)}


def _submission(session: Session, case: Case) -> list[dict[str, str]]:
    """That it was sent, when, and that a code is kept as a hash; hashes themselves say nothing to a person."""
    rows: Sequence[SubmissionKey] = session.scalars(select(SubmissionKey).where(SubmissionKey.case_id == case.id)).all()
    return [{"through": row.scope.value, "at": row.created_at.isoformat()} for row in rows]
