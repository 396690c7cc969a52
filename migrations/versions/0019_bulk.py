"""What is done to several cases at once, and what became of each.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

from portal.casework.bulk.rules import BatchState, Outcome, What
from portal.db.types import UtcDateTime, code

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("what", code(What, "case_batch_what"), nullable=False),
        sa.Column("state", code(BatchState, "case_batch_state"), nullable=False),
        sa.Column("goes_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("publish", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("disposition", sa.String(length=20), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_case_batch_by_id_user_account")),
        sa.ForeignKeyConstraint(["assignee_id"], ["user_account.id"], name=op.f("fk_case_batch_assignee_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_batch")),
        sa.UniqueConstraint("public_id", name=op.f("uq_case_batch_public_id")),
    )
    op.create_index("ix_case_batch_by", "case_batch", ["by_id", "at"])
    op.create_index(op.f("ix_case_batch_goes_at"), "case_batch", ["goes_at"])
    op.create_table(
        "case_in_batch",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("outcome", code(Outcome, "case_in_batch_outcome"), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=True),
        sa.Column("before_id", sa.Integer(), nullable=True),
        sa.Column("tag_ids", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["case_batch.id"], name=op.f("fk_case_in_batch_batch_id_case_batch")),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_case_in_batch_case_id_case_record")),
        sa.ForeignKeyConstraint(["before_id"], ["user_account.id"], name=op.f("fk_case_in_batch_before_id_user_account")),
        sa.PrimaryKeyConstraint("batch_id", "case_id", name=op.f("pk_case_in_batch")),
    )
    op.create_index(op.f("ix_case_in_batch_case_id"), "case_in_batch", ["case_id"])


def downgrade() -> None:
    op.drop_table("case_in_batch")
    op.drop_table("case_batch")
