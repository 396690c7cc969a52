"""Pages for whoever holds the code of a case: what is kept, what can be asked, and what came of it."""

from portal.privacy.views import acts, data, page
from portal.privacy.views.blueprint import bp

__all__ = ["acts", "bp", "data", "page"]
