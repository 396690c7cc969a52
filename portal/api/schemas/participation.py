"""Levels of participation: the list of a year, and one agency and year."""

import marshmallow as ma

from portal.agencies.rules import AgencyKind, AgencyLevel
from portal.api.fields import choice, code, day, flag, moment, text
from portal.api.lists import ListQuery, ListSchema
from portal.api.schemas.common import AgencyRef, page_address
from portal.participation.listing.rules import Group, Sort
from portal.participation.objections.rules import Outcome, State
from portal.participation.rules.results import Verdict
from portal.participation.rules.scales import Origin

LEVEL = "0 to 5; null where it cannot be computed yet"


def rung(description: str = LEVEL) -> ma.fields.Integer:
    """A level that every answer holds."""
    return ma.fields.Integer(required=True, allow_none=True, metadata={"description": description})


class ParticipationQuery(ListQuery):
    """Parameters of the list; what is none of the codes finds nothing (404)."""

    year = text("Fiscal year in B.E.; the newest that was computed without it", required=False, maxLength=4)
    scale = text("2549 or 2550; the older without it", required=False, maxLength=10)
    kind = choice(AgencyKind, "Only agencies of this kind")
    level = choice(AgencyLevel, "Only agencies of this level in the tree of the state")
    province = text("Only agencies that work in this province, two digits", required=False, maxLength=2)
    compulsory = text("1: only those that must report", required=False, maxLength=1)
    group = choice(Group, "First years are a group of their own")
    sort = choice(Sort, "In which order; the highest level first without it")


class StandingSchema(ma.Schema):
    """Where an agency stands on a scale."""

    agency = ma.fields.Nested(AgencyRef, required=True, metadata={"description": "Whose level"})
    kind = code(AgencyKind, "Kind of agency")
    agency_level = code(AgencyLevel, "Place in the tree of the state")
    fiscal_year = ma.fields.Integer(required=True, metadata={"description": "In B.E."})
    scale = text("2549 or 2550")
    level = rung()
    source_level = rung("The same by the checks of the source alone")
    level_year_before = rung("Of the year before; null where there is none")
    is_first_year = flag("Computed, never ranked")
    is_compulsory = flag("Must report")
    has_reported = flag("Handed in a self-assessment, and a level can be computed")
    is_sample = flag("Invented for demonstration")
    url = page_address()


class StandingList(ListSchema):
    """Agencies of a year on one scale."""

    disclaimer = text("Whose computation it is")
    items = ma.fields.List(ma.fields.Nested(StandingSchema), required=True)


class EvidenceSchema(ma.Schema):
    """A public record."""

    kind = text("Its shape")
    key = text("Names it among those of its kind")
    name = text("In the reader's language, Thai where there is no other")
    url = text("Where anybody can open it, relative to this address", format="uri-reference")


class CheckSchema(ma.Schema):
    """A check with what was found."""

    id = text("Of the check in its scale")
    origin = code(Origin, "Whose check it is")
    words = text("What it asks")
    verdict = code(Verdict, "What it comes to")
    said = text("The finding in one sentence")
    missing = ma.fields.List(ma.fields.String(), required=True, metadata={"description": "What is not there"})
    evidence = ma.fields.List(ma.fields.Nested(EvidenceSchema), required=True, metadata={"description": "Public records that show it"})


class RungSchema(ma.Schema):
    """A level for itself."""

    number = ma.fields.Integer(required=True, metadata={"description": "1 to 5"})
    name = text("Its name")
    verdict = code(Verdict, "Of all its checks")
    source_verdict = code(Verdict, "Of the source's own checks alone")
    counts = flag("It and every level below it hold")
    checks = ma.fields.List(ma.fields.Nested(CheckSchema), required=True, metadata={"description": "Those that hold for this agency"})


class ObjectionSchema(ma.Schema):
    """What somebody from the public objected, and the assessor's answer."""

    number = ma.fields.Integer(required=True, metadata={"description": "From 1, of the agency and year"})
    level = rung("Against which level")
    received_on = day("When it came")
    state = code(State, "How it stands")
    outcome = code(Outcome, "What the last answer decided; null while there is none", allow_none=True)
    words = text("The sender's words; empty until an officer has published them")
    answer = text("The assessor's reasons; empty while there is no answer")
    answered_on = day("Null while there is no answer", allow_none=True)
    case_url = text("The published case, relative to this address; null while it is not published", allow_none=True, format="uri-reference")


class LadderSchema(ma.Schema):
    """A computed ladder."""

    scale = text("2549 or 2550")
    edition = text("Of the file with its checks")
    level = rung()
    source_level = rung("The same by the checks of the source alone")
    claimed_level = rung("What the agency claims; null while it has not said")
    confirmed_level = rung("What an assessor confirmed; null while none has")
    claimed_reason = text("Why the agency claims it; empty while it has not said")
    confirmed_reason = text("Why the assessor confirmed it; empty while none has")
    objections = ma.fields.Integer(required=True, metadata={"description": "How many the public made"})
    objected = ma.fields.List(ma.fields.Nested(ObjectionSchema), required=True, metadata={"description": "These, in their order"})
    said = text("Where it stands and why it stops there, in one sentence")
    changed_at = moment("When the result last became another")
    levels = ma.fields.List(ma.fields.Nested(RungSchema), required=True, metadata={"description": "From the lowest"})


class LaddersSchema(ma.Schema):
    """An agency and a year."""

    disclaimer = text("Whose computation it is")
    agency = ma.fields.Nested(AgencyRef, required=True, metadata={"description": "Whose levels"})
    fiscal_year = ma.fields.Integer(required=True, metadata={"description": "In B.E."})
    is_running = flag("The year is not over: so far")
    is_sample = flag("Invented for demonstration")
    scales = ma.fields.List(ma.fields.Nested(LadderSchema), required=True, metadata={"description": "Those that were computed"})
    document_url = text("File to compute it again, relative to this address", format="uri-reference")
    url = page_address()
