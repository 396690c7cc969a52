"""The listening plan: plans, activities, records, revisions, history.

Revision ID: 0035
Revises: 0034
"""

import sqlalchemy as sa
from alembic import op

from portal.db.types import UtcDateTime
from portal.disclosures.numbers import ExactDecimal

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def _codes(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "listening_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("state", _codes("draft", "handed_in", "approved", name="listening_plan_state"), nullable=False),
        sa.Column("handed_in_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("handed_in_by_id", sa.Integer(), nullable=True),
        sa.Column("sent_back", sa.Text(), nullable=False),
        sa.Column("approval_number", sa.String(length=60), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approved_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("by_head", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'approved') = (approved_on IS NOT NULL)", name=op.f("ck_listening_plan_approved_on_a_day")),
        sa.CheckConstraint("(approved_on IS NULL) = (approved_at IS NULL)", name=op.f("ck_listening_plan_approved_at_a_time")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_listening_plan_agency_id_agency")),
        sa.ForeignKeyConstraint(["handed_in_by_id"], ["user_account.id"], name=op.f("fk_listening_plan_handed_in_by_id_user_account")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["user_account.id"], name=op.f("fk_listening_plan_approved_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listening_plan")),
        sa.UniqueConstraint("agency_id", "fiscal_year", name=op.f("uq_listening_plan_agency_id")),
    )
    op.create_index("ix_listening_plan_year", "listening_plan", ["fiscal_year", "id"])
    op.create_table(
        "plan_activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("mission_id", sa.Integer(), nullable=False),
        sa.Column("state", _codes("planned", "done", "cancelled", name="plan_activity_state"), nullable=False),
        sa.Column("title_th", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column(
            "method",
            _codes(
                "hearing",
                "focus_group",
                "survey",
                "interview",
                "box_round",
                "online",
                "site_visit",
                "letters",
                "call_in",
                name="plan_activity_method",
            ),
            nullable=False,
        ),
        sa.Column("groups_th", sa.String(length=300), nullable=False),
        sa.Column("groups_en", sa.String(length=300), nullable=False),
        sa.Column(
            "channel",
            _codes(
                "web",
                "walk_in",
                "telephone",
                "letter",
                "fax",
                "email",
                "box",
                "forum",
                "line",
                "facebook",
                "api",
                name="plan_activity_channel",
            ),
            nullable=True,
        ),
        sa.Column("about_strategy", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("budget", ExactDecimal(), nullable=True),
        sa.Column("staff_days", ExactDecimal(), nullable=True),
        sa.Column("least_people", sa.Integer(), nullable=False),
        sa.Column("notice_on", sa.Date(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("officers", sa.Integer(), nullable=False),
        sa.Column("budget_spent", ExactDecimal(), nullable=True),
        sa.Column("staff_days_spent", ExactDecimal(), nullable=True),
        sa.Column("told_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("told_by_id", sa.Integer(), nullable=True),
        sa.Column("summary_th", sa.Text(), nullable=False),
        sa.Column("summary_en", sa.Text(), nullable=False),
        sa.Column("issue_th", sa.Text(), nullable=False),
        sa.Column("issue_en", sa.Text(), nullable=False),
        sa.Column("participants_th", sa.Text(), nullable=False),
        sa.Column("participants_en", sa.Text(), nullable=False),
        sa.Column("result_th", sa.Text(), nullable=False),
        sa.Column("result_en", sa.Text(), nullable=False),
        sa.Column("change_th", sa.Text(), nullable=False),
        sa.Column("change_en", sa.Text(), nullable=False),
        sa.Column("cancelled_th", sa.Text(), nullable=False),
        sa.Column("cancelled_en", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'cancelled') = (cancelled_th <> '')", name=op.f("ck_plan_activity_cancelled_with_reason")),
        sa.CheckConstraint("people >= 0 AND officers >= 0 AND least_people >= 0", name=op.f("ck_plan_activity_counts")),
        sa.CheckConstraint("(state = 'done') = (held_on IS NOT NULL)", name=op.f("ck_plan_activity_done_on_a_day")),
        sa.ForeignKeyConstraint(["plan_id"], ["listening_plan.id"], name=op.f("fk_plan_activity_plan_id_listening_plan")),
        sa.ForeignKeyConstraint(["mission_id"], ["mission.id"], name=op.f("fk_plan_activity_mission_id_mission")),
        sa.ForeignKeyConstraint(["unit_id"], ["agency.id"], name=op.f("fk_plan_activity_unit_id_agency")),
        sa.ForeignKeyConstraint(["owner_id"], ["user_account.id"], name=op.f("fk_plan_activity_owner_id_user_account")),
        sa.ForeignKeyConstraint(["told_by_id"], ["user_account.id"], name=op.f("fk_plan_activity_told_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_activity")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_plan_activity_plan_id")),
    )
    op.create_index(op.f("ix_plan_activity_mission_id"), "plan_activity", ["mission_id"])
    op.create_index(op.f("ix_plan_activity_owner_id"), "plan_activity", ["owner_id"])
    op.create_index(op.f("ix_plan_activity_unit_id"), "plan_activity", ["unit_id"])
    op.create_table(
        "activity_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("name_th", sa.String(length=300), nullable=False),
        sa.Column("name_en", sa.String(length=300), nullable=False),
        sa.Column("linked_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["plan_activity.id"], name=op.f("fk_activity_record_activity_id_plan_activity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_record")),
        sa.UniqueConstraint("activity_id", "path", name=op.f("uq_activity_record_activity_id")),
    )
    op.create_index(op.f("ix_activity_record_path"), "activity_record", ["path"])
    op.create_table(
        "plan_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason_th", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["listening_plan.id"], name=op.f("fk_plan_revision_plan_id_listening_plan")),
        sa.ForeignKeyConstraint(["activity_id"], ["plan_activity.id"], name=op.f("fk_plan_revision_activity_id_plan_activity")),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_plan_revision_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_revision")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_plan_revision_plan_id")),
    )
    op.create_index(op.f("ix_plan_revision_activity_id"), "plan_revision", ["activity_id"])
    op.create_table(
        "plan_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("activity_number", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "act",
            _codes(
                "open",
                "hand_in",
                "take_back",
                "send_back",
                "approve",
                "add",
                "change",
                "remove",
                "tell",
                "words",
                "cancel",
                "take_up",
                "link",
                "unlink",
                name="plan_event_act",
            ),
            nullable=False,
        ),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("actor_kind", _codes("visitor", "citizen", "user", "system", name="plan_event_actor_kind"), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["listening_plan.id"], name=op.f("fk_plan_event_plan_id_listening_plan")),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], name=op.f("fk_plan_event_actor_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_event")),
    )
    op.create_index("ix_plan_event_of", "plan_event", ["plan_id", "id"])


def downgrade() -> None:
    for table in ("plan_event", "plan_revision", "activity_record", "plan_activity", "listening_plan"):
        op.drop_table(table)
