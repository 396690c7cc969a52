"""Public texts that wait for a second officer or for the sender, and the three acts of a case that they need.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

from portal.db.checks import name_more
from portal.db.types import UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

#: Acts of a case that are new; the check of the column names every one.
ACTS = ("propose_publication", "show_publication", "stop_publication")
CHECK = "ck_case_event_case_act"
AFTER = "return_proposal"


def _codes(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "public_draft",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("waits", _codes("second", "sender", name="public_draft_waits"), nullable=False),
        sa.Column("subject", sa.String(length=400), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("redactions", sa.JSON(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("second_by_id", sa.Integer(), nullable=True),
        sa.Column("appears_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_public_draft_case_id_case_record")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["user_account.id"], name=op.f("fk_public_draft_confirmed_by_id_user_account")),
        sa.ForeignKeyConstraint(["second_by_id"], ["user_account.id"], name=op.f("fk_public_draft_second_by_id_user_account")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_public_draft")),
    )
    op.create_index("ix_public_draft_due", "public_draft", ["waits", "appears_at"])
    name_more("case_event", CHECK, AFTER, ACTS, allowed=True)


def downgrade() -> None:
    name_more("case_event", CHECK, AFTER, ACTS, allowed=False)
    op.drop_table("public_draft")
