"""E-mail that comes in: mailboxes, up to where they were read, what became of each message, and files that were not kept.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

from portal.db.types import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mailbox",
        sa.Column("agency_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("takes_plus", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_mailbox_agency_id_agency")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["user_account.id"], name=op.f("fk_mailbox_changed_by_id_user_account")),
        sa.PrimaryKeyConstraint("agency_id", name=op.f("pk_mailbox")),
    )
    op.create_table(
        "mailbox_state",
        sa.Column("agency_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("validity", sa.BigInteger(), nullable=True),
        sa.Column("next_uid", sa.BigInteger(), nullable=False),
        sa.Column("unread_before", sa.BigInteger(), nullable=False),
        sa.Column("take_unread", sa.Boolean(), nullable=False),
        sa.Column("leased_until", UtcDateTime(timezone=True), nullable=True),
        sa.Column("due_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("tried_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("tried", _codes(*REACHED, name="mailbox_reached"), nullable=True),
        sa.Column("fetched_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["mailbox.agency_id"], name=op.f("fk_mailbox_state_agency_id_mailbox")),
        sa.PrimaryKeyConstraint("agency_id", name=op.f("pk_mailbox_state")),
    )
    op.create_table(
        "mail_in_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("source_key", sa.String(length=64), nullable=False),
        sa.Column("arrived_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("fate", _codes(*FATES, name="mail_in_fate"), nullable=False),
        sa.Column("reason", _codes(*REASONS, name="mail_in_reason"), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("sender_mark", sa.String(length=64), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("letter_enc", sa.Text(), nullable=True),
        sa.Column("raw_id", sa.String(length=32), nullable=True),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_mail_in_message_agency_id_agency")),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_mail_in_message_case_id_case_record")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user_account.id"], name=op.f("fk_mail_in_message_decided_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_in_message")),
        sa.UniqueConstraint("agency_id", "source_key", name=op.f("uq_mail_in_message_agency_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_mail_in_message_public_id")),
    )
    waiting = sa.text("fate = 'waiting'")
    op.create_index("ix_mail_in_message_waiting", "mail_in_message", ["agency_id", "id"], sqlite_where=waiting, postgresql_where=waiting)
    op.create_index("ix_mail_in_message_counted", "mail_in_message", ["agency_id", "fate", "arrived_at"])
    op.create_index("ix_mail_in_message_sender", "mail_in_message", ["sender_mark", "arrived_at"])
    op.create_index("ix_mail_in_message_arrived_at", "mail_in_message", ["arrived_at"])
    op.create_index("ix_mail_in_message_digest", "mail_in_message", ["digest"])
    op.create_index("ix_mail_in_message_case_id", "mail_in_message", ["case_id"])
    op.create_table(
        "mail_in_file",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("stored_file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["mail_in_message.id"], name=op.f("fk_mail_in_file_message_id_mail_in_message")),
        sa.ForeignKeyConstraint(["stored_file_id"], ["stored_file.id"], name=op.f("fk_mail_in_file_stored_file_id_stored_file")),
        sa.PrimaryKeyConstraint("message_id", "stored_file_id", name=op.f("pk_mail_in_file")),
    )
    op.create_index("ix_mail_in_file_stored_file_id", "mail_in_file", ["stored_file_id"])
    op.create_table(
        "case_left_out",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_case_left_out_case_id_case_record")),
        sa.ForeignKeyConstraint(["event_id"], ["case_event.id"], name=op.f("fk_case_left_out_event_id_case_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_left_out")),
    )
    op.create_index("ix_case_left_out_case_id", "case_left_out", ["case_id"])


def downgrade() -> None:
    for table in ("case_left_out", "mail_in_file", "mail_in_message", "mailbox_state", "mailbox"):
        op.drop_table(table)


REACHED = (
    *("fine", "no_host", "unreachable", "too_slow", "certificate", "no_encryption", "sign_in", "no_folder", "no_maildir"),
    *("no_mailbox", "sealed"),
)
FATES = ("repeat", "own", "bounce", "auto_reply", "waiting", "added", "new_case", "not_for_us")
REASONS = (
    *("too_large", "encrypted", "tnef", "too_complex", "unreadable", "too_long", "empty", "no_sender", "to_many", "machine"),
    *("bad_token", "case_over", "many_from_sender", "many_cases_of_sender", "many_cases", "agency_closed"),
)


def _codes(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
