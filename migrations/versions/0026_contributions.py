"""What is asked of other units and agencies for an answer; four acts of cases and three kinds of words.

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op

from portal.db.checks import name_more
from portal.db.types import UtcDateTime

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

ACTS = ("ask_contribution", "contribute", "decline_contribution", "recall_contribution")
WORDS = ("part_asked", "part", "part_declined")


def _codes(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "case_contribution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("asked_id", sa.Integer(), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=False),
        sa.Column("kind", _codes("opinion", "action", name="case_contribution_kind"), nullable=False),
        sa.Column("state", _codes("waiting", "answered", "declined", "recalled", name="case_contribution_state"), nullable=False),
        sa.Column("asked_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("asked_event_id", sa.Integer(), nullable=False),
        sa.Column("ended_event_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_case_contribution_agency_id_agency")),
        sa.ForeignKeyConstraint(["asked_event_id"], ["case_event.id"], name=op.f("fk_case_contribution_asked_event_id_case_event")),
        sa.ForeignKeyConstraint(["asked_id"], ["agency.id"], name=op.f("fk_case_contribution_asked_id_agency")),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_case_contribution_case_id_case_record")),
        sa.ForeignKeyConstraint(["ended_event_id"], ["case_event.id"], name=op.f("fk_case_contribution_ended_event_id_case_event")),
        sa.ForeignKeyConstraint(["holder_id"], ["agency.id"], name=op.f("fk_case_contribution_holder_id_agency")),
        sa.ForeignKeyConstraint(["officer_id"], ["user_account.id"], name=op.f("fk_case_contribution_officer_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_contribution")),
        sa.UniqueConstraint("public_id", name=op.f("uq_case_contribution_public_id")),
    )
    op.create_index(op.f("ix_case_contribution_case_id"), "case_contribution", ["case_id"])
    op.create_index(op.f("ix_case_contribution_officer_id"), "case_contribution", ["officer_id"])
    op.create_index("ix_case_contribution_asked_of", "case_contribution", ["holder_id", "state", "due_on", "id"])
    _named(allowed=True)


def downgrade() -> None:
    _named(allowed=False)
    op.drop_table("case_contribution")


def _named(*, allowed: bool) -> None:
    name_more("case_event", "ck_case_event_case_act", "release", ACTS, allowed=allowed)
    name_more("case_words", "ck_case_words_case_words_kind", "unmark", WORDS, allowed=allowed)
