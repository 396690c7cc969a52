"""The figures of a report's draft are counted by the worker and kept beside the report.

Revision ID: 0038
Revises: 0037
"""

import sqlalchemy as sa
from alembic import op

from portal.db.types import UtcDateTime

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "opinion_report_draft",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("counted_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("figures", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["report_id"], ["opinion_report.id"], name=op.f("fk_opinion_report_draft_report_id_opinion_report")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_opinion_report_draft")),
    )
    op.execute("INSERT INTO opinion_report_draft (report_id, step) SELECT id, 0 FROM opinion_report")


def downgrade() -> None:
    op.drop_table("opinion_report_draft")
