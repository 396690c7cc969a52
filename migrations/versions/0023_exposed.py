"""Passages of public texts that somebody reported, and the two acts of a case that they need.

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

from portal.db.checks import name_more
from portal.db.types import UtcDateTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

#: Acts of a case that are new; the check of the column names every one.
ACTS = ("hide_passage", "show_passage")
WHAT = ("telephone", "identity_number", "email", "house_number", "plate", "personal_name", "other")
CHECK = "ck_case_event_case_act"
AFTER = "stop_publication"


def _codes(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "exposed_passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("state", _codes("hidden", "reported", "closed", "stands", name="exposed_passage_state"), nullable=False),
        sa.Column("what", _codes(*WHAT, name="exposed_passage_what"), nullable=False),
        sa.Column("passage", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("reported_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_exposed_passage_case_id_case_record")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user_account.id"], name=op.f("fk_exposed_passage_decided_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exposed_passage")),
        sa.UniqueConstraint("case_id", "serial", name=op.f("uq_exposed_passage_case_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_exposed_passage_public_id")),
    )
    op.create_index("ix_exposed_passage_newest", "exposed_passage", ["reported_at", "id"])
    op.create_index("ix_exposed_passage_waiting", "exposed_passage", ["state", "due_on", "id"])
    name_more("case_event", CHECK, AFTER, ACTS, allowed=True)


def downgrade() -> None:
    name_more("case_event", CHECK, AFTER, ACTS, allowed=False)
    op.drop_table("exposed_passage")
