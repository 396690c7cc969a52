"""Who else is looking (ใครกำลังดูเรื่องนี้): for two minutes after the last sign of life. Rules in words: ``docs/rules/desk.md``."""
