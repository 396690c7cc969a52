"""Following a submission: what its code opens."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from portal.api.blueprint import answers, post, refuses, takes
from portal.api.codes import opened
from portal.api.language import language
from portal.api.problems import field_problem
from portal.api.records import reference
from portal.api.schemas.receipts import CaseOfReceiptSchema, LookupSchema
from portal.casework.clock.queries import pauses_of
from portal.casework.clock.rules import ExtensionReason
from portal.casework.models import Case, CasePause, CaseWords
from portal.casework.rules import Act, WordsKind
from portal.casework.splitting.queries import parts_of
from portal.feedback.journey import Journey, Step, journey
from portal.files.models import StoredFile
from portal.kernel.messages import N_, Message
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say

SENDERS_WORDS = frozenset({WordsKind.CITIZEN_ANSWER, WordsKind.ADDITION, WordsKind.CONTEST, WordsKind.WITHDRAWAL, WordsKind.ABOUT})


@post("/receipts/lookup", "Receipts")
@audience(Audience.PUBLIC)
@takes(LookupSchema)
@answers(200, CaseOfReceiptSchema, "Where the matter stands")
@refuses(400, 404, 413, 415, 422, 429, 503)
def lookup(fields: dict[str, Any]) -> dict[str, Any]:
    """Look a submission up.

    The code stands in the body, never in an address. `422` with `errors.receipt`: the check digits do not fit, so it is mistyped.
    `404`: nobody was given this code; or it is on the stub of a slip from a suggestion box that is not typed yet, as `detail` says.
    """
    return shown(journey(db.session, now(), _chosen(opened(fields["receipt"]), fields.get("case_number") or "")))


def _chosen(case: Case, number: str) -> Case:
    """The case of the receipt, or another matter of the same text; raises a problem for any other number."""
    if number in ("", case.number):
        return case
    found = next((part.case for part in parts_of(db.session, case) if part.case.number == number), None)
    if found is None:
        raise field_problem(422, "case_number", Message(N_("This number is not one of the matters that the receipt opens")))
    return found


def shown(way: Journey) -> dict[str, Any]:
    """What the sender may see, and nothing of who the sender is: whoever found the code must not learn it."""
    case = way.case
    words = [one for step in way.steps for one in step.words]
    return {
        "case_number": case.number,
        "status": case.status,
        "kind": case.kind,
        "agency": reference(case.agency),
        "subject": case.subject,
        "body": case.body,
        "transcription": case.letter.body if case.letter else None,
        "answers": [{"question": one.question(language()), "answer": say(one.words(language()))} for one in way.answers],
        "received_at": case.received_at,
        "due_on": case.due_on,
        "first_due_on": case.first_due_on,
        "acknowledge_by": case.acknowledge_by,
        "acknowledged_at": case.acknowledged_at,
        "final_by": case.final_by,
        "paused_until": case.paused_until if case.is_open else None,
        "pauses": [_pause(pause) for pause in pauses_of(db.session, case)],
        "extensions": [_extension(step) for step in way.steps if step.event.act is Act.EXTEND],
        "disposition": case.disposition,
        "history": [_act(step) for step in way.steps],
        "replies": _said(one for one in words if one.kind not in SENDERS_WORDS),
        "additions": _said(one for one in words if one.kind in SENDERS_WORDS),
        "parts": [
            {"case_number": part.case.number, "title": part.title, "status": part.case.status, "due_on": part.case.due_on}
            for part in way.parts
        ],
        "files": [about_file(file.file) for file in way.files],
    }


def about_file(file: StoredFile) -> dict[str, Any]:
    """What is told of a file."""
    return {"name": file.name, "sha256": file.sha256, "size": file.size, "original_sha256": file.original_sha256}


def _pause(pause: CasePause) -> dict[str, Any]:
    return {
        "reason": pause.reason,
        "label": say(Message(pause.reason.label)),
        "basis": say(Message(pause.reason.basis)),
        "since": pause.since,
        "until": pause.until,
        "ended_on": pause.ended_on,
        "days": pause.days,
        "words": "\n\n".join(words.body for words in pause.event.words if words.body),
    }


def _extension(step: Step) -> dict[str, Any]:
    detail = step.event.detail
    reason = ExtensionReason(detail["reason"])
    return {
        "at": step.event.at,
        "reason": reason,
        "label": say(Message(reason.label)),
        "days": detail["days"],
        "due_before": date.fromisoformat(detail["due_before"]),
        "due_on": date.fromisoformat(detail["due"]),
        "words": "\n\n".join(words.body for words in step.words),
    }


def _act(step: Step) -> dict[str, Any]:
    return {"at": step.event.at, "act": step.event.act, "status": step.event.new_status, "note": say(Message(step.title))}


def _said(words: Iterable[CaseWords]) -> list[dict[str, Any]]:
    return [{"at": one.at, "kind": one.kind, "label": say(Message(one.kind.label)), "body": one.body} for one in words]
