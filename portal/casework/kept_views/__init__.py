"""Saved views (มุมมองที่บันทึก): what the queue was narrowed to, under a name, for oneself or for an agency's whole desk.

Rules in words: ``docs/rules/desk.md``.
"""
