"""What the holder of a receipt code sees of the case."""

import marshmallow as ma

from portal.api.fields import Input, code, day, moment, text
from portal.api.schemas.common import AgencyRef
from portal.api.schemas.submissions import CODE_EXAMPLE
from portal.casework.clock.rules import ExtensionReason, PauseReason
from portal.casework.rules import Act, CaseKind, Disposition, Status, WordsKind


class LookupSchema(Input):
    """The code, as people type it."""

    receipt = text("Receipt code; Thai digits, spaces and dashes are forgiven", examples=[CODE_EXAMPLE])

    case_number = text(
        "Of a text that was divided into several matters, the one to be shown; without it the case of the receipt", required=False
    )


class PartSchema(ma.Schema):
    """One matter of a text that was divided."""

    case_number = text("For people to refer to")
    title = text("What it goes on with, in the officer's words")
    status = code(Status, "Where it stands")
    due_on = day("The last day on which an answer is in time")


class HistorySchema(ma.Schema):
    """One act."""

    at = moment("When")
    act = code(Act, "What happened")
    status = code(Status, "Where the case stood after it")
    note = text("The same for people")


class WordsSchema(ma.Schema):
    """Words that somebody wrote."""

    at = moment("When")
    kind = code(WordsKind, "What they are")
    label = text("The same for people")
    body = text("Plain text")


class FileSchema(ma.Schema):
    """A file of the case, cleaned: pictures without metadata, PDF without scripts."""

    name = text("As its sender named it, with the extension of what it is")
    sha256 = text("Of the bytes that are kept", pattern="^[0-9a-f]{64}$")
    size = ma.fields.Integer(required=True, metadata={"description": "Bytes that are kept", "minimum": 0})
    original_sha256 = text("Of the bytes that were sent", pattern="^[0-9a-f]{64}$")


class AnswerSchema(ma.Schema):
    """An answer to a question of the agency, in words."""

    question = text("As it was asked")
    answer = text("What the sender answered")


class PauseSchema(ma.Schema):
    """A time in which the clock stands still."""

    reason = code(PauseReason, "Why")
    label = text("The same for people")
    basis = text("On what ground; for people")
    since = day("The day on which it began")
    until = day("Its last day, as it was set")
    ended_on = day("The day on which the clock ran again; null while it stands still", allow_none=True)
    days = ma.fields.Integer(required=True, metadata={"description": "By how many days it has moved the due day, as the clock counts"})
    words = text("What the agency told the sender")


class ExtensionSchema(ma.Schema):
    """The due day was moved; the first promise stays what it was."""

    at = moment("When")
    reason = code(ExtensionReason, "Why")
    label = text("The same for people")
    days = ma.fields.Integer(required=True, metadata={"description": "By how many days, as the clock counts"})
    due_before = day("The due day before it")
    due_on = day("The due day after it")
    words = text("What the agency told the sender")


class CaseOfReceiptSchema(ma.Schema):
    """Where the matter stands. Never who sent it, and nothing that officers wrote for themselves."""

    case_number = text("For people to refer to")
    status = code(Status, "Where it stands")
    kind = code(CaseKind, "What kind of matter it is")
    agency = ma.fields.Nested(AgencyRef, required=True, metadata={"description": "Who has it now"})
    subject = text("The sender's words")
    body = text("The sender's words; empty where they are in a picture")
    transcription = text("What an officer typed from that picture, empty until then; null where there is none", allow_none=True)
    answers = ma.fields.List(
        ma.fields.Nested(AnswerSchema), required=True, metadata={"description": "To questions of the agency, in the order of its form"}
    )
    received_at = moment("When it reached the agency")
    due_on = day("The last day on which an answer is in time; pauses and extensions have moved it")
    first_due_on = day("The first promise, by which figures judge; lawful pauses move it, extensions never")
    acknowledge_by = day("By when an officer takes it up; null where this was not promised", allow_none=True)
    acknowledged_at = moment("When an officer took it up; null until then", allow_none=True)
    final_by = day("The last day for the final answer; null where no rule names one", allow_none=True)
    paused_until = day("The last day of the pause that runs; null while the clock runs", allow_none=True)
    pauses = ma.fields.List(ma.fields.Nested(PauseSchema), required=True, metadata={"description": "Oldest first"})
    extensions = ma.fields.List(ma.fields.Nested(ExtensionSchema), required=True, metadata={"description": "Oldest first"})
    disposition = code(Disposition, "What was decided; null while it is open", allow_none=True)
    history = ma.fields.List(ma.fields.Nested(HistorySchema), required=True, metadata={"description": "Oldest first"})
    replies = ma.fields.List(ma.fields.Nested(WordsSchema), required=True, metadata={"description": "What the agency said, oldest first"})
    additions = ma.fields.List(ma.fields.Nested(WordsSchema), required=True, metadata={"description": "What the sender said later"})
    parts = ma.fields.List(
        ma.fields.Nested(PartSchema),
        required=True,
        metadata={"description": "All matters of the text, if officers divided it, this one among them; else empty"},
    )
    files = ma.fields.List(ma.fields.Nested(FileSchema), required=True, metadata={"description": "Of both sides, oldest first"})
