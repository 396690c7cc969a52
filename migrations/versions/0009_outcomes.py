"""Themes, reports on how opinions were considered, and improvements.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

from portal.db.types import UtcDateTime
from portal.disclosures.numbers import ExactDecimal

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "opinion_theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name_th", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("closed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_opinion_theme_agency_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_theme")),
        sa.UniqueConstraint("agency_id", "slug", name=op.f("uq_opinion_theme_agency_id")),
    )
    op.create_table(
        "opinion_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("opened_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("state", _codes("draft", "in_review", "published", name="opinion_report_state"), nullable=False),
        sa.Column("responsible_id", sa.Integer(), nullable=True),
        sa.Column("introduction_th", sa.Text(), nullable=False),
        sa.Column("introduction_en", sa.Text(), nullable=False),
        sa.Column("conclusion_th", sa.Text(), nullable=False),
        sa.Column("conclusion_en", sa.Text(), nullable=False),
        sa.Column("remarks", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("submitted_by_id", sa.Integer(), nullable=True),
        sa.Column("published_number", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("part BETWEEN 1 AND parts AND parts IN (1, 2, 4)", name=op.f("ck_opinion_report_part_of_year")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_opinion_report_agency_id_agency")),
        sa.ForeignKeyConstraint(["responsible_id"], ["user_account.id"], name=op.f("fk_opinion_report_responsible_id_user_account")),
        sa.ForeignKeyConstraint(["submitted_by_id"], ["user_account.id"], name=op.f("fk_opinion_report_submitted_by_id_user_account")),
        sa.ForeignKeyConstraint(["written_by_id"], ["user_account.id"], name=op.f("fk_opinion_report_written_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_report")),
        sa.UniqueConstraint("agency_id", "first_on", "last_on", name=op.f("uq_opinion_report_agency_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_opinion_report_slug")),
    )
    op.create_index("ix_opinion_report_agency", "opinion_report", ["agency_id", "last_on", "id"], unique=False)
    op.create_index("ix_opinion_report_newest", "opinion_report", ["last_on", "id"], unique=False)
    op.create_index(op.f("ix_opinion_report_responsible_id"), "opinion_report", ["responsible_id"], unique=False)
    op.create_table(
        "improvement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("kind", _codes("service", "management", "policy", name="improvement_kind"), nullable=False),
        sa.Column("state", _codes("planned", "in_progress", "done", "abandoned", name="improvement_state"), nullable=False),
        sa.Column("title_th", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column("problem_th", sa.Text(), nullable=False),
        sa.Column("problem_en", sa.Text(), nullable=False),
        sa.Column("action_th", sa.Text(), nullable=False),
        sa.Column("action_en", sa.Text(), nullable=False),
        sa.Column("benefit_th", sa.Text(), nullable=False),
        sa.Column("benefit_en", sa.Text(), nullable=False),
        sa.Column("result_th", sa.Text(), nullable=False),
        sa.Column("result_en", sa.Text(), nullable=False),
        sa.Column("abandoned_th", sa.Text(), nullable=False),
        sa.Column("abandoned_en", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("budget", ExactDecimal(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("measure_th", sa.String(length=200), nullable=False),
        sa.Column("measure_en", sa.String(length=200), nullable=False),
        sa.Column("unit_of_measure_th", sa.String(length=60), nullable=False),
        sa.Column("unit_of_measure_en", sa.String(length=60), nullable=False),
        sa.Column("before_value", ExactDecimal(), nullable=True),
        sa.Column("before_on", sa.Date(), nullable=True),
        sa.Column("after_value", ExactDecimal(), nullable=True),
        sa.Column("after_on", sa.Date(), nullable=True),
        sa.Column("evidence_page_id", sa.Integer(), nullable=True),
        sa.Column("evidence_file_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'abandoned') = (abandoned_th <> '')", name=op.f("ck_improvement_abandoned_with_reason")),
        sa.CheckConstraint("(state IN ('done', 'abandoned')) = (ended_at IS NOT NULL)", name=op.f("ck_improvement_ended")),
        sa.CheckConstraint("state <> 'done' OR result_th <> ''", name=op.f("ck_improvement_done_with_result")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_improvement_agency_id_agency")),
        sa.ForeignKeyConstraint(["evidence_file_id"], ["stored_file.id"], name=op.f("fk_improvement_evidence_file_id_stored_file")),
        sa.ForeignKeyConstraint(["evidence_page_id"], ["disclosure.id"], name=op.f("fk_improvement_evidence_page_id_disclosure")),
        sa.ForeignKeyConstraint(["owner_id"], ["user_account.id"], name=op.f("fk_improvement_owner_id_user_account")),
        sa.ForeignKeyConstraint(["unit_id"], ["agency.id"], name=op.f("fk_improvement_unit_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement")),
        sa.UniqueConstraint("slug", name=op.f("uq_improvement_slug")),
    )
    op.create_index("ix_improvement_agency", "improvement", ["agency_id", "updated_at", "id"], unique=False)
    op.create_index(op.f("ix_improvement_evidence_file_id"), "improvement", ["evidence_file_id"], unique=False)
    op.create_index(op.f("ix_improvement_evidence_page_id"), "improvement", ["evidence_page_id"], unique=False)
    op.create_index("ix_improvement_newest", "improvement", ["updated_at", "id"], unique=False)
    op.create_index(op.f("ix_improvement_owner_id"), "improvement", ["owner_id"], unique=False)
    op.create_index(op.f("ix_improvement_unit_id"), "improvement", ["unit_id"], unique=False)
    op.create_table(
        "opinion_report_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("introduction_th", sa.Text(), nullable=False),
        sa.Column("introduction_en", sa.Text(), nullable=False),
        sa.Column("conclusion_th", sa.Text(), nullable=False),
        sa.Column("conclusion_en", sa.Text(), nullable=False),
        sa.Column("remarks", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("responsible_name_th", sa.String(length=200), nullable=False),
        sa.Column("responsible_name_en", sa.String(length=200), nullable=False),
        sa.Column("responsible_position_th", sa.String(length=200), nullable=False),
        sa.Column("responsible_position_en", sa.String(length=200), nullable=False),
        sa.Column("published_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["user_account.id"], name=op.f("fk_opinion_report_version_published_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["report_id"], ["opinion_report.id"], name=op.f("fk_opinion_report_version_report_id_opinion_report")),
        sa.ForeignKeyConstraint(["written_by_id"], ["user_account.id"], name=op.f("fk_opinion_report_version_written_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_report_version")),
        sa.UniqueConstraint("report_id", "number", name=op.f("uq_opinion_report_version_report_id")),
    )
    op.create_table(
        "opinion_theme_case",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_opinion_theme_case_by_id_user_account")),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_opinion_theme_case_case_id_case_record")),
        sa.ForeignKeyConstraint(["theme_id"], ["opinion_theme.id"], name=op.f("fk_opinion_theme_case_theme_id_opinion_theme")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_opinion_theme_case")),
    )
    op.create_index(op.f("ix_opinion_theme_case_theme_id"), "opinion_theme_case", ["theme_id"], unique=False)
    op.create_table(
        "improvement_case",
        sa.Column("improvement_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("linked_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("helped", _codes("yes", "partly", "no", name="improvement_helped"), nullable=True),
        sa.Column("helped_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(helped IS NULL) = (helped_at IS NULL)", name=op.f("ck_improvement_case_helped_with_time")),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_improvement_case_case_id_case_record")),
        sa.ForeignKeyConstraint(["improvement_id"], ["improvement.id"], name=op.f("fk_improvement_case_improvement_id_improvement")),
        sa.PrimaryKeyConstraint("improvement_id", "case_id", name=op.f("pk_improvement_case")),
    )
    op.create_index(op.f("ix_improvement_case_case_id"), "improvement_case", ["case_id"], unique=False)
    op.create_table(
        "improvement_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("improvement_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "step",
            _codes("plan", "edit", "link", "unlink", "begin", "finish", "abandon", "take_up", name="improvement_step"),
            nullable=False,
        ),
        sa.Column("old_state", _codes("planned", "in_progress", "done", "abandoned", name="improvement_event_old_state"), nullable=True),
        sa.Column("new_state", _codes("planned", "in_progress", "done", "abandoned", name="improvement_event_new_state"), nullable=False),
        sa.Column("actor_kind", _codes("visitor", "citizen", "user", "system", name="improvement_event_actor_kind"), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], name=op.f("fk_improvement_event_actor_id_user_account")),
        sa.ForeignKeyConstraint(["improvement_id"], ["improvement.id"], name=op.f("fk_improvement_event_improvement_id_improvement")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_event")),
    )
    op.create_index("ix_improvement_event_of", "improvement_event", ["improvement_id", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_improvement_event_of", table_name="improvement_event")
    op.drop_table("improvement_event")
    op.drop_index(op.f("ix_improvement_case_case_id"), table_name="improvement_case")
    op.drop_table("improvement_case")
    op.drop_index(op.f("ix_opinion_theme_case_theme_id"), table_name="opinion_theme_case")
    op.drop_table("opinion_theme_case")
    op.drop_table("opinion_report_version")
    op.drop_index(op.f("ix_improvement_unit_id"), table_name="improvement")
    op.drop_index(op.f("ix_improvement_owner_id"), table_name="improvement")
    op.drop_index("ix_improvement_newest", table_name="improvement")
    op.drop_index(op.f("ix_improvement_evidence_page_id"), table_name="improvement")
    op.drop_index(op.f("ix_improvement_evidence_file_id"), table_name="improvement")
    op.drop_index("ix_improvement_agency", table_name="improvement")
    op.drop_table("improvement")
    op.drop_index(op.f("ix_opinion_report_responsible_id"), table_name="opinion_report")
    op.drop_index("ix_opinion_report_newest", table_name="opinion_report")
    op.drop_index("ix_opinion_report_agency", table_name="opinion_report")
    op.drop_table("opinion_report")
    op.drop_table("opinion_theme")


def _codes(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
