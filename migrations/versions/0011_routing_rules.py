"""A table of rules that says where matters go inside an agency, and what each rule placed.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

from portal.db.types import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "routing_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("urgent", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("added_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("days IS NULL OR days BETWEEN 1 AND 365", name=op.f("ck_routing_rule_days_of_a_year")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_routing_rule_agency_id_agency")),
        sa.ForeignKeyConstraint(["topic_id"], ["case_topic.id"], name=op.f("fk_routing_rule_topic_id_case_topic")),
        sa.ForeignKeyConstraint(["unit_id"], ["agency.id"], name=op.f("fk_routing_rule_unit_id_agency")),
        sa.ForeignKeyConstraint(["officer_id"], ["user_account.id"], name=op.f("fk_routing_rule_officer_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routing_rule")),
    )
    op.create_index("ix_routing_rule_agency", "routing_rule", ["agency_id", "position"])
    op.create_table(
        "case_placed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("overruled_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_case_placed_case_id_case_record")),
        sa.ForeignKeyConstraint(["rule_id"], ["routing_rule.id"], name=op.f("fk_case_placed_rule_id_routing_rule")),
        sa.ForeignKeyConstraint(["unit_id"], ["agency.id"], name=op.f("fk_case_placed_unit_id_agency")),
        sa.ForeignKeyConstraint(["officer_id"], ["user_account.id"], name=op.f("fk_case_placed_officer_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_placed")),
    )
    op.create_index(op.f("ix_case_placed_case_id"), "case_placed", ["case_id"])
    op.create_index("ix_case_placed_rule", "case_placed", ["rule_id", "at"])


def downgrade() -> None:
    op.drop_table("case_placed")
    op.drop_table("routing_rule")
