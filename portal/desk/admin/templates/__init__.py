"""Texts of mails and ready replies on pages: read, written with a preview, back to the default. In words: ``docs/rules/templates.md``."""

from portal.desk.admin.templates import index, mails, replies

__all__ = ["index", "mails", "replies"]
