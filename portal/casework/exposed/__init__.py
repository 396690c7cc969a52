"""Personal data that somebody reports in a public text. In words: ``docs/rules/exposed.md``."""
