"""Proposals of answers that somebody else signs, and the two acts of a case that they need.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

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
    _acts(allowed=True)


def downgrade() -> None:
    _acts(allowed=False)
    op.drop_table("case_proposal")


def _acts(*, allowed: bool) -> None:
    """Let the check of ``case_event.act`` name the new acts, or no longer, as 0010 does. Rows that are there are not looked at again."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        wanted = sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name").bindparams(name=CHECK)
        check = _changed(str(connection.execute(wanted).scalar_one()).removesuffix(" NOT VALID"), f"'{AFTER}'::character varying", allowed)
        op.execute(f"ALTER TABLE case_event DROP CONSTRAINT {CHECK}, ADD CONSTRAINT {CHECK} {check} NOT VALID")
        if allowed:
            op.execute(f"ALTER TABLE case_event VALIDATE CONSTRAINT {CHECK}")
        return
    sql = connection.execute(sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'case_event'")).scalar_one()
    start = sql.index(CHECK)
    end = sql.index(")", start)
    text = sql[:start] + _changed(sql[start:end], f"'{AFTER}'", allowed) + sql[end:]
    version = connection.execute(sa.text("PRAGMA schema_version")).scalar_one()
    op.execute("PRAGMA writable_schema = ON")
    connection.execute(sa.text("UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = 'case_event'").bindparams(sql=text))
    op.execute(f"PRAGMA schema_version = {version + 1}")
    op.execute("PRAGMA writable_schema = OFF")


def _changed(check: str, last: str, allowed: bool) -> str:
    """The text of the check with the new acts after ``last``, or without them."""
    # PostgreSQL gives a list that was rewritten before in a longer form; a code put inside those brackets would make a row of it
    written = f"({last})::text" if f"({last})::text" in check else last
    more = "".join(f", {written.replace(AFTER, act)}" for act in ACTS)
    return check.replace(written, written + more) if allowed else check.replace(more, "")
