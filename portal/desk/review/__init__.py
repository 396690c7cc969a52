"""``/desk/review``: the outside reviewer's desk (ผู้ทบทวนจากภายนอก), contested cases that nobody inside or above may judge.

Words only: no name, no contact, no file. In words: ``docs/rules/closing.md``, Who judges a contest.
"""

from portal.desk.review.views import bp

__all__ = ["bp"]
