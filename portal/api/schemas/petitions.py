"""Petitions: the text that an officer confirmed, and how many support it; never who."""

import marshmallow as ma

from portal.api.fields import code, day, flag, moment, text
from portal.api.lists import ListSchema, OfAgencyQuery
from portal.api.schemas.common import AgencyRef, page_address
from portal.casework.rules import Disposition
from portal.feedback.petitions.rules import OPEN_TO_READ, State


def _count(description: str) -> ma.fields.Integer:
    return ma.fields.Integer(required=True, metadata={"description": description})


class PetitionQuery(OfAgencyQuery):
    """Parameters of the list."""

    state = text("Only in this state", required=False, enum=[state.value for state in State if state in OPEN_TO_READ])


class Supports(ma.Schema):
    """How many, each kind apart."""

    total = _count("Devices and verified contacts together; what the threshold is compared with")
    devices = _count("Devices")
    contacts = _count("Verified contacts")
    being_checked = _count("Came in bursts and wait for an officer; in none of the other numbers")


class PetitionBrief(ma.Schema):
    """A petition as lists show it."""

    slug = text("Name in addresses")
    number = text("Case number")
    state = code(State, "Where it stands")
    agency = ma.fields.Nested(AgencyRef, required=True, metadata={"description": "To whom it was put"})
    title = text("Public title")
    supports = ma.fields.Nested(Supports, required=True, metadata={"description": "At most half a minute old"})
    threshold = _count("How many supports oblige the agency to answer; as it was at the publication")
    published_at = moment("When it was published")
    closes_on = day("Last day on which it can be supported")
    answer_due_on = day("By when a public answer is owed; null before the threshold is reached", allow_none=True)
    disposition = code(Disposition, "What was decided; null before the answer", allow_none=True)
    updated_at = moment("When its state last changed")
    is_sample = flag("Invented for demonstration")
    url = page_address()


class PetitionWhole(PetitionBrief):
    """A petition with its texts."""

    reached_at = moment("When the threshold was reached; null before that", allow_none=True)
    answered_at = moment("When the answer was published; null before that", allow_none=True)
    answer = text("What the agency answered; null before that", allow_none=True)
    text = text("Public text")


class PetitionList(ListSchema):
    """One page of the list."""

    items = ma.fields.List(ma.fields.Nested(PetitionBrief), required=True, metadata={"description": "Newest first"})
