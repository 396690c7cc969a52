"""Answers that somebody signs (ผู้ลงนาม) after somebody else proposed them (เสนอ). In words: ``docs/rules/signing.md``."""
