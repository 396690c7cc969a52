"""Pictures of published cases, the acts of a case that they need, and pictures that somebody reported.

Revision ID: 0037
Revises: 0036
"""

import sqlalchemy as sa
from alembic import op

from portal.db.checks import name_more
from portal.db.types import UtcDateTime

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

#: Acts of a case that are new; the check of the column names every one.
ACTS = ("show_picture", "release_picture", "withdraw_picture", "keep_picture")
STATES = ("prepared", "shown", "released", "stopped", "withdrawn")
CHECKS = (
    ("case_event", "ck_case_event_case_act", "show_passage", ACTS),
    ("exposed_passage", "ck_exposed_passage_exposed_passage_what", "other", ("picture",)),
)


def _codes(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _points_at(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_public_picture_{column}_{table}"))


def upgrade() -> None:
    op.create_table(
        "public_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("copy_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=32), nullable=False),
        sa.Column("state", _codes(*STATES, name="public_picture_state"), nullable=False),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("alt_th", sa.String(length=300), nullable=False),
        sa.Column("alt_en", sa.String(length=300), nullable=False),
        sa.Column("accuses", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("prepared_by_id", sa.Integer(), nullable=False),
        sa.Column("prepared_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.Column("appears_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("released_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(source_id IS NULL) = (copy_id IS NULL)", name=op.f("ck_public_picture_both_or_erased")),
        _points_at("case_id", "case_record"),
        _points_at("source_id", "stored_file"),
        _points_at("copy_id", "stored_file"),
        _points_at("prepared_by_id", "user_account"),
        _points_at("released_by_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_picture")),
        sa.UniqueConstraint("address", name=op.f("uq_public_picture_address")),
        sa.UniqueConstraint("case_id", "source_id", name=op.f("uq_public_picture_case_id")),
    )
    for column in ("case_id", "source_id", "copy_id"):
        op.create_index(op.f(f"ix_public_picture_{column}"), "public_picture", [column])
    op.create_index("ix_public_picture_due", "public_picture", ["state", "appears_at"])
    for table, check, after, codes in CHECKS:
        name_more(table, check, after, codes, allowed=True)


def downgrade() -> None:
    for table, check, after, codes in CHECKS:
        name_more(table, check, after, codes, allowed=False)
    op.drop_table("public_picture")
