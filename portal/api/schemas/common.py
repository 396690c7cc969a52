"""What several answers share."""

import marshmallow as ma

from portal.api.fields import text


class AgencyRef(ma.Schema):
    """An agency in brief; the whole at `GET /agencies/{slug}`."""

    slug = text("Name in addresses")
    name = text("Name in the reader's language")


def page_address() -> ma.fields.String:
    """The page that shows the record to people."""
    return text("Address of the page for people, relative to this one", format="uri-reference")
