"""Texts that hold several matters, divided into linked cases; one act of cases.

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

from portal.db.checks import name_more
from portal.db.types import UtcDateTime

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_part",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("passage_start", sa.Integer(), nullable=True),
        sa.Column("passage_end", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_case_part_case_id_case_record")),
        sa.ForeignKeyConstraint(["first_id"], ["case_record.id"], name=op.f("fk_case_part_first_id_case_record")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_part")),
    )
    op.create_index(op.f("ix_case_part_first_id"), "case_part", ["first_id"])
    name_more("case_event", "ck_case_event_case_act", "release", ["split"], allowed=True)


def downgrade() -> None:
    name_more("case_event", "ck_case_event_case_act", "release", ["split"], allowed=False)
    op.drop_table("case_part")
