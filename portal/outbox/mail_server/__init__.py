"""The mail server (เครื่องแม่ข่ายอีเมล) that an administrator has entered: checked, encrypted, tried out, and used by the worker.

What may be entered, and that the environment wins, stands in ``docs/rules/first-day.md``.
"""
