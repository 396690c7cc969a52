"""A lost code (รหัสหาย): a link to the address that the case has, and what the officer does at the counter.

In words: ``docs/rules/calls.md``. May import ``casework``, the rest of ``feedback`` and below.
"""
