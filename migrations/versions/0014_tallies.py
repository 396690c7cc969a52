"""Counters of figures that are kept up to date, and the province of a case. ``portal init`` fills both from the cases there are.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

DIMENSIONS = ("all", "kind", "channel", "topic", "unit", "province")
MEASURES = ("received", "in_time", "answered_late", "pending", "open", "unspoken", "confirmed", "contested", "renewed", "upheld")


def _cell(table: str) -> list[sa.Column]:
    return [
        sa.Column(
            "dimension",
            sa.Enum(*DIMENSIONS, name=f"{table}_dimension", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "measure", sa.Enum(*MEASURES, name=f"{table}_measure", native_enum=False, create_constraint=True, length=40), nullable=False
        ),
        sa.Column("fiscal_year", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("agency_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f(f"fk_{table}_agency_id_agency")),
    ]


def upgrade() -> None:
    op.create_table(
        "case_tally",
        *_cell("case_tally"),
        sa.PrimaryKeyConstraint("dimension", "measure", "fiscal_year", "agency_id", "month", "value", "day", name=op.f("pk_case_tally")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "case_tally_move",
        sa.Column("id", sa.Integer(), nullable=False),
        *_cell("case_tally_move"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_tally_move")),
    )
    op.create_index("ix_case_tally_move_cell", "case_tally_move", ["dimension", "measure", "fiscal_year"])
    op.add_column("case_record", sa.Column("province", sa.String(length=2), nullable=True))
    op.create_index("ix_case_record_province", "case_record", ["province", "fiscal_year"])


def downgrade() -> None:
    op.drop_index("ix_case_record_province", "case_record")
    op.drop_column("case_record", "province")
    op.drop_table("case_tally_move")
    op.drop_table("case_tally")
