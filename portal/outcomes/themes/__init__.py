"""Themes (ประเด็น): the agency's reading of what people said. In words: ``docs/rules/considered.md``, Themes."""
