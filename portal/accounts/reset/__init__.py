"""A forgotten password (ลืมรหัสผ่าน): asking for a link, and setting a new password with it.

Whoever asks costs the same work and learns nothing. In words: ``docs/rules/people.md``.
"""
