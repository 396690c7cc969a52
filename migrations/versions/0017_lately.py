"""Indexes for what came and what was answered lately.

Revision ID: 0017
Revises: 0016
"""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_case_record_received", "case_record", ["received_at", "agency_id"])
    op.create_index("ix_case_record_answered", "case_record", ["answered_at", "agency_id"])


def downgrade() -> None:
    op.drop_index("ix_case_record_answered", "case_record")
    op.drop_index("ix_case_record_received", "case_record")
