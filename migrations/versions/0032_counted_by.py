"""Indexes of the queue hold what a saved view narrows by, so that its count never touches the cases; the newest of a year have an index.

Revision ID: 0032
Revises: 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_BEFORE = ("agency_id", "owner_id", "judge_agency_id", "guarded", "status", "escalation_level", "is_open")
_NOW = (*_BEFORE, "kind", "unit_id", "topic_id")
#: Name, what it is ordered by, and of which cases it is.
_INDEXES = (
    ("ix_case_record_open_agency", ("agency_id", "due_on", "id"), ("is_open = 1", "is_open")),
    ("ix_case_record_open_due", ("due_on", "id"), ("is_open = 1", "is_open")),
    ("ix_case_record_open_owner", ("owner_id", "due_on", "id"), ("is_open = 1", "is_open")),
    ("ix_case_record_open_escalated", ("due_on", "id"), ("is_open = 1 AND escalation_level > 0", "is_open AND escalation_level > 0")),
    ("ix_case_record_open_pool", ("due_on", "id"), ("is_open = 1 AND pool = 1", "is_open AND pool")),
    ("ix_case_record_status_due", ("status", "due_on", "id"), None),
)


def upgrade() -> None:
    _make_anew(_NOW)
    op.create_index("ix_case_record_year", "case_record", ["counted", "fiscal_year", "id"])


def downgrade() -> None:
    op.drop_index("ix_case_record_year", "case_record")
    _make_anew(_BEFORE)


def _make_anew(held: tuple[str, ...]) -> None:
    for name, by, where in _INDEXES:
        op.drop_index(name, "case_record")
        partial = {"sqlite_where": sa.text(where[0]), "postgresql_where": sa.text(where[1])} if where else {}
        op.create_index(name, "case_record", [*by, *(column for column in held if column not in by)], **partial)
