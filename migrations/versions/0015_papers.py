"""Numbers of signed papers.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_counter",
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_paper_counter_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "year", name=op.f("pk_paper_counter")),
    )
    op.create_table(
        "signed_paper",
        sa.Column("proposal_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_signed_paper_agency_id_agency")),
        sa.ForeignKeyConstraint(["proposal_id"], ["case_proposal.id"], name=op.f("fk_signed_paper_proposal_id_case_proposal")),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_signed_paper")),
        sa.UniqueConstraint("agency_id", "year", "number", name=op.f("uq_signed_paper_agency_id")),
    )


def downgrade() -> None:
    op.drop_table("signed_paper")
    op.drop_table("paper_counter")
