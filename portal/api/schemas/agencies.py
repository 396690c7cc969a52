"""Agencies."""

import marshmallow as ma

from portal.agencies.rules import AgencyKind, AgencyLevel
from portal.api.fields import code, flag, moment, text
from portal.api.lists import ListSchema
from portal.api.schemas.common import AgencyRef, page_address
from portal.casework.questions.rules import QuestionType
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


class ChoiceSchema(ma.Schema):
    """Something that can be answered."""

    key = text("What `answers` takes")
    label = text("In the reader's language")


class ConditionSchema(ma.Schema):
    """An answer to another question, without which a question is not asked."""

    question = text("Key of the other question")
    any_of = ma.fields.List(text("Key of a choice"), required=True, metadata={"description": "One of these was answered"})


class QuestionSchema(ma.Schema):
    """A question of the agency. It is asked if kind, topic and condition fit; an answer to one that is not asked is refused."""

    key = text("Its name in `answers`")
    type = code(QuestionType, "What an answer looks like: `one` and `several` take keys of choices, `day` is a day")
    question = text("In the reader's language")
    help = text("In the reader's language, may be empty")
    required = flag("It must be answered if it is asked")
    most = ma.fields.Integer(required=True, allow_none=True, metadata={"description": "Characters of a text; null for other types"})
    kinds = ma.fields.List(code(CaseKind, "A kind"), required=True, metadata={"description": "Asked for these kinds only; empty for all"})
    topics = ma.fields.List(text("Slug of a topic"), required=True, metadata={"description": "Asked about these only; empty for all"})
    choices = ma.fields.List(ma.fields.Nested(ChoiceSchema), required=True, metadata={"description": "Empty where one writes"})
    only_if = ma.fields.Nested(ConditionSchema, required=True, allow_none=True, metadata={"description": "Null where it is always asked"})


class FormSchema(ma.Schema):
    """What the form of an agency offers and asks now."""

    agency = ma.fields.Nested(AgencyRef, required=True, metadata={"description": "Whose form it is"})
    takes_submissions = flag("`POST /submissions` takes matters for it now")
    kinds = ma.fields.List(
        code(CaseKind, "What kind of matter it is"), required=True, metadata={"description": "Kinds of matter that it takes, in its order"}
    )
    topics = ma.fields.List(ma.fields.Nested(TopicSchema), required=True, metadata={"description": "In the agency's order"})
    questions = ma.fields.List(ma.fields.Nested(QuestionSchema), required=True, metadata={"description": "In the order of the form"})


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
