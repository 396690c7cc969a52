"""Mentions (กล่าวถึง): a colleague who is told of an internal note. Rules in words: ``docs/rules/desk.md``."""
