"""Tags (ป้าย): an officer's own words for sorting cases, of one agency, seen at the desk only. Rules in words: ``docs/rules/desk.md``."""
