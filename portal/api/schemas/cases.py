"""Published cases: the redacted text that an officer confirmed, never the sender's own."""

import marshmallow as ma

from portal.api.fields import code, day, flag, moment, text
from portal.api.lists import ListSchema, OfAgencyQuery
from portal.api.schemas.common import AgencyRef, page_address
from portal.casework.rules import CaseKind, Disposition, Status


class CaseQuery(OfAgencyQuery):
    """Parameters of the list."""

    kind = code(CaseKind, "Only of this kind", required=False)


class Area(ma.Schema):
    """The sub-district of a case; never the point that its sender gave."""

    code = text("Province, district and sub-district, two digits each; shorter where it is not known better")
    name_th = text("Name in Thai")
    name_en = text("Name in English")
    lat = ma.fields.Float(required=True, allow_none=True, metadata={"description": "Middle of the sub-district; null if not known"})
    lon = ma.fields.Float(required=True, allow_none=True, metadata={"description": "Middle of the sub-district; null if not known"})


class CasePicture(ma.Schema):
    """A picture that an officer covered and released; it has neither place nor time."""

    url = text("Address of the picture, a JPEG, relative to this one; 410 once it is withdrawn", format="uri-reference")
    alt_th = text("What is to be seen, in Thai")
    alt_en = text("What is to be seen, in English")


class CaseBrief(ma.Schema):
    """A published case as lists show it."""

    number = text("Case number")
    kind = code(CaseKind, "What kind of matter it is")
    status = code(Status, "Where it stands")
    disposition = code(Disposition, "What was decided; null before it is closed", allow_none=True)
    agency = ma.fields.Nested(AgencyRef, required=True, metadata={"description": "Who answered"})
    subject = text("Public text")
    area = ma.fields.Nested(Area, required=True, allow_none=True, metadata={"description": "Where it is; null if the sender gave no point"})
    pictures = ma.fields.List(ma.fields.Nested(CasePicture), required=True, metadata={"description": "Released pictures; mostly none"})
    received_on = day("Day of receipt")
    published_at = moment("When it was published")
    updated_at = moment("When the public text was last changed")
    is_sample = flag("Invented for demonstration")
    url = page_address()


class CaseWhole(CaseBrief):
    """A published case with matter and answer."""

    body = text("The matter; places with personal data are closed by marks")
    answer = text("The agency's answer; the same marks")
    redactions = ma.fields.Dict(
        keys=ma.fields.String(),
        values=ma.fields.Integer(),
        required=True,
        metadata={"description": "How many places were closed for which reason"},
    )


class CaseList(ListSchema):
    """Published cases, the newest first."""

    items = ma.fields.List(ma.fields.Nested(CaseBrief), required=True)
