"""Letters and slips: batches, their sheets and pages, and words typed from a photographed letter.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

from portal.db.types import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "transcription_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            _codes(
                "web",
                "walk_in",
                "telephone",
                "letter",
                "fax",
                "email",
                "box",
                "forum",
                "line",
                "facebook",
                "api",
                name="transcription_batch_channel",
            ),
            nullable=False,
        ),
        sa.Column("received_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_transcription_batch_agency_id_agency")),
        sa.ForeignKeyConstraint(["made_by_id"], ["user_account.id"], name=op.f("fk_transcription_batch_made_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transcription_batch")),
        sa.UniqueConstraint("public_id", name=op.f("uq_transcription_batch_public_id")),
    )
    op.create_index("ix_transcription_batch_agency", "transcription_batch", ["agency_id", "id"], unique=False)
    op.create_table(
        "case_letter",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("typed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("typed_by_id", sa.Integer(), nullable=True),
        sa.Column("wrong_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("wrong_words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_case_letter_case_id_case_record")),
        sa.ForeignKeyConstraint(["typed_by_id"], ["user_account.id"], name=op.f("fk_case_letter_typed_by_id_user_account")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_letter")),
    )
    op.create_table(
        "transcription_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", _codes("waiting", "to_check", "case", "set_aside", name="transcription_sheet_state"), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("registry_number", sa.String(length=60), nullable=False),
        sa.Column("registry_key", sa.String(length=60), nullable=True),
        sa.Column("registry_year", sa.Integer(), nullable=True),
        sa.Column("draft_enc", sa.Text(), nullable=True),
        sa.Column("typed_by_id", sa.Integer(), nullable=True),
        sa.Column("typed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("held_by_id", sa.Integer(), nullable=True),
        sa.Column("held_until", UtcDateTime(timezone=True), nullable=True),
        sa.Column("aside_why", _codes("blank", "illegible", "duplicate", "not_for_us", name="transcription_sheet_aside"), nullable=True),
        sa.Column("aside_words", sa.Text(), nullable=False),
        sa.Column("aside_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("aside_by_id", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'set_aside') = (aside_why IS NOT NULL)", name=op.f("ck_transcription_sheet_aside_has_why")),
        sa.CheckConstraint("state <> 'case' OR case_id IS NOT NULL", name=op.f("ck_transcription_sheet_case_is_there")),
        sa.CheckConstraint("batch_id IS NOT NULL OR case_id IS NOT NULL", name=op.f("ck_transcription_sheet_of_a_batch_or_case")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_transcription_sheet_agency_id_agency")),
        sa.ForeignKeyConstraint(["aside_by_id"], ["user_account.id"], name=op.f("fk_transcription_sheet_aside_by_id_user_account")),
        sa.ForeignKeyConstraint(["batch_id"], ["transcription_batch.id"], name=op.f("fk_transcription_sheet_batch_id_transcription_batch")),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_transcription_sheet_case_id_case_record")),
        sa.ForeignKeyConstraint(["checked_by_id"], ["user_account.id"], name=op.f("fk_transcription_sheet_checked_by_id_user_account")),
        sa.ForeignKeyConstraint(["held_by_id"], ["user_account.id"], name=op.f("fk_transcription_sheet_held_by_id_user_account")),
        sa.ForeignKeyConstraint(["typed_by_id"], ["user_account.id"], name=op.f("fk_transcription_sheet_typed_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transcription_sheet")),
        sa.UniqueConstraint("public_id", name=op.f("uq_transcription_sheet_public_id")),
    )
    op.create_index(
        "ix_transcription_sheet_aside",
        "transcription_sheet",
        ["aside_at"],
        unique=False,
        sqlite_where=sa.text("aside_at IS NOT NULL"),
        postgresql_where=sa.text("aside_at IS NOT NULL"),
    )
    op.create_index("ix_transcription_sheet_batch", "transcription_sheet", ["batch_id", "position", "id"], unique=False)
    op.create_index("ix_transcription_sheet_case", "transcription_sheet", ["case_id"], unique=True)
    op.create_index(
        "ix_transcription_sheet_number",
        "transcription_sheet",
        ["agency_id", "registry_year", "registry_key"],
        unique=True,
        sqlite_where=sa.text("registry_key IS NOT NULL"),
        postgresql_where=sa.text("registry_key IS NOT NULL"),
    )
    op.create_index(
        "ix_transcription_sheet_waiting",
        "transcription_sheet",
        ["batch_id", "position", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('waiting', 'to_check')"),
        postgresql_where=sa.text("state IN ('waiting', 'to_check')"),
    )
    op.create_table(
        "transcription_page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("stored_file_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["transcription_sheet.id"], name=op.f("fk_transcription_page_sheet_id_transcription_sheet")),
        sa.ForeignKeyConstraint(["stored_file_id"], ["stored_file.id"], name=op.f("fk_transcription_page_stored_file_id_stored_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transcription_page")),
        sa.UniqueConstraint("stored_file_id", name=op.f("uq_transcription_page_stored_file_id")),
    )
    op.create_index(op.f("ix_transcription_page_sheet_id"), "transcription_page", ["sheet_id"], unique=False)
    op.create_index(op.f("ix_stored_file_original_sha256"), "stored_file", ["original_sha256"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_stored_file_original_sha256"), table_name="stored_file")
    op.drop_index(op.f("ix_transcription_page_sheet_id"), table_name="transcription_page")
    op.drop_table("transcription_page")
    op.drop_index("ix_transcription_sheet_waiting", table_name="transcription_sheet")
    op.drop_index("ix_transcription_sheet_number", table_name="transcription_sheet")
    op.drop_index("ix_transcription_sheet_case", table_name="transcription_sheet")
    op.drop_index("ix_transcription_sheet_batch", table_name="transcription_sheet")
    op.drop_index("ix_transcription_sheet_aside", table_name="transcription_sheet")
    op.drop_table("transcription_sheet")
    op.drop_table("case_letter")
    op.drop_index("ix_transcription_batch_agency", table_name="transcription_batch")
    op.drop_table("transcription_batch")


def _codes(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
