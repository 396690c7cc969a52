"""Suanruam (ส่วนร่วม): a citizen feedback and transparency portal.

The factory is ``portal.app.create_app``; the command line ``portal.cli``. How the packages
stand on each other is told in ``docs/architecture.md`` and checked by import-linter.
"""
