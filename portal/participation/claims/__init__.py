"""Self-assessment (การประเมินตนเอง): the level that an agency claims on each scale, with reasons. In words: ``docs/rules/assessment.md``."""
