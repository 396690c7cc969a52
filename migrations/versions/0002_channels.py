"""Channels: their register, referrals, calling and writing back, lost codes, and the clock of urgent matters.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

from portal.db.types import UtcDateTime
from portal.index.ddl import POSTGRESQL_WORDS_INDEX

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CHANNELS = ("web", "walk_in", "telephone", "letter", "fax", "email", "box", "forum", "line", "facebook", "api")
CHANNEL_FIGURES = ["counted", "agency_id", "fiscal_year", "channel", "answered_in_time", "days_to_answer", "is_open", "first_due_on"]
OPEN = sa.text("done_at IS NULL")


def _codes(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "agency_channel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("channel", _codes("agency_channel_channel", *CHANNELS), nullable=False),
        sa.Column("name_th", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("audience", _codes("agency_channel_audience", "general_public", "target_group"), nullable=False),
        sa.Column("is_formal", sa.Boolean(), nullable=False),
        sa.Column("hours_th", sa.String(length=200), nullable=False),
        sa.Column("hours_en", sa.String(length=200), nullable=False),
        sa.Column("place_th", sa.String(length=300), nullable=False),
        sa.Column("place_en", sa.String(length=300), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("collector_id", sa.Integer(), nullable=True),
        sa.Column("collector_position_th", sa.String(length=200), nullable=False),
        sa.Column("collector_position_en", sa.String(length=200), nullable=False),
        sa.Column("appointment_number", sa.String(length=60), nullable=False),
        sa.Column("appointment_on", sa.Date(), nullable=True),
        sa.Column("appointment_file_id", sa.Integer(), nullable=True),
        sa.Column("standard_days", sa.Integer(), nullable=True),
        sa.Column("open_from", sa.Date(), nullable=False),
        sa.Column("open_until", sa.Date(), nullable=True),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_agency_channel_agency_id_agency")),
        sa.ForeignKeyConstraint(
            ["appointment_file_id"], ["stored_file.id"], name=op.f("fk_agency_channel_appointment_file_id_stored_file")
        ),
        sa.ForeignKeyConstraint(["collector_id"], ["user_account.id"], name=op.f("fk_agency_channel_collector_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_channel")),
        sa.UniqueConstraint("agency_id", "channel", name=op.f("uq_agency_channel_agency_id")),
    )
    op.create_index(op.f("ix_agency_channel_appointment_file_id"), "agency_channel", ["appointment_file_id"])
    op.create_index(op.f("ix_agency_channel_collector_id"), "agency_channel", ["collector_id"])
    op.create_table(
        "case_referral",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", _codes("case_referral_place", "1111", "1567", "other"), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_case_referral_case_id_case_record")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_referral")),
    )
    op.create_table(
        "case_follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("way", _codes("follow_up_way", "call", "letter"), nullable=False),
        sa.Column("why", _codes("follow_up_why", "asked", "answer"), nullable=False),
        sa.Column("wanted_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("done_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_case_follow_up_case_id_case_record")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_follow_up")),
    )
    op.create_index(op.f("ix_case_follow_up_case_id"), "case_follow_up", ["case_id"])
    op.create_index("ix_case_follow_up_open", "case_follow_up", ["case_id", "way"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index(
        "ix_case_follow_up_waiting", "case_follow_up", ["way", "wanted_at", "id"], unique=False, sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.create_table(
        "follow_up_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("follow_up_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("result", _codes("follow_up_result", "reached", "not_reached", "wrong_number", "sent"), nullable=False),
        sa.Column("registry_number", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_follow_up_attempt_by_id_user_account")),
        sa.ForeignKeyConstraint(["follow_up_id"], ["case_follow_up.id"], name=op.f("fk_follow_up_attempt_follow_up_id_case_follow_up")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_attempt")),
    )
    op.create_index(op.f("ix_follow_up_attempt_follow_up_id"), "follow_up_attempt", ["follow_up_id"])
    op.create_table(
        "code_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asked_for", sa.String(length=1000), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("asked_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("used_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_code_link_case_id_case_record")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_code_link_token_hash")),
    )
    op.create_index(op.f("ix_code_link_case_id"), "code_link", ["case_id"])
    # Plain columns, added and dropped without remaking the table: SQLite would lose its constraints.
    op.add_column("case_record", sa.Column("urgent", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("deadline_rule", sa.Column("urgent", sa.Boolean(), server_default=sa.false(), nullable=False))
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRESQL_WORDS_INDEX)
    op.create_index("ix_case_record_channel", "case_record", CHANNEL_FIGURES)


def downgrade() -> None:
    op.drop_index("ix_case_record_channel", table_name="case_record")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP INDEX IF EXISTS ix_search_chunk_words_vector")
    op.drop_column("deadline_rule", "urgent")
    op.drop_column("case_record", "urgent")
    op.drop_table("code_link")
    op.drop_table("follow_up_attempt")
    op.drop_table("case_follow_up")
    op.drop_table("case_referral")
    op.drop_table("agency_channel")
