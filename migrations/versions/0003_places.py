"""Floods are noticed, and what comes with one is looked at first; areas of agencies, and where cases of the pool went.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

from portal.db.types import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "intake_tally",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("of", _codes("network", "text", name="intake_tally_of"), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_tally")),
    )
    op.create_index("ix_intake_tally_of", "intake_tally", ["of", "at"])
    op.create_index("ix_intake_tally_key", "intake_tally", ["key", "at"])
    op.create_table(
        "case_quarantine",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("signs", sa.JSON(), nullable=False),
        sa.Column("family", sa.String(length=64), nullable=False),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("verdict", _codes("released", "refused", name="case_quarantine_verdict"), nullable=True),
        sa.CheckConstraint("(verdict IS NULL) = (decided_at IS NULL)", name=op.f("ck_case_quarantine_verdict_with_its_time")),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_case_quarantine_case_id_case_record")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user_account.id"], name=op.f("fk_case_quarantine_decided_by_id_user_account")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_quarantine")),
    )
    lying = sa.text("decided_at IS NULL")
    op.create_index("ix_case_quarantine_lying", "case_quarantine", ["family"], sqlite_where=lying, postgresql_where=lying)
    op.create_table(
        "agency_area",
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_agency_area_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "code", name=op.f("pk_agency_area")),
    )
    op.create_table(
        "case_routing",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_case_routing_case_id_case_record")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_case_routing_agency_id_agency")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_routing")),
    )
    op.create_index("ix_case_routing_at", "case_routing", ["at"])
    op.create_index(
        "ix_case_record_open_pool",
        "case_record",
        ["due_on", "id", "agency_id", "owner_id", "judge_agency_id", "guarded", "status", "escalation_level", "is_open"],
        sqlite_where=sa.text("is_open = 1 AND pool = 1"),
        postgresql_where=sa.text("is_open AND pool"),
    )


def downgrade() -> None:
    op.drop_index("ix_case_record_open_pool", "case_record")
    op.drop_table("case_routing")
    op.drop_table("agency_area")
    op.drop_table("case_quarantine")
    op.drop_table("intake_tally")


def _codes(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
