"""Laying a case by (พักไว้) until a day, with a reason that colleagues read. The clock runs on. In words: ``docs/rules/desk.md``."""
