"""Tags, cases that are laid by, and saved views of the queue.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

from portal.casework.rules import CaseKind
from portal.db.types import UtcDateTime, code

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("fold", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_case_tag_agency_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_tag")),
        sa.UniqueConstraint("agency_id", "fold", name=op.f("uq_case_tag_agency_id")),
        sa.UniqueConstraint("key", name=op.f("uq_case_tag_key")),
    )
    op.create_table(
        "case_tagged",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_case_tagged_case_id_case_record")),
        sa.ForeignKeyConstraint(["tag_id"], ["case_tag.id"], name=op.f("fk_case_tagged_tag_id_case_tag")),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_case_tagged_by_id_user_account")),
        sa.PrimaryKeyConstraint("case_id", "tag_id", name=op.f("pk_case_tagged")),
    )
    op.create_index("ix_case_tagged_tag", "case_tagged", ["tag_id", "case_id"])
    op.create_table(
        "case_snooze",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_case_snooze_case_id_case_record")),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_case_snooze_by_id_user_account")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_snooze")),
    )
    op.create_table(
        "kept_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("shown", sa.String(length=20), nullable=False),
        sa.Column("kind", code(CaseKind, "kept_view_kind"), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("tag_key", sa.String(length=16), nullable=False),
        sa.Column("whose", sa.String(length=4), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_kept_view_agency_id_agency")),
        sa.ForeignKeyConstraint(["made_by_id"], ["user_account.id"], name=op.f("fk_kept_view_made_by_id_user_account")),
        sa.ForeignKeyConstraint(["unit_id"], ["agency.id"], name=op.f("fk_kept_view_unit_id_agency")),
        sa.ForeignKeyConstraint(["topic_id"], ["case_topic.id"], name=op.f("fk_kept_view_topic_id_case_topic")),
        sa.ForeignKeyConstraint(["person_id"], ["user_account.id"], name=op.f("fk_kept_view_person_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_view")),
        sa.UniqueConstraint("key", name=op.f("uq_kept_view_key")),
    )
    op.create_index("ix_kept_view_agency", "kept_view", ["agency_id", "position"])
    op.create_index("ix_kept_view_maker", "kept_view", ["made_by_id", "position"])


def downgrade() -> None:
    for table in ("kept_view", "case_snooze", "case_tagged", "case_tag"):
        op.drop_table(table)
