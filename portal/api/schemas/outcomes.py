"""Reports on how opinions were considered, and improvements."""

import marshmallow as ma

from portal.api.fields import code, flag, moment, text
from portal.api.lists import ListSchema, OfAgencyQuery
from portal.api.schemas.common import AgencyRef, page_address
from portal.outcomes.improvements.rules import ImprovementKind, ImprovementState
from portal.outcomes.reports.rules import Standing


class OutcomesQuery(OfAgencyQuery):
    """Parameters of both lists."""


class ReportSchema(ma.Schema):
    """A report, published or due."""

    slug = text("Name in addresses")
    agency = ma.fields.Nested(AgencyRef, required=True, metadata={"description": "Whose opinions"})
    first_on = ma.fields.Date(required=True, metadata={"description": "First day of its period"})
    last_on = ma.fields.Date(required=True, metadata={"description": "Last day of its period"})
    due_on = ma.fields.Date(required=True, metadata={"description": "Until when it is to be published"})
    standing = code(Standing, "Where it stands today")
    version = ma.fields.Integer(required=True, allow_none=True, metadata={"description": "The newest; null while nothing is published"})
    figures_url = text("Its figures as JSON; null while nothing is published", allow_none=True, format="uri-reference")
    is_sample = flag("Invented for demonstration")
    url = page_address()


class ReportList(ListSchema):
    """Reports, the latest period first."""

    items = ma.fields.List(ma.fields.Nested(ReportSchema), required=True)


class ImprovementSchema(ma.Schema):
    """What an agency changes because of what it heard."""

    slug = text("Name in addresses")
    title = text("In the reader's language, Thai where there is no other")
    kind = code(ImprovementKind, "What is changed")
    state = code(ImprovementState, "Where it stands")
    agency = ma.fields.Nested(AgencyRef, required=True, metadata={"description": "Whose improvement"})
    opinions = ma.fields.Integer(required=True, allow_none=True, metadata={"description": "How many lie behind it; null for one to four"})
    due_on = ma.fields.Date(required=True, allow_none=True, metadata={"description": "Null where no day is set"})
    updated_at = moment("When it last moved")
    is_sample = flag("Invented for demonstration")
    url = page_address()


class ImprovementList(ListSchema):
    """Improvements, what moved last first."""

    items = ma.fields.List(ma.fields.Nested(ImprovementSchema), required=True)
