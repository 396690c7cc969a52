"""The public side of reported personal data: the form, and the log of what was hidden. In words: ``docs/rules/exposed.md``."""

from portal.feedback.exposed.views import bp

__all__ = ["bp"]
