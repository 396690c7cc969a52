"""Proposals of answers that somebody else signs, and the two acts of a case that they need.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

from portal.db.checks import name_more
from portal.db.types import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

#: Acts of a case that are new; the check of the column names every one.
ACTS = ("propose", "return_proposal")
CHECK = "ck_case_event_case_act"
AFTER = "owe"


def _codes(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "case_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("act", _codes("reply", "close", "refer", "decline", name="case_proposal_act"), nullable=False),
        sa.Column("state", _codes("waiting", "signed", "returned", "withdrawn", name="case_proposal_state"), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("decided_event_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_case_proposal_case_id_case_record")),
        sa.ForeignKeyConstraint(["event_id"], ["case_event.id"], name=op.f("fk_case_proposal_event_id_case_event")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["user_account.id"], name=op.f("fk_case_proposal_proposed_by_id_user_account")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user_account.id"], name=op.f("fk_case_proposal_decided_by_id_user_account")),
        sa.ForeignKeyConstraint(["decided_event_id"], ["case_event.id"], name=op.f("fk_case_proposal_decided_event_id_case_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_proposal")),
        sa.UniqueConstraint("event_id", name=op.f("uq_case_proposal_event_id")),
    )
    op.create_index("ix_case_proposal_case", "case_proposal", ["case_id", "id"])
    op.create_index(op.f("ix_case_proposal_proposed_by_id"), "case_proposal", ["proposed_by_id"])
    waits = sa.text("state = 'waiting'")
    op.create_index("uq_case_proposal_waiting", "case_proposal", ["case_id"], unique=True, sqlite_where=waits, postgresql_where=waits)
    name_more("case_event", CHECK, AFTER, ACTS, allowed=True)


def downgrade() -> None:
    name_more("case_event", CHECK, AFTER, ACTS, allowed=False)
    op.drop_table("case_proposal")
