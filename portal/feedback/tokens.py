"""The one-time tokens of this room's forms; what they are stands in ``web.form_token``."""

from portal.web.form_token import LASTS, SUBMISSION, FormToken, Freshness, files_key, fresh, read, write

#: Forms on the pages of one case; the salt is completed by its number, so that a form for another case is noticed.
CASE = "case form"

__all__ = ["CASE", "LASTS", "SUBMISSION", "FormToken", "Freshness", "case_salt", "files_key", "fresh", "read", "write"]


def case_salt(number: str) -> str:
    """Salt of the forms of one case."""
    return f"{CASE} {number}"
