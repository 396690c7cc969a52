"""Telling an agency something."""

import re
from dataclasses import replace
from typing import Any

from flask import request

from portal.agencies.home import home_agency
from portal.agencies.models import Agency
from portal.api.blueprint import also_answers, answers, post, refuses, takes
from portal.api.lists import is_slug
from portal.api.problems import Problem, field_problem
from portal.api.schemas.submissions import ReceiptSchema, SubmissionSchema
from portal.casework import service as casework
from portal.casework.errors import AlreadySubmitted, KeyReused
from portal.casework.rules import Channel, KeyScope
from portal.casework.service import Receipt, Submission
from portal.db import unit_of_work
from portal.feedback import arriving
from portal.kernel.actor import VISITOR
from portal.kernel.errors import Unavailable
from portal.kernel.messages import N_, Message
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.runtime import runtime

KEY = "Idempotency-Key"
KEY_PATTERN = "[!-~][ -~]{6,62}[!-~]"
KEY_PARAMETER = {
    "name": KEY,
    "in": "header",
    "required": True,
    "description": "Yours, fresh for each submission, 8 to 64 printable ASCII characters, such as a UUID. "
    "Send the same key and body again if you got no answer: there will be one case",
    "schema": {"type": "string", "pattern": f"^{KEY_PATTERN}$", "minLength": 8, "maxLength": 64},
}
NEEDS_KEY = Message(N_("Send a header %(header)s with 8 to 64 printable ASCII characters"), {"header": KEY})
OTHER_BODY = Message(N_("This %(header)s was used before with another body"), {"header": KEY})
TOO_LATE = Message(N_("This submission was taken more than 24 hours ago, so its code is not shown again"))


@post("/submissions", "Submissions", [KEY_PARAMETER])
@audience(Audience.PUBLIC)
@takes(SubmissionSchema)
@answers(201, ReceiptSchema, "The case is stored")
@also_answers(200, ReceiptSchema, "The same key and body came before, within 24 hours: the same receipt")
@refuses(400, 409, 413, 415, 422, 503)
def submit(fields: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Send a submission.

    The receipt code is shown in this answer only. `409`: the key was used with another body, or more than 24 hours ago (then
    `case_number` tells for which case); there is no second case.
    """
    key = _key()
    submission = _checked(Submission(**fields, channel=Channel.API.value))
    try:
        receipt = _store(submission, key)
    except KeyReused as reused:
        raise Problem(409, OTHER_BODY, {KEY: [OTHER_BODY]}) from reused
    except AlreadySubmitted as already:
        raise Problem(409, TOO_LATE, members={"case_number": already.case_number}) from already
    told = {"receipt": receipt.code, "case_number": receipt.case_number, "due_on": receipt.due_on}
    return told, 200 if receipt.repeated else 201


def _key() -> str:
    key = request.headers.get(KEY, "")
    if not re.fullmatch(KEY_PATTERN, key):
        raise field_problem(400, KEY, NEEDS_KEY)
    return key


def _checked(submission: Submission) -> Submission:
    """Judged before the database is asked for anything; raises ``Invalid`` with every field at fault."""
    casework.validate(submission)
    # What is no slug at all never reaches the database, which refuses some characters.
    casework.agency_of(db.session, submission if is_slug(submission.agency) else replace(submission, agency="-"))
    return submission


def _store(submission: Submission, key: str) -> Receipt:
    arrival = arriving.of_api()
    with unit_of_work(db.session) as session:
        agency = casework.agency_of(session, submission)
        return casework.submit(
            session,
            VISITOR,
            now(),
            runtime().keyring,
            submission,
            agency,
            scope=KeyScope.API,
            key=key,
            home_agency=_home(),
            arrival=arrival,
        )


def _home() -> Agency:
    home = home_agency()
    if home is None:
        raise Unavailable(Message(N_("This portal has no agency yet that could receive your words; please try again later")))
    return home
