"""A submission and its receipt."""

import marshmallow as ma

from portal.api.fields import Flag, Input, Number, code, day, text
from portal.casework.rules import Anonymity, AnswerBy, CaseKind
from portal.casework.service.submission import ABOUT_MOST, ADDRESS_MOST, EMAIL_MOST, NAME_MOST, PHONE_MOST, PLACE_MOST, UNSURE
from portal.casework.texts import BODY_MOST, SUBJECT_MOST

CODE_EXAMPLE = "1234-5678-9012-3456-7888"
CODE_PATTERN = "^([0-9]{4}-){4}[0-9]{4}$"


class SubmissionSchema(Input):
    """What somebody tells an agency. Files come after it, each by `POST /receipts/files`."""

    agency = text(f"Slug of an agency (`GET /agencies`), or `{UNSURE}`: the home agency passes it on, the clock running", examples=["opdc"])
    kind = code(CaseKind, "What kind of matter it is")
    topic = text(
        "Slug of a topic of the agency (`topics` of `GET /agencies/<slug>`), or empty; one of another agency is refused",
        load_default="",
        maxLength=60,
    )
    subject = text("In a few words what it is about", minLength=1, maxLength=SUBJECT_MOST)
    body = text("The matter, plain text", minLength=1, maxLength=BODY_MOST)
    anonymity = code(
        Anonymity,
        "Who may know the sender: `named` the officers who handle it, `confidential` the same but masked until they give a reason, "
        "`anonymous` nobody (name, telephone and address are not kept). Names are never public",
    )
    answer_by = code(
        AnswerBy, "How to answer; `phone` and `letter` need a sender who is not anonymous", load_default=AnswerBy.CODE.value, default="code"
    )
    name = text("The sender's name", load_default="", maxLength=NAME_MOST)
    email = text("For notices, and for the answer if `answer_by` is `email`", load_default="", maxLength=EMAIL_MOST)
    phone = text("Telephone number", load_default="", maxLength=PHONE_MOST)
    address = text("Postal address of the sender, kept only if `answer_by` is `letter`", load_default="", maxLength=ADDRESS_MOST)
    place = text("Where it is, in words", load_default="", maxLength=PLACE_MOST)
    lat = Number(load_default=None, allow_none=True, metadata={"description": "Degrees north, with `lon`", "minimum": -90, "maximum": 90})
    lon = Number(load_default=None, allow_none=True, metadata={"description": "Degrees east, with `lat`", "minimum": -180, "maximum": 180})
    publish_consent = Flag(
        load_default=False,
        metadata={"description": "May be published once it is answered, without personal data; changes nothing in how it is handled"},
    )
    about = text(
        "Whom of the agency it is about, in words (a name, a post, a counter). Then it is kept at once from those people: they cannot "
        "find or open it, and it is never published",
        load_default="",
        maxLength=ABOUT_MOST,
    )
    about_above = Flag(
        load_default=False,
        metadata={"description": "It is about those who receive such matters, or the head: it starts at the agency above. Needs `about`"},
    )
    answers = ma.fields.Dict(
        keys=ma.fields.String(),
        values=ma.fields.Raw(allow_none=True),
        load_default=dict,
        metadata={
            "description": "Answers to the agency's own questions, by their `key` (`GET /agencies/<slug>/form`): text; the `key` of a "
            "choice, or a list of them; `true` or `false`; a number; a day. What is wrong is named as `answers.<key>`; never public",
            "examples": [{"light-pole": "ME-0412", "dark-at-night": True}],
        },
    )
    language = text("Language of mails about it", load_default="th", enum=["th", "en"], default="th")


class ReceiptSchema(ma.Schema):
    """Shown once: only a keyed hash of the code is kept."""

    receipt = text("The code that opens the case to whoever holds it; keep it secret", pattern=CODE_PATTERN, examples=[CODE_EXAMPLE])
    case_number = text("For people to refer to; opens nothing", examples=["OPDC-2570-000123"])
    due_on = day("The last day on which an answer is in time")
