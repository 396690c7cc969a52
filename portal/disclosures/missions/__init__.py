"""Which mission (ภารกิจ) of the agency a page is about. In words: ``docs/rules/legal-lists.md``."""
