"""Pictures of published cases that officers cover and release. In words: ``docs/rules/pictures.md``."""
