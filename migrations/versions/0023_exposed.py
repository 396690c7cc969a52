"""Passages of public texts that somebody reported, and the two acts of a case that they need.

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

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
    _acts(allowed=True)


def downgrade() -> None:
    _acts(allowed=False)
    op.drop_table("exposed_passage")


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
