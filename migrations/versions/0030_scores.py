"""Computed levels: gathered facts, scores, frozen dossiers; when a channel and a box were stored.

Revision ID: 0030
Revises: 0029
"""

import sqlalchemy as sa
from alembic import op

from portal.db.types import UtcDateTime

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

#: What the trail says of the day on which something was entered.
_STORED = {
    "agency_channel": """
        SELECT min(a.at) FROM audit_entry a WHERE a.object_type = 'channel' AND a.act = 'channel.added' AND a.object_key =
        (SELECT slug FROM agency WHERE agency.id = agency_channel.agency_id) || '/' || agency_channel.channel""",
    "feedback_box": """
        SELECT min(a.at) FROM audit_entry a WHERE a.object_type = 'box' AND a.act = 'box.set_up' AND a.object_key = feedback_box.slug""",
}


def upgrade() -> None:
    for table, stored in _STORED.items():
        op.add_column(table, sa.Column("recorded_at", UtcDateTime(timezone=True), nullable=True))
        op.execute(f"UPDATE {table} SET recorded_at = ({stored})")  # noqa: S608 - our own words
    op.create_table(
        "score_facts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("gathered_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_score_facts_agency_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_facts")),
        sa.UniqueConstraint("agency_id", "fiscal_year", "source", name=op.f("uq_score_facts_agency_id")),
    )
    op.create_table(
        "score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("scale", sa.String(length=10), nullable=False),
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("source_level", sa.Integer(), nullable=True),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("stops_at", sa.Integer(), nullable=True),
        sa.Column("is_first_year", sa.Boolean(), nullable=False),
        sa.Column("level_before", sa.Integer(), nullable=True),
        sa.Column("level_changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("late", sa.Integer(), server_default="0", nullable=False),
        sa.Column("flagged", sa.Integer(), server_default="0", nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("computed_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_score_agency_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score")),
        sa.UniqueConstraint("agency_id", "fiscal_year", "scale", name=op.f("uq_score_agency_id")),
    )
    op.create_index("ix_score_year", "score", ["fiscal_year", "scale", "level", "agency_id"])
    op.create_table(
        "frozen_dossier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("frozen_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_frozen_dossier_agency_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_dossier")),
        sa.UniqueConstraint("agency_id", "fiscal_year", "number", name=op.f("uq_frozen_dossier_agency_id")),
    )


def downgrade() -> None:
    for table in ("frozen_dossier", "score", "score_facts"):
        op.drop_table(table)
    for table in _STORED:
        op.drop_column(table, "recorded_at")
