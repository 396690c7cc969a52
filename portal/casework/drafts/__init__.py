"""Drafts (ร่างคำตอบ): an answer that was begun, one officer's and one case's. Rules in words: ``docs/rules/desk.md``."""
