"""Calling back and writing back (ต้องโทรกลับ, ต้องส่งหนังสือ): who waits, each attempt, and when it is done.

Terms: follow-up (งานติดต่อกลับ), attempt (ครั้งที่ติดต่อ), registry number (เลขที่หนังสือ). In words: ``docs/rules/calls.md``.
May import ``casework`` and below.
"""
