"""Listening plans: the list, and the plan of an agency and a year."""

import marshmallow as ma

from portal.api.fields import code, day, flag, moment, text
from portal.api.lists import ListSchema, OfAgencyQuery
from portal.api.schemas.common import AgencyRef, page_address
from portal.casework.rules import Channel
from portal.plans.rules import ActivityState, Gap, Method, PlanGap, PlanState

EXACT = "exact decimal text; null where nobody wrote a number"


def whole(description: str) -> ma.fields.Integer:
    """A count that every answer holds."""
    return ma.fields.Integer(required=True, metadata={"description": description})


def amount(description: str) -> ma.fields.String:
    """Baht or days of staff."""
    return text(f"{description}, {EXACT}", allow_none=True)


class PlansQuery(OfAgencyQuery):
    """Parameters of the list."""

    year = text("Only plans of this fiscal year, in B.E.", required=False, maxLength=4)


class PlanBrief(ma.Schema):
    """A plan that everybody may read."""

    agency = ma.fields.Nested(AgencyRef, required=True, metadata={"description": "Whose plan"})
    fiscal_year = whole("In B.E.")
    state = code(PlanState, "Handed in, or approved; a plan that is being written is nobody's to read")
    approved_on = day("Day of the document; null while it is not approved", allow_none=True)
    activities = whole("Held or still to be held; not those that were cancelled")
    held = whole("Of these, held")
    late = whole("Of these, planned for a day that has passed")
    people = whole("From outside the state, who took part")
    updated_at = moment("When it last changed")
    is_sample = flag("Invented for demonstration")
    url = page_address()


class PlanList(ListSchema):
    """Plans, the newest year first."""

    items = ma.fields.List(ma.fields.Nested(PlanBrief), required=True)


class ApprovalSchema(ma.Schema):
    """Who approved it, and by which document."""

    number = text("Of the document")
    on = day("Of the document")
    by_head = flag("By the head of the agency; false: by an executive")


class MoneySchema(ma.Schema):
    """What it takes, and took."""

    planned = amount("Planned, without what was cancelled")
    spent = amount("Spent")


class RecordSchema(ma.Schema):
    """A public record that an activity produced."""

    name = text("As it was called when it was linked")
    url = text("Where anybody can open it, relative to this address", format="uri-reference")


class ActivitySchema(ma.Schema):
    """One way of hearing people."""

    number = whole("In its plan, never used twice")
    title = text("In the reader's language, Thai where there is no other")
    mission = text("Code of the mission that it is about")
    method = code(Method, "How people are heard")
    is_formal = flag("Called, announced and minuted")
    groups = text("Whom it aims at")
    channel = code(Channel, "By which channel; null for none of the register", allow_none=True)
    about_strategy = flag("About the strategy")
    state = code(ActivityState, "Planned, held or cancelled")
    planned_on = day("For which day it is planned")
    notice_on = day("When it was announced", allow_none=True)
    held_on = day("When it was held", allow_none=True)
    unit = ma.fields.Nested(AgencyRef, required=True, metadata={"description": "Who does it"})
    responsible = text("Name of the person; empty where nobody is named")
    budget = amount("Baht planned")
    budget_spent = amount("Baht spent")
    staff_days = amount("Days of staff planned")
    staff_days_spent = amount("Days of staff spent")
    people = whole("From outside the state, who took part")
    officers = whole("Officers who took part")
    least_people = whole("A survey counts from so many answers on")
    summary = text("What was said")
    issue = text("First of the four parts: the issue")
    participants = text("Second: who took part")
    result = text("Third: the result")
    change = text("Fourth: what the result changed")
    cancelled = text("Why it was cancelled; empty unless it was")
    gaps = ma.fields.List(code(Gap, "A gap"), required=True, metadata={"description": "What shows by itself to be late or empty"})
    records = ma.fields.List(ma.fields.Nested(RecordSchema), required=True, metadata={"description": "What it produced"})
    told_at = moment("When days and numbers of people were entered as they stand", allow_none=True)
    url = page_address()


class RevisionSchema(ma.Schema):
    """A change after the approval."""

    number = whole("From 1")
    activity = whole("Number of the activity")
    at = moment("When")
    reason = text("Why")


class PlanSchema(PlanBrief):
    """The plan of a year, whole."""

    approval = ma.fields.Nested(ApprovalSchema, required=True, allow_none=True, metadata={"description": "Null while it is not approved"})
    budget = ma.fields.Nested(MoneySchema, required=True, metadata={"description": "Baht"})
    staff_days = ma.fields.Nested(MoneySchema, required=True, metadata={"description": "Days of staff"})
    gaps = ma.fields.List(code(PlanGap, "A gap"), required=True, metadata={"description": "What shows by itself to be late or missing"})
    missions_without = ma.fields.List(
        ma.fields.String(), required=True, metadata={"description": "Codes of missions about which nobody is to be heard"}
    )
    items = ma.fields.List(ma.fields.Nested(ActivitySchema), required=True, metadata={"description": "Its activities by number"})
    revisions = ma.fields.List(ma.fields.Nested(RevisionSchema), required=True, metadata={"description": "The newest first"})
    document_url = text("The same as a file with both languages, relative to this address", format="uri-reference")
