"""A merge can be undone: one act of cases, one kind of words.

Revision ID: 0028
Revises: 0027
"""

from portal.db.checks import name_more

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _named(allowed=True)


def downgrade() -> None:
    _named(allowed=False)


def _named(*, allowed: bool) -> None:
    name_more("case_event", "ck_case_event_case_act", "release", ["unmerge"], allowed=allowed)
    name_more("case_words", "ck_case_words_case_words_kind", "unmark", ["unmerge"], allowed=allowed)
