"""Figures of a fiscal year."""

import marshmallow as ma

from portal.api.fields import Input, flag, text
from portal.api.lists import SLUG_MOST
from portal.api.schemas.common import page_address


class FiguresQuery(Input):
    """Whose figures, of when."""

    class Meta:
        unknown = ma.EXCLUDE

    agency = text("Slug; all agencies together without it", required=False, maxLength=SLUG_MOST)
    year = text("Fiscal year in B.E.; the present one without it", required=False, maxLength=4)


class CountSchema(ma.Schema):
    """One number."""

    part = text("year, quarter, month, kind, channel, unit, topic or province")
    code = text("Of the part: q1, 2026-10, a code of kind or channel, a slug, two digits of a province; empty for the year")
    figure = text(
        "What is counted: received, answered, in_time, late, overdue, contested, renewed, upheld, confirmed, silent, median_days …"
    )
    number = ma.fields.Float(required=True, metadata={"description": "A count, or days"})


class FiguresSchema(ma.Schema):
    """Every number of the page; what is hidden is in none of them."""

    agency = text("Slug; null for all together", allow_none=True)
    fiscal_year = ma.fields.Integer(required=True, metadata={"description": "In B.E."})
    counts = ma.fields.List(ma.fields.Nested(CountSchema), required=True, metadata={"description": "One entry a number"})
    is_sample = flag("Invented for demonstration")
    url = page_address()
