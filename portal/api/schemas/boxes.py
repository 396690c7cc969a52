"""Suggestion boxes."""

import marshmallow as ma

from portal.api.fields import code, flag, moment, text
from portal.api.lists import ListSchema, OfAgencyQuery
from portal.api.schemas.common import AgencyRef, page_address
from portal.feedback.boxes.rules import State


class BoxQuery(OfAgencyQuery):
    """What the list can be narrowed to."""


def _day(description: str, *, allow_none: bool = False) -> ma.fields.Date:
    return ma.fields.Date(required=True, allow_none=allow_none, metadata={"description": description})


class BoxBrief(ma.Schema):
    """A box; its openings stand on its page."""

    slug = text("Name in addresses")
    name = text("Name in the reader's language")
    place = text("Where it hangs, in words")
    area = text("Code of its sub-district, district or province; null where nobody said", allow_none=True)
    lat = ma.fields.Float(required=True, allow_none=True, metadata={"description": "Latitude, if known"})
    lon = ma.fields.Float(required=True, allow_none=True, metadata={"description": "Longitude, if known"})
    agency = ma.fields.Nested(AgencyRef, required=True, metadata={"description": "Whose box it is"})
    rhythm_days = ma.fields.Integer(required=True, metadata={"description": "It is opened at least every so many days"})
    set_up_on = _day("Since when it hangs")
    last_opened_on = _day("Day of the last opening; null before the first", allow_none=True)
    due_on = _day("Working day by which it is to be opened next; null once it is taken down", allow_none=True)
    state = code(State, "Where it stands today")
    days_over = ma.fields.Integer(required=True, metadata={"description": "Days since it should have been opened; 0 unless it is overdue"})
    taken_down_on = _day("Its last day; null while it hangs", allow_none=True)
    taken_down_reason = text("Why; empty while it hangs")
    is_sample = flag("Invented for demonstration")
    updated_at = moment("When the entry was last changed")
    url = page_address()


class BoxList(ListSchema):
    """Boxes, the last changed first."""

    items = ma.fields.List(ma.fields.Nested(BoxBrief), required=True)
