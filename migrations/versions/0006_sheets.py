"""Cases from spreadsheets: profiles of columns, files that wait, imports, and the rows they came from.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

from portal.db.types import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sheet_profile",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_sheet_profile_agency_id_agency")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user_account.id"], name=op.f("fk_sheet_profile_updated_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_profile")),
        sa.UniqueConstraint("agency_id", "name", name=op.f("uq_sheet_profile_agency_id")),
    )
    op.create_table(
        "sheet_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("book_enc", sa.LargeBinary(), nullable=False),
        sa.Column("plan_enc", sa.Text(), nullable=False),
        sa.Column("profile_name", sa.String(length=120), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_sheet_draft_agency_id_agency")),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_sheet_draft_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_draft")),
        sa.UniqueConstraint("public_id", name=op.f("uq_sheet_draft_public_id")),
    )
    op.create_index(op.f("ix_sheet_draft_by_id"), "sheet_draft", ["by_id"])
    op.create_index(op.f("ix_sheet_draft_expires_at"), "sheet_draft", ["expires_at"])
    op.create_table(
        "sheet_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("sheet", sa.Integer(), nullable=False),
        sa.Column("profile_name", sa.String(length=120), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("acknowledged", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_sheet_import_agency_id_agency")),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_sheet_import_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_import")),
        sa.UniqueConstraint("public_id", name=op.f("uq_sheet_import_public_id")),
    )
    op.create_index("ix_sheet_import_agency_id", "sheet_import", ["agency_id", "id"])
    op.create_index("ix_sheet_import_file", "sheet_import", ["agency_id", "sha256"])
    op.create_table(
        "sheet_row",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("digest_enc", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("reference_hash", sa.String(length=64), nullable=True),
        sa.Column("reference_enc", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_sheet_row_agency_id_agency")),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_sheet_row_case_id_case_record")),
        sa.ForeignKeyConstraint(["import_id"], ["sheet_import.id"], name=op.f("fk_sheet_row_import_id_sheet_import")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_sheet_row")),
    )
    op.create_index("ix_sheet_row_content", "sheet_row", ["agency_id", "content_hash"])
    op.create_index(
        "ix_sheet_row_reference",
        "sheet_row",
        ["agency_id", "reference_hash"],
        unique=True,
        sqlite_where=sa.text("reference_hash IS NOT NULL"),
        postgresql_where=sa.text("reference_hash IS NOT NULL"),
    )
    op.create_index("ix_sheet_row_import", "sheet_row", ["import_id", "row_number"])


def downgrade() -> None:
    for table in ("sheet_row", "sheet_import", "sheet_draft", "sheet_profile"):
        op.drop_table(table)
