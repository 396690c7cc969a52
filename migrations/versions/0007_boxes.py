"""Suggestion boxes: places, key holders, openings with witnesses, slips with codes, what is posted.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

from portal.db.types import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feedback_box",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name_th", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("place_th", sa.String(length=300), nullable=False),
        sa.Column("place_en", sa.String(length=300), nullable=False),
        sa.Column("area", sa.String(length=6), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("photo_id", sa.Integer(), nullable=True),
        sa.Column("rhythm_days", sa.Integer(), nullable=False),
        sa.Column("set_up_on", sa.Date(), nullable=False),
        sa.Column("taken_down_on", sa.Date(), nullable=True),
        sa.Column("taken_down_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("taken_down_reason", sa.String(length=500), nullable=False),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(lat IS NULL) = (lon IS NULL)", name=op.f("ck_feedback_box_whole_point")),
        sa.CheckConstraint("(taken_down_on IS NULL) = (taken_down_at IS NULL)", name=op.f("ck_feedback_box_taken_down_with_its_day")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_feedback_box_agency_id_agency")),
        sa.ForeignKeyConstraint(["channel_id"], ["agency_channel.id"], name=op.f("fk_feedback_box_channel_id_agency_channel")),
        sa.ForeignKeyConstraint(["photo_id"], ["stored_file.id"], name=op.f("fk_feedback_box_photo_id_stored_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_box")),
        sa.UniqueConstraint("agency_id", "number", name=op.f("uq_feedback_box_agency_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_feedback_box_slug")),
    )
    op.create_index(op.f("ix_feedback_box_channel_id"), "feedback_box", ["channel_id"], unique=False)
    op.create_index(
        "ix_feedback_box_hangs",
        "feedback_box",
        ["agency_id", "id"],
        unique=False,
        sqlite_where=sa.text("taken_down_on IS NULL"),
        postgresql_where=sa.text("taken_down_on IS NULL"),
    )
    op.create_index(op.f("ix_feedback_box_photo_id"), "feedback_box", ["photo_id"], unique=False)
    op.create_table(
        "box_key_holder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("box_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("position_th", sa.String(length=200), nullable=False),
        sa.Column("position_en", sa.String(length=200), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.CheckConstraint("user_id IS NOT NULL OR position_th <> ''", name=op.f("ck_box_key_holder_somebody")),
        sa.CheckConstraint("until_on IS NULL OR until_on >= from_on", name=op.f("ck_box_key_holder_span")),
        sa.ForeignKeyConstraint(["box_id"], ["feedback_box.id"], name=op.f("fk_box_key_holder_box_id_feedback_box")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_box_key_holder_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_box_key_holder")),
        sa.UniqueConstraint("box_id", "number", name=op.f("uq_box_key_holder_box_id")),
    )
    op.create_index(op.f("ix_box_key_holder_user_id"), "box_key_holder", ["user_id"], unique=False)
    op.create_table(
        "box_opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("box_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("opened_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("seal", _codes("intact", "broken", "none", name="box_opening_seal"), nullable=False),
        sa.Column("slips", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("slips >= 0 AND slips <= 5000", name=op.f("ck_box_opening_slips_in_bounds")),
        sa.ForeignKeyConstraint(["batch_id"], ["transcription_batch.id"], name=op.f("fk_box_opening_batch_id_transcription_batch")),
        sa.ForeignKeyConstraint(["box_id"], ["feedback_box.id"], name=op.f("fk_box_opening_box_id_feedback_box")),
        sa.ForeignKeyConstraint(["photo_id"], ["stored_file.id"], name=op.f("fk_box_opening_photo_id_stored_file")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["user_account.id"], name=op.f("fk_box_opening_recorded_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_box_opening")),
        sa.UniqueConstraint("batch_id", name=op.f("uq_box_opening_batch_id")),
        sa.UniqueConstraint("box_id", "number", name=op.f("uq_box_opening_box_id")),
    )
    op.create_index(op.f("ix_box_opening_photo_id"), "box_opening", ["photo_id"], unique=False)
    op.create_table(
        "box_posting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("box_id", sa.Integer(), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=False),
        sa.Column("covers_until", UtcDateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("photo_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["box_id"], ["feedback_box.id"], name=op.f("fk_box_posting_box_id_feedback_box")),
        sa.ForeignKeyConstraint(["photo_id"], ["stored_file.id"], name=op.f("fk_box_posting_photo_id_stored_file")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["user_account.id"], name=op.f("fk_box_posting_recorded_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_box_posting")),
    )
    op.create_index(op.f("ix_box_posting_box_id"), "box_posting", ["box_id"], unique=False)
    op.create_index(op.f("ix_box_posting_photo_id"), "box_posting", ["photo_id"], unique=False)
    op.create_table(
        "box_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("box_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["box_id"], ["feedback_box.id"], name=op.f("fk_box_reminder_box_id_feedback_box")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_box_reminder")),
        sa.UniqueConstraint("box_id", "due_on", "round", name=op.f("uq_box_reminder_box_id")),
    )
    op.create_table(
        "box_slip_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("box_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("slips", sa.Integer(), nullable=False),
        sa.Column("printed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("printed_by_id", sa.Integer(), nullable=True),
        sa.Column("good_until", sa.Date(), nullable=False),
        sa.Column("cancelled_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["box_id"], ["feedback_box.id"], name=op.f("fk_box_slip_series_box_id_feedback_box")),
        sa.ForeignKeyConstraint(["printed_by_id"], ["user_account.id"], name=op.f("fk_box_slip_series_printed_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_box_slip_series")),
        sa.UniqueConstraint("number", name=op.f("uq_box_slip_series_number")),
    )
    op.create_index(op.f("ix_box_slip_series_box_id"), "box_slip_series", ["box_id"], unique=False)
    op.create_index(op.f("ix_box_slip_series_good_until"), "box_slip_series", ["good_until"], unique=False)
    op.create_table(
        "box_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("kind", _codes("count", "taken_back", name="box_correction_kind"), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("slips", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("(kind = 'count') = (slips IS NOT NULL)", name=op.f("ck_box_correction_count_has_slips")),
        sa.CheckConstraint("slips IS NULL OR (slips >= 0 AND slips <= 5000)", name=op.f("ck_box_correction_slips_in_bounds")),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_box_correction_by_id_user_account")),
        sa.ForeignKeyConstraint(["opening_id"], ["box_opening.id"], name=op.f("fk_box_correction_opening_id_box_opening")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_box_correction")),
    )
    op.create_index(op.f("ix_box_correction_opening_id"), "box_correction", ["opening_id"], unique=False)
    op.create_table(
        "box_opener",
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("key_holder_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["key_holder_id"], ["box_key_holder.id"], name=op.f("fk_box_opener_key_holder_id_box_key_holder")),
        sa.ForeignKeyConstraint(["opening_id"], ["box_opening.id"], name=op.f("fk_box_opener_opening_id_box_opening")),
        sa.PrimaryKeyConstraint("opening_id", "key_holder_id", name=op.f("pk_box_opener")),
    )
    op.create_index(op.f("ix_box_opener_key_holder_id"), "box_opener", ["key_holder_id"], unique=False)
    op.create_table(
        "box_slip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("code_key_id", sa.String(length=16), nullable=True),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.Column("sheet_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(code_hash IS NULL) = (code_key_id IS NULL)", name=op.f("ck_box_slip_hash_with_its_key")),
        sa.CheckConstraint("case_id IS NULL OR code_hash IS NULL", name=op.f("ck_box_slip_code_opens_one_thing")),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_box_slip_case_id_case_record")),
        sa.ForeignKeyConstraint(["series_id"], ["box_slip_series.id"], name=op.f("fk_box_slip_series_id_box_slip_series")),
        sa.ForeignKeyConstraint(["sheet_id"], ["transcription_sheet.id"], name=op.f("fk_box_slip_sheet_id_transcription_sheet")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_box_slip")),
        sa.UniqueConstraint("case_id", name=op.f("uq_box_slip_case_id")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_box_slip_code_hash")),
        sa.UniqueConstraint("series_id", "serial", name=op.f("uq_box_slip_series_id")),
        sa.UniqueConstraint("sheet_id", name=op.f("uq_box_slip_sheet_id")),
    )
    op.create_table(
        "box_witness",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "sector",
            _codes(
                "community", "civil_society", "business", "academic", "media", "service_user", "other_agency", name="box_witness_sector"
            ),
            nullable=False,
        ),
        sa.Column("role", sa.String(length=120), nullable=False),
        sa.Column("shows_name", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["opening_id"], ["box_opening.id"], name=op.f("fk_box_witness_opening_id_box_opening")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_box_witness")),
    )
    op.create_index(op.f("ix_box_witness_opening_id"), "box_witness", ["opening_id"], unique=False)


def downgrade() -> None:
    op.drop_table("box_witness")
    op.drop_table("box_slip")
    op.drop_table("box_opener")
    op.drop_table("box_correction")
    op.drop_table("box_slip_series")
    op.drop_table("box_reminder")
    op.drop_table("box_posting")
    op.drop_table("box_opening")
    op.drop_table("box_key_holder")
    op.drop_table("feedback_box")


def _codes(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
