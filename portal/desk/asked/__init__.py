"""``/desk/asked``: the parts that others ask of an agency (ส่วนที่หน่วยงานอื่นขอ), read without the sender's identity.

In words: ``docs/rules/between.md``, Asking another for its part.
"""

from portal.desk.asked.views import bp

__all__ = ["bp"]
