"""Channels: the register of an agency's channels, and where matters were referred to.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

from portal.db.types import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CHANNELS = ("web", "walk_in", "telephone", "letter", "fax", "email", "box", "forum", "line", "facebook", "api")
CHANNEL_FIGURES = ["counted", "agency_id", "fiscal_year", "channel", "answered_in_time", "days_to_answer", "is_open", "first_due_on"]


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
    op.create_index("ix_case_record_channel", "case_record", CHANNEL_FIGURES)


def downgrade() -> None:
    op.drop_index("ix_case_record_channel", table_name="case_record")
    op.drop_table("case_referral")
    op.drop_table("agency_channel")
