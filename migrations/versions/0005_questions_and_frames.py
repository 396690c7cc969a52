"""Questions that an agency adds to its form, answers to them; sites that may frame the form; the LINE account of a channel.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

from portal.db.types import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TYPES = ("short", "long", "one", "several", "yes_no", "number", "day")


def upgrade() -> None:
    op.create_table(
        "form_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_form_question_agency_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_question")),
        sa.UniqueConstraint("agency_id", "key", name=op.f("uq_form_question_agency_id")),
    )
    op.create_table(
        "form_question_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "type", sa.Enum(*TYPES, name="form_question_version_type", native_enum=False, create_constraint=True, length=40), nullable=False
        ),
        *(sa.Column(f"text_{language}", sa.String(length=200), nullable=False) for language in ("th", "en")),
        *(sa.Column(f"help_{language}", sa.String(length=300), nullable=False) for language in ("th", "en")),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("after", sa.String(length=40), nullable=False),
        sa.Column("after_any", sa.JSON(), nullable=False),
        sa.Column("asked_from", UtcDateTime(timezone=True), nullable=True),
        sa.Column("asked_until", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("asked_until IS NULL OR asked_from IS NOT NULL", name=op.f("ck_form_question_version_ended_after_it_began")),
        sa.ForeignKeyConstraint(["question_id"], ["form_question.id"], name=op.f("fk_form_question_version_question_id_form_question")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_question_version")),
        sa.UniqueConstraint("question_id", "number", name=op.f("uq_form_question_version_question_id")),
    )
    op.create_table(
        "case_answer",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_case_answer_case_id_case_record")),
        sa.ForeignKeyConstraint(["version_id"], ["form_question_version.id"], name=op.f("fk_case_answer_version_id_form_question_version")),
        sa.PrimaryKeyConstraint("case_id", "version_id", name=op.f("pk_case_answer")),
    )
    op.create_index(op.f("ix_case_answer_version_id"), "case_answer", ["version_id"])
    op.create_table(
        "frame_site",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=270), nullable=False),
        sa.Column("added_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_frame_site_agency_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frame_site")),
        sa.UniqueConstraint("agency_id", "origin", name=op.f("uq_frame_site_agency_id")),
    )
    op.add_column("agency_channel", sa.Column("line_url", sa.String(length=200), nullable=True))


def downgrade() -> None:
    op.drop_column("agency_channel", "line_url")
    op.drop_table("frame_site")
    op.drop_table("case_answer")
    op.drop_table("form_question_version")
    op.drop_table("form_question")
