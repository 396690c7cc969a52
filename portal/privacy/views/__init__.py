"""Pages about personal data: for everybody, and for whoever holds the code of a case: what is kept, can be asked, and came of it."""

from portal.privacy.views import about, acts, data, page
from portal.privacy.views.blueprint import bp

__all__ = ["about", "acts", "bp", "data", "page"]
