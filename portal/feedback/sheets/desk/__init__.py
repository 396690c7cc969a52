"""The desk's pages of an import: choose a file, say what its columns mean, match values, look, import."""

from portal.feedback.sheets.desk import columns, downloads, listing, outcome, preview, values  # noqa: F401 - they register their views
from portal.feedback.sheets.desk.blueprint import bp

__all__ = ["bp"]
