"""Public pages of the ladder, a module each: one agency and year, all agencies, a scale, the badge, the evidence and its files."""

from portal.participation.views import badge, document, evidence, index, index_files, scales, score
from portal.participation.views.blueprint import bp

__all__ = ["badge", "bp", "document", "evidence", "index", "index_files", "scales", "score"]
