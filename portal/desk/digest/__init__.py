"""The morning mail (จดหมายเช้า): one a day, only what needs its reader. In words: ``docs/rules/digest.md``."""
