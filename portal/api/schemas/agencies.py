"""Agencies."""

import marshmallow as ma

from portal.agencies.rules import AgencyKind, AgencyLevel
from portal.api.fields import code, flag, moment, text
from portal.api.lists import ListSchema
from portal.api.schemas.common import AgencyRef, page_address
from portal.casework.rules import CaseKind


class AgencyBrief(ma.Schema):
    """An agency as lists show it."""

    slug = text("Name in addresses")
    name = text("Name in the reader's language")
    short_name = text("Short name, may be empty")
    level = code(AgencyLevel, "Place in the tree of the state")
    kind = code(AgencyKind, "Legal kind")
    case_prefix = text("Stands at the front of its case numbers")
    parent = text("Slug of the agency above; null at the top", allow_none=True)
    takes_submissions = flag("True if `POST /submissions` can name it; units inside an agency cannot be named")
    closed_at = moment("Since when it takes nothing new; null while it is open", allow_none=True)
    successor = text("Slug of the open agency where its work goes on; null for open ones", allow_none=True)
    is_sample = flag("Invented for demonstration")
    updated_at = moment("When this was last changed")
    url = page_address()


class MissionSchema(ma.Schema):
    """Something the agency is there to do."""

    number = text("Its number")
    words = text("What it is there to do")
    is_core = flag("A core mission")


class TopicSchema(ma.Schema):
    """A topic that the agency offers; choosing one is optional."""

    slug = text("What `POST /submissions` takes as `topic`")
    name = text("Name in the reader's language")


class AgencyWhole(AgencyBrief):
    """An agency with contacts, missions and units."""

    address = text("May be empty")
    phone = text("May be empty")
    fax = text("May be empty")
    hotline = text("May be empty")
    email = text("May be empty")
    website = text("May be empty")
    hours = text("Office hours, may be empty")
    missions = ma.fields.List(ma.fields.Nested(MissionSchema), required=True, metadata={"description": "In the agency's order"})
    kinds = ma.fields.List(
        code(CaseKind, "What kind of matter it is"), required=True, metadata={"description": "Kinds of matter that it takes, in its order"}
    )
    topics = ma.fields.List(ma.fields.Nested(TopicSchema), required=True, metadata={"description": "In the agency's order"})
    units = ma.fields.List(ma.fields.Nested(AgencyRef), required=True, metadata={"description": "Directly below it"})


class AgencyList(ListSchema):
    """Agencies, the last changed first."""

    items = ma.fields.List(ma.fields.Nested(AgencyBrief), required=True)
