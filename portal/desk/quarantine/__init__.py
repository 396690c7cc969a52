"""What came with a flood, looked at in bulk: released into the queue, or refused with a reason (พักไว้ตรวจก่อน, quarantine).

In words: ``docs/rules/abuse.md``.
"""
