"""Published pages and reports."""

import marshmallow as ma

from portal.api.fields import code, flag, moment, number, text
from portal.api.lists import ListSchema, OfAgencyQuery
from portal.api.schemas.common import AgencyRef, page_address
from portal.disclosures.rules import Direction, DisclosureKind, Licence


class DisclosureQuery(OfAgencyQuery):
    """Parameters of the list."""

    kind = code(DisclosureKind, "Only of this kind", required=False)


class DisclosureBrief(ma.Schema):
    """A page as lists show it."""

    slug = text("Name in addresses")
    kind = code(DisclosureKind, "A report is a page with figures")
    title = text("Title")
    lead = text("What it says in short, may be empty")
    language = text("Language of this text: the reader's, or the other one where theirs is not published", enum=["th", "en"])
    languages = ma.fields.List(ma.fields.String(), required=True, metadata={"description": "Languages that can be read"})
    agency = ma.fields.Nested(AgencyRef, required=True, metadata={"description": "Whose page it is"})
    fiscal_year = ma.fields.Integer(required=True, allow_none=True, metadata={"description": "Buddhist era; of reports only"})
    licence = code(Licence, "Under what terms it may be used again")
    licence_url = text("Where the licence can be read", allow_none=True)
    version = ma.fields.Integer(required=True, metadata={"description": "Counts from 1; a version never changes"})
    published_at = moment("When the public could first read it")
    updated_at = moment("When this version was made")
    is_sample = flag("Invented for demonstration")
    url = page_address()


class ResponsibleSchema(ma.Schema):
    """Who answers for the page, as of this version."""

    name = text("May be empty if a position answers for it")
    position = text("May be empty")
    unit = text("May be empty")
    contact = text("May be empty")


class AttachmentSchema(ma.Schema):
    """A file that belongs to the page."""

    title = text("Title")
    name = text("File name")
    media_type = text("What it is", examples=["application/pdf"])
    size = ma.fields.Integer(required=True, metadata={"description": "Bytes"})
    sha256 = text("Of its bytes", pattern="^[0-9a-f]{64}$")
    url = text("Address of its bytes, relative to this one", format="uri-reference")


class PeriodSchema(ma.Schema):
    """One period of an indicator."""

    label = text("Such as a quarter")
    target = number("Null if there is none")
    actual = number("Null if there is none yet")


class IndicatorSchema(ma.Schema):
    """What a report measures."""

    name = text("Name")
    unit = text("Unit")
    direction = code(Direction, "Which way is better")
    baseline = number("Where it stood before; null if there is none")
    periods = ma.fields.List(ma.fields.Nested(PeriodSchema), required=True, metadata={"description": "In the report's order"})


class DisclosureWhole(DisclosureBrief):
    """A page with its text."""

    body_html = text("Clean HTML")
    body_text = text("The same as plain text")
    responsible = ma.fields.Nested(ResponsibleSchema, required=True, metadata={"description": "Who answers for it"})
    attachments = ma.fields.List(ma.fields.Nested(AttachmentSchema), required=True, metadata={"description": "In the page's order"})
    figures = ma.fields.List(ma.fields.Nested(IndicatorSchema), required=True, metadata={"description": "Empty for pages"})


class DisclosureList(ListSchema):
    """Pages, the last updated first."""

    items = ma.fields.List(ma.fields.Nested(DisclosureBrief), required=True)
