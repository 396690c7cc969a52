"""What happens to a running clock: pauses (หยุดนับเวลา), extensions (ขยายเวลา), reminders and escalation (รายงานชั้นถัดไป).

When an answer is due in the first place stands in ``kernel.clock_rule`` and ``rules.deadlines``. In words: ``docs/rules/clock.md``.
"""
