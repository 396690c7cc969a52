"""From where a case was raised to an agency above.

Revision ID: 0034
Revises: 0033
"""

import sqlalchemy as sa
from alembic import op

from portal.db.types import UtcDateTime

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_raise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("origin_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_case_raise_case_id_case_record")),
        sa.ForeignKeyConstraint(["from_id"], ["agency.id"], name=op.f("fk_case_raise_from_id_agency")),
        sa.ForeignKeyConstraint(["origin_id"], ["agency.id"], name=op.f("fk_case_raise_origin_id_agency")),
        sa.ForeignKeyConstraint(["to_id"], ["agency.id"], name=op.f("fk_case_raise_to_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_raise")),
    )
    op.create_index(op.f("ix_case_raise_case_id"), "case_raise", ["case_id"])
    op.create_index("ix_case_raise_to", "case_raise", ["to_id", "case_id"])


def downgrade() -> None:
    op.drop_table("case_raise")
