"""Monthly samples of closed cases for civil society: draws, what was drawn, findings.

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

from portal.db.types import UtcDateTime

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def _codes(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "sample_draw",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("state", _codes("committed", "listed", "drawn", name="sample_draw_state"), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("committed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("listed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("drawn_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.Column("case_ids", sa.JSON(), nullable=False),
        sa.Column("list_digest", sa.String(length=64), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("apart", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_sample_draw_agency_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample_draw")),
        sa.UniqueConstraint("agency_id", "month", name=op.f("uq_sample_draw_agency_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_sample_draw_slug")),
    )
    op.create_index("ix_sample_draw_newest", "sample_draw", ["state", "month", "id"])
    op.create_table(
        "sample_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draw_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("entry", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_sample_entry_case_id_case_record")),
        sa.ForeignKeyConstraint(["draw_id"], ["sample_draw.id"], name=op.f("fk_sample_entry_draw_id_sample_draw")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample_entry")),
        sa.UniqueConstraint("draw_id", "position", name=op.f("uq_sample_entry_draw_id")),
    )
    op.create_index(op.f("ix_sample_entry_case_id"), "sample_entry", ["case_id"])
    op.create_table(
        "sample_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("met", _codes("yes", "partly", "no", name="sample_finding_met"), nullable=False),
        sa.Column("proof", _codes("yes", "no", "none", name="sample_finding_proof"), nullable=False),
        sa.Column("false_closing", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("replied_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("replied_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_sample_finding_agency_id_agency")),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_sample_finding_by_id_user_account")),
        sa.ForeignKeyConstraint(["entry_id"], ["sample_entry.id"], name=op.f("fk_sample_finding_entry_id_sample_entry")),
        sa.ForeignKeyConstraint(["replied_by_id"], ["user_account.id"], name=op.f("fk_sample_finding_replied_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample_finding")),
        sa.UniqueConstraint("entry_id", "by_id", name=op.f("uq_sample_finding_entry_id")),
    )
    op.create_index(op.f("ix_sample_finding_agency_id"), "sample_finding", ["agency_id"])


def downgrade() -> None:
    for table in ("sample_finding", "sample_entry", "sample_draw"):
        op.drop_table(table)
