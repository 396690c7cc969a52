"""Public texts that wait for a second officer or for the sender, and the three acts of a case that they need.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

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
    _acts(allowed=True)


def downgrade() -> None:
    _acts(allowed=False)
    op.drop_table("public_draft")


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
