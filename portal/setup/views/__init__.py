"""The pages of the first day, one module a step."""

from portal.setup.views import administrator, agency, calendar, done, entering, form, look, mail, policies
from portal.setup.views.blueprint import bp

__all__ = ["administrator", "agency", "bp", "calendar", "done", "entering", "form", "look", "mail", "policies"]
