"""What the holder of a receipt code sees of the case."""

import marshmallow as ma

from portal.api.fields import Input, code, day, moment, text
from portal.api.schemas.common import AgencyRef
from portal.api.schemas.submissions import CODE_EXAMPLE
from portal.casework.rules import Act, CaseKind, Disposition, Status, WordsKind


class LookupSchema(Input):
    """The code, as people type it."""

    receipt = text("Receipt code; Thai digits, spaces and dashes are forgiven", examples=[CODE_EXAMPLE])


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
    due_on = day("The last day on which an answer is in time")
    disposition = code(Disposition, "What was decided; null while it is open", allow_none=True)
    history = ma.fields.List(ma.fields.Nested(HistorySchema), required=True, metadata={"description": "Oldest first"})
    replies = ma.fields.List(ma.fields.Nested(WordsSchema), required=True, metadata={"description": "What the agency said, oldest first"})
    additions = ma.fields.List(ma.fields.Nested(WordsSchema), required=True, metadata={"description": "What the sender said later"})
    files = ma.fields.List(ma.fields.Nested(FileSchema), required=True, metadata={"description": "Of both sides, oldest first"})
