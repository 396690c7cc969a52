"""The clock of a case: acknowledgement and final answer, pauses, extensions, steps of escalation; four acts of cases.

Revision ID: 0021
Revises: 0020
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from portal.db.types import UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

#: Checks of codes that name more from now on: table, check, the code after which the new ones stand, the new ones.
CHECKS = (
    ("case_event", "ck_case_event_case_act", "release", ("pause", "resume", "extend", "escalate")),
    ("case_words", "ck_case_words_case_words_kind", "unmark", ("pause", "extension")),
    ("mail_wording", "ck_mail_wording_mail_wording_mail", "merged", ("due_moved",)),
    ("case_tally", "ck_case_tally_case_tally_measure", "upheld", ("extended",)),
    ("case_tally_move", "ck_case_tally_move_case_tally_move_measure", "upheld", ("extended",)),
)


def _case_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("due_working", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("acknowledge_by", sa.Date(), nullable=True),
        sa.Column("acknowledged_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("final_by", sa.Date(), nullable=True),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("extensions", sa.Integer(), server_default="0", nullable=False),
    )


def _rule_columns() -> tuple[sa.Column[Any], ...]:
    return (sa.Column("acknowledge_days", sa.Integer(), nullable=True), sa.Column("final_days", sa.Integer(), nullable=True))


def _codes(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _where(condition: str) -> dict[str, sa.TextClause]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    for column in _case_columns():
        op.add_column("case_record", column)
    for column in _rule_columns():
        op.add_column("deadline_rule", column)
    op.create_table(
        "case_pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("reason", _codes("documents", "decision", "appointment", "force_majeure", name="case_pause_reason"), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("due_before", sa.Date(), nullable=False),
        sa.Column("first_due_before", sa.Date(), nullable=True),
        sa.Column("final_before", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("until > since", name=op.f("ck_case_pause_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_case_pause_case_id_case_record")),
        sa.ForeignKeyConstraint(["event_id"], ["case_event.id"], name=op.f("fk_case_pause_event_id_case_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_pause")),
    )
    op.create_index("ix_case_pause_case_id", "case_pause", ["case_id", "id"])
    op.create_index(op.f("ix_case_pause_event_id"), "case_pause", ["event_id"])
    op.create_index("ix_case_pause_running_until", "case_pause", ["until"], **_where("ended_on IS NULL"))
    op.create_index("uq_case_pause_running", "case_pause", ["case_id"], unique=True, **_where("ended_on IS NULL"))
    op.create_table(
        "clock_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("step", _codes("soon", "today", "head", "coordinators", "executive", "above", name="clock_step_step"), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_clock_step_case_id_case_record")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_step")),
        sa.UniqueConstraint("case_id", "due_on", "step", name="uq_clock_step_once"),
        sa.UniqueConstraint("case_id", "made_on", name="uq_clock_step_one_a_day"),
    )
    op.create_table(
        "clock_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("mail_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["step_id"], ["clock_step.id"], name=op.f("fk_clock_notice_step_id_clock_step")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_clock_notice_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_notice")),
        sa.UniqueConstraint("step_id", "user_id", name=op.f("uq_clock_notice_step_id")),
    )
    op.create_index("ix_clock_notice_mail", "clock_notice", ["user_id", "mail_on"])
    op.create_index("ix_clock_notice_waiting", "clock_notice", ["user_id"], **_where("mail_on IS NULL"))
    for check in CHECKS:
        _name_codes(*check, allowed=True)


def downgrade() -> None:
    for check in CHECKS:
        _name_codes(*check, allowed=False)
    for table in ("clock_notice", "clock_step", "case_pause"):
        op.drop_table(table)
    for column in _rule_columns():
        op.drop_column("deadline_rule", column.name)
    for column in _case_columns():
        op.drop_column("case_record", column.name)


def _name_codes(table: str, name: str, last: str, codes: tuple[str, ...], *, allowed: bool) -> None:
    """Let a check name the new codes, or no longer, as revision 0010 does. Rows that are there are not looked at again."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        wanted = sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name").bindparams(name=name)
        before = str(connection.execute(wanted).scalar_one()).removesuffix(" NOT VALID")
        check = _changed(before, f"'{last}'::character varying", last, codes, allowed)
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}, ADD CONSTRAINT {name} {check} NOT VALID")
        if allowed:
            op.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}")
        return
    find = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :table").bindparams(table=table)
    sql = connection.execute(find).scalar_one()
    start = sql.index(name)
    end = sql.index(")", start)
    text = sql[:start] + _changed(sql[start:end], f"'{last}'", last, codes, allowed) + sql[end:]
    version = connection.execute(sa.text("PRAGMA schema_version")).scalar_one()
    op.execute("PRAGMA writable_schema = ON")
    change = sa.text("UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = :table").bindparams(sql=text, table=table)
    connection.execute(change)
    op.execute(f"PRAGMA schema_version = {version + 1}")
    op.execute("PRAGMA writable_schema = OFF")


def _changed(check: str, written: str, last: str, codes: tuple[str, ...], allowed: bool) -> str:
    # PostgreSQL gives a list that was rewritten before in a longer form; a code put inside those brackets would make a row of it
    written = f"({written})::text" if f"({written})::text" in check else written
    more = "".join(f", {written.replace(last, code)}" for code in codes)
    return check.replace(written, written + more) if allowed else check.replace(more, "")
