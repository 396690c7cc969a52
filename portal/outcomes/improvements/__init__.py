"""Improvements (แผนปรับปรุง) and "you said, we did" (ท่านบอก เราปรับ). In words: ``docs/rules/improvements.md``."""
