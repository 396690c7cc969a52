"""What officers want to hear in the morning.

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "digest_wish",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "wish",
            sa.Enum("daily", "overdue", "never", name="digest_wish", native_enum=False, create_constraint=True, length=40),
            server_default="daily",
            nullable=False,
        ),
        sa.Column("looked_at", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_digest_wish_user_id_user_account")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_digest_wish")),
    )


def downgrade() -> None:
    op.drop_table("digest_wish")
