"""Topics belong to missions, and routing rules may ask for one.

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

#: Table by what has a mission; tables of their own, because SQLite adds no foreign key to one that is there.
LINKS = {"topic_mission": ("topic_id", "case_topic"), "routing_rule_mission": ("rule_id", "routing_rule")}


def upgrade() -> None:
    for table, (column, target) in LINKS.items():
        op.create_table(
            table,
            sa.Column(column, sa.Integer(), nullable=False),
            sa.Column("mission_id", sa.Integer(), nullable=False),
            sa.ForeignKeyConstraint(["mission_id"], ["mission.id"], name=op.f(f"fk_{table}_mission_id_mission")),
            sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}")),
            sa.PrimaryKeyConstraint(column, name=op.f(f"pk_{table}")),
        )
        op.create_index(op.f(f"ix_{table}_mission_id"), table, ["mission_id"])


def downgrade() -> None:
    for table in LINKS:
        op.drop_table(table)
