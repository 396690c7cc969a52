"""What several answers tell in the same way."""

from typing import Any

from flask import url_for

from portal.agencies.models import Agency
from portal.api.language import in_language, language
from portal.web.language import path_in


def reference(agency: Agency) -> dict[str, str]:
    """An agency in brief."""
    return {"slug": agency.slug, "name": in_language(agency.name_th, agency.name_en)}


def page_url(endpoint: str, **values: Any) -> str:
    """Path of a page for people, in the reader's language."""
    return path_in(language(), url_for(endpoint, **values))
