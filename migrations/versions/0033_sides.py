"""What people say of a score: self-assessments, rulings, confirmations, objections and their answers.

Revision ID: 0033
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op

from portal.db.types import UtcDateTime

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

TABLES = ("score_objection_answer", "score_objection", "score_confirmation", "evidence_ruling", "score_claim_level", "score_claim")


def upgrade() -> None:
    _claims()
    _rulings()
    _confirmations()
    _objections()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _of(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def _claims() -> None:
    op.create_table(
        "score_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("handed_in_at", UtcDateTime(timezone=True), nullable=False),
        _of("score_claim", "agency_id", "agency"),
        _of("score_claim", "by_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_claim")),
        sa.UniqueConstraint("agency_id", "fiscal_year", "number", name=op.f("uq_score_claim_agency_id")),
    )
    op.create_table(
        "score_claim_level",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("scale", sa.String(length=10), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("reason_th", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.CheckConstraint("level BETWEEN 0 AND 5", name=op.f("ck_score_claim_level_level_of_ladder")),
        _of("score_claim_level", "claim_id", "score_claim"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_claim_level")),
        sa.UniqueConstraint("claim_id", "scale", name=op.f("uq_score_claim_level_claim_id")),
    )


def _rulings() -> None:
    op.create_table(
        "evidence_ruling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        _of("evidence_ruling", "agency_id", "agency"),
        _of("evidence_ruling", "by_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_ruling")),
    )
    op.create_index("ix_evidence_ruling_of", "evidence_ruling", ["agency_id", "fiscal_year", "id"])


def _confirmations() -> None:
    op.create_table(
        "score_confirmation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("scale", sa.String(length=10), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("computed_level", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("difference", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("level BETWEEN 0 AND 5", name=op.f("ck_score_confirmation_level_of_ladder")),
        _of("score_confirmation", "agency_id", "agency"),
        _of("score_confirmation", "by_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_confirmation")),
    )
    op.create_index("ix_score_confirmation_of", "score_confirmation", ["fiscal_year", "agency_id", "scale", "id"])


def _objections() -> None:
    op.create_table(
        "score_objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("scale", sa.String(length=10), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.String(length=60), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_score_objection_level_of_ladder")),
        _of("score_objection", "agency_id", "agency"),
        _of("score_objection", "case_id", "case_record"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_objection")),
        sa.UniqueConstraint("agency_id", "fiscal_year", "number", name=op.f("uq_score_objection_agency_id")),
        sa.UniqueConstraint("case_id", name=op.f("uq_score_objection_case_id")),
    )
    outcome = sa.Enum("upheld", "in_part", "not_upheld", name="objection_outcome", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        "score_objection_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("objection_id", sa.Integer(), nullable=False),
        sa.Column("outcome", outcome, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        _of("score_objection_answer", "objection_id", "score_objection"),
        _of("score_objection_answer", "by_id", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_objection_answer")),
    )
    op.create_index(op.f("ix_score_objection_answer_objection_id"), "score_objection_answer", ["objection_id"])
