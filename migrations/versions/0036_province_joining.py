"""Which agencies have joined the governor's view of a province.

Revision ID: 0036
Revises: 0035
"""

import sqlalchemy as sa
from alembic import op

from portal.db.types import UtcDateTime

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "province_joining",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("province_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("joined_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("reason_th", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.Column("left_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("left_reason_th", sa.Text(), nullable=False),
        sa.Column("left_reason_en", sa.Text(), nullable=False),
        sa.CheckConstraint("province_id <> agency_id", name=op.f("ck_province_joining_not_itself")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_province_joining_agency_id_agency")),
        sa.ForeignKeyConstraint(["province_id"], ["agency.id"], name=op.f("fk_province_joining_province_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_province_joining")),
    )
    op.create_index(op.f("ix_province_joining_province_id"), "province_joining", ["province_id"])
    op.create_index(
        "uq_province_joining_now",
        "province_joining",
        ["agency_id", "province_id"],
        unique=True,
        sqlite_where=sa.text("left_at IS NULL"),
        postgresql_where=sa.text("left_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("province_joining")
