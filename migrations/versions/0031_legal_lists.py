"""Which page serves which item of the lists of the law, and which mission a page is about.

Revision ID: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

from portal.db.types import UtcDateTime

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "legal_list_page",
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("list_code", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=20), nullable=False),
        sa.Column("disclosure_id", sa.Integer(), nullable=False),
        sa.Column("linked_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_legal_list_page_agency_id_agency")),
        sa.ForeignKeyConstraint(["disclosure_id"], ["disclosure.id"], name=op.f("fk_legal_list_page_disclosure_id_disclosure")),
        sa.PrimaryKeyConstraint("agency_id", "list_code", "item", "disclosure_id", name=op.f("pk_legal_list_page")),
    )
    op.create_index("ix_legal_list_page_disclosure_id", "legal_list_page", ["disclosure_id"])
    op.create_table(
        "disclosure_mission",
        sa.Column("disclosure_id", sa.Integer(), nullable=False),
        sa.Column("mission_id", sa.Integer(), nullable=False),
        sa.Column("linked_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["disclosure_id"], ["disclosure.id"], name=op.f("fk_disclosure_mission_disclosure_id_disclosure")),
        sa.ForeignKeyConstraint(["mission_id"], ["mission.id"], name=op.f("fk_disclosure_mission_mission_id_mission")),
        sa.PrimaryKeyConstraint("disclosure_id", name=op.f("pk_disclosure_mission")),
    )
    op.create_index(op.f("ix_disclosure_mission_mission_id"), "disclosure_mission", ["mission_id"])


def downgrade() -> None:
    op.drop_table("disclosure_mission")
    op.drop_table("legal_list_page")
