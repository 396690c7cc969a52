"""The ground: agencies, people, pages, cases, reports of corruption, privacy, settings, audit, outbox, files, search.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

from portal.db.types import UtcDateTime
from portal.disclosures.numbers import ExactDecimal
from portal.index.ddl import create_search_tables, drop_search_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "actor_kind",
            sa.Enum("visitor", "citizen", "user", "system", name="audit_actor_kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("object_type", sa.String(length=40), nullable=False),
        sa.Column("object_key", sa.String(length=120), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("sealed_as", sa.Integer(), nullable=True),
        sa.Column("seal", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("sealed_as", name=op.f("uq_audit_entry_sealed_as")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index("ix_audit_entry_agency_id", ["agency_id", "id"], unique=False)
        batch_op.create_index("ix_audit_entry_object", ["object_type", "object_key"], unique=False)

    op.create_table(
        "erasure_ledger",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "identity",
                "words",
                "files",
                "public_text",
                "request",
                "account",
                name="ledger_part",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("object_type", sa.String(length=40), nullable=False),
        sa.Column("object_key", sa.String(length=120), nullable=False),
        sa.Column(
            "ground",
            sa.Enum(
                "no_longer_needed",
                "consent_withdrawn",
                "objection_upheld",
                "unlawful",
                "wrong_data",
                "right_of_access",
                "public_task",
                "archive",
                "legal_claims",
                "law_requires",
                "rights_of_others",
                "not_proven",
                "data_correct",
                "retention",
                name="ledger_ground",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("request_key", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure_ledger")),
        sa.UniqueConstraint("key", name=op.f("uq_erasure_ledger_key")),
    )
    with op.batch_alter_table("erasure_ledger", schema=None) as batch_op:
        batch_op.create_index("ix_erasure_ledger_object", ["object_type", "object_key"], unique=False)

    op.create_table(
        "outbox_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("due_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("leased_until", UtcDateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("failed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_event")),
    )
    with op.batch_alter_table("outbox_event", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_event_waiting",
            ["due_at"],
            unique=False,
            postgresql_where=sa.text("done_at IS NULL AND failed_at IS NULL"),
            sqlite_where=sa.text("done_at IS NULL AND failed_at IS NULL"),
        )

    op.create_table(
        "retention_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_run")),
        sa.UniqueConstraint("day", name=op.f("uq_retention_run_day")),
    )
    op.create_table(
        "revision",
        sa.Column("scope", sa.String(length=20), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_revision")),
    )
    op.create_table(
        "search_chunk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("agency_name", sa.String(length=200), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("url_path", sa.String(length=400), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("clusters", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_chunk")),
        sa.UniqueConstraint("kind", "key", "language", "number", name=op.f("uq_search_chunk_kind")),
    )
    with op.batch_alter_table("search_chunk", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_chunk_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index("ix_search_chunk_at", ["at"], unique=False)

    op.create_table(
        "sign_in_failures",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("since", UtcDateTime(timezone=True), nullable=False),
        sa.Column("blocked_until", UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_failures")),
    )
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "media_type",
            sa.Enum(
                "image/jpeg",
                "image/png",
                "image/webp",
                "image/heic",
                "application/pdf",
                name="media_type",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("original_sha256", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("stored_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("staged_under", sa.String(length=64), nullable=True),
        sa.Column("staged_until", UtcDateTime(timezone=True), nullable=True),
        sa.Column("attached_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(attached_at IS NULL) = (staged_until IS NOT NULL)", name=op.f("ck_stored_file_staged_or_attached")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.UniqueConstraint("public_id", name=op.f("uq_stored_file_public_id")),
    )
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stored_file_staged_under"), ["staged_under"], unique=False)
        batch_op.create_index(batch_op.f("ix_stored_file_staged_until"), ["staged_until"], unique=False)

    op.create_table(
        "timed_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("slot", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timed_job")),
        sa.UniqueConstraint("name", "slot", name=op.f("uq_timed_job_name")),
    )
    op.create_table(
        "agency",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column(
            "level",
            sa.Enum(
                "ministry",
                "department",
                "division",
                "province",
                "local",
                "service_point",
                name="agency_level",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum("government", "local", "public_org", "soe", name="agency_kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("name_th", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("short_th", sa.String(length=60), nullable=False),
        sa.Column("short_en", sa.String(length=60), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("is_compulsory", sa.Boolean(), nullable=False),
        sa.Column("address_th", sa.Text(), nullable=False),
        sa.Column("address_en", sa.Text(), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("fax", sa.String(length=60), nullable=False),
        sa.Column("hotline", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("website", sa.String(length=300), nullable=False),
        sa.Column("hours_th", sa.String(length=200), nullable=False),
        sa.Column("hours_en", sa.String(length=200), nullable=False),
        sa.Column("seal_id", sa.Integer(), nullable=True),
        sa.Column("colour", sa.String(length=7), server_default="", nullable=False),
        sa.Column("is_home", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("closed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_agency_not_own_parent")),
        sa.CheckConstraint(
            "successor_id IS NULL OR (closed_at IS NOT NULL AND successor_id <> id)", name=op.f("ck_agency_successor_of_closed")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["agency.id"], name=op.f("fk_agency_parent_id_agency")),
        sa.ForeignKeyConstraint(["seal_id"], ["stored_file.id"], name=op.f("fk_agency_seal_id_stored_file")),
        sa.ForeignKeyConstraint(["successor_id"], ["agency.id"], name=op.f("fk_agency_successor_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
        sa.UniqueConstraint("code", name=op.f("uq_agency_code")),
        sa.UniqueConstraint("slug", name=op.f("uq_agency_slug")),
    )
    with op.batch_alter_table("agency", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agency_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agency_successor_id"), ["successor_id"], unique=False)
        batch_op.create_index(
            "uq_agency_home", ["is_home"], unique=True, sqlite_where=sa.text("is_home"), postgresql_where=sa.text("is_home")
        )

    op.create_table(
        "case_counter",
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_case_counter_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "fiscal_year", name=op.f("pk_case_counter")),
    )
    op.create_table(
        "case_topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("name_th", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("closed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_case_topic_agency_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_topic")),
        sa.UniqueConstraint("agency_id", "slug", name=op.f("uq_case_topic_agency_id")),
    )
    op.create_table(
        "deadline_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column(
            "agency_kind",
            sa.Enum(
                "government",
                "local",
                "public_org",
                "soe",
                name="deadline_agency_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("from_fiscal_year", sa.Integer(), nullable=False),
        sa.Column(
            "case_kind",
            sa.Enum(
                "opinion",
                "suggestion",
                "complaint",
                "grievance",
                "question",
                "compliment",
                "information_request",
                name="deadline_case_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("basis_th", sa.String(length=300), nullable=False),
        sa.Column("basis_en", sa.String(length=300), nullable=False),
        sa.Column("added_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_deadline_rule_agency_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_rule")),
    )
    with op.batch_alter_table("deadline_rule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deadline_rule_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index("ix_deadline_rule_from", ["from_fiscal_year"], unique=False)

    op.create_table(
        "mission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("text_th", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("is_core", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_mission_agency_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mission")),
        sa.UniqueConstraint("agency_id", "code", name=op.f("uq_mission_agency_id")),
    )
    op.create_table(
        "office_holiday",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name_th", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_office_holiday_agency_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_holiday")),
        sa.UniqueConstraint("agency_id", "day", name=op.f("uq_office_holiday_agency_id")),
    )
    op.create_table(
        "strategy_node",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("title_th", sa.String(length=300), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_strategy_node_not_own_parent")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_strategy_node_agency_id_agency")),
        sa.ForeignKeyConstraint(["parent_id"], ["strategy_node.id"], name=op.f("fk_strategy_node_parent_id_strategy_node")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strategy_node")),
        sa.UniqueConstraint("agency_id", "code", name=op.f("uq_strategy_node_agency_id")),
    )
    with op.batch_alter_table("strategy_node", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_strategy_node_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "user_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name_th", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("position_th", sa.String(length=200), nullable=False),
        sa.Column("position_en", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("substitute_id", sa.Integer(), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["substitute_id"], ["user_account.id"], name=op.f("fk_user_account_substitute_id_user_account")),
        sa.ForeignKeyConstraint(["unit_id"], ["agency.id"], name=op.f("fk_user_account_unit_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("email", name=op.f("uq_user_account_email")),
        sa.UniqueConstraint("public_id", name=op.f("uq_user_account_public_id")),
    )
    with op.batch_alter_table("user_account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_account_substitute_id"), ["substitute_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_user_account_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "authenticator_app",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(length=400), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("burnt_steps", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_authenticator_app_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authenticator_app")),
        sa.UniqueConstraint("user_id", name=op.f("uq_authenticator_app_user_id")),
    )
    op.create_table(
        "breach",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column(
            "source",
            sa.Enum("account", "database", "mail", name="breach_source", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("begins_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("ends_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("known_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "status",
            sa.Enum("open", "reported", "told", "closed", name="breach_status", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_breach_agency_id_agency")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_breach_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breach")),
        sa.UniqueConstraint("public_id", name=op.f("uq_breach_public_id")),
    )
    with op.batch_alter_table("breach", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_breach_agency_id"), ["agency_id"], unique=False)

    op.create_table(
        "case_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("pool", sa.Boolean(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "opinion",
                "suggestion",
                "complaint",
                "grievance",
                "question",
                "compliment",
                "information_request",
                name="case_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column(
            "channel",
            sa.Enum(
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
                name="case_channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "received",
                "assigned",
                "in_progress",
                "waiting_citizen",
                "answered",
                "contested",
                "closed",
                "declined",
                "merged",
                "withdrawn",
                name="case_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column(
            "anonymity",
            sa.Enum("named", "confidential", "anonymous", name="case_anonymity", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "answer_by",
            sa.Enum("code", "email", "phone", "letter", name="case_answer_by", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("publish_consent", sa.Boolean(), nullable=False),
        sa.Column("received_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("first_due_on", sa.Date(), nullable=False),
        sa.Column("due_basis", sa.String(length=300), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("escalation_level", sa.Integer(), nullable=False),
        sa.Column(
            "judge",
            sa.Enum("inside", "above", "outside", "nobody", name="case_judge", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column("judge_agency_id", sa.Integer(), nullable=True),
        sa.Column("upheld_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("answered_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("days_to_answer", sa.Integer(), nullable=True),
        sa.Column("answered_in_time", sa.Boolean(), nullable=True),
        sa.Column("outcome_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("closed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "disposition",
            sa.Enum(
                "done",
                "accepted",
                "partly_accepted",
                "not_accepted",
                "already_so",
                "answered",
                "referred",
                name="case_disposition",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("confirmed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("hops", sa.Integer(), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_pressed", sa.Boolean(), nullable=False),
        sa.Column("guarded", sa.Boolean(), nullable=False),
        sa.Column("words_erased_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("receipt_key_id", sa.String(length=16), nullable=False),
        sa.Column("receipt_hash", sa.String(length=64), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("counted = (status <> 'merged' AND NOT guarded)", name=op.f("ck_case_record_counted_by_status")),
        sa.CheckConstraint(
            "is_open = (status IN ('assigned', 'contested', 'in_progress', 'received', 'waiting_citizen'))",
            name=op.f("ck_case_record_open_by_status"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_case_record_agency_id_agency")),
        sa.ForeignKeyConstraint(["judge_agency_id"], ["agency.id"], name=op.f("fk_case_record_judge_agency_id_agency")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["case_record.id"], name=op.f("fk_case_record_merged_into_id_case_record")),
        sa.ForeignKeyConstraint(["owner_id"], ["user_account.id"], name=op.f("fk_case_record_owner_id_user_account")),
        sa.ForeignKeyConstraint(["topic_id"], ["case_topic.id"], name=op.f("fk_case_record_topic_id_case_topic")),
        sa.ForeignKeyConstraint(["unit_id"], ["agency.id"], name=op.f("fk_case_record_unit_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_record")),
        sa.UniqueConstraint("number", name=op.f("uq_case_record_number")),
        sa.UniqueConstraint("receipt_hash", name=op.f("uq_case_record_receipt_hash")),
    )
    with op.batch_alter_table("case_record", schema=None) as batch_op:
        batch_op.create_index(
            "ix_case_record_figures",
            ["counted", "fiscal_year", "agency_id", "answered_in_time", "days_to_answer", "is_open", "first_due_on"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_case_record_judge_agency_id"), ["judge_agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_record_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_index(
            "ix_case_record_open_agency",
            ["agency_id", "due_on", "id", "owner_id", "judge_agency_id", "guarded", "status", "escalation_level", "is_open"],
            unique=False,
            sqlite_where=sa.text("is_open = 1"),
            postgresql_where=sa.text("is_open"),
        )
        batch_op.create_index(
            "ix_case_record_open_due",
            ["due_on", "id", "agency_id", "owner_id", "judge_agency_id", "guarded", "status", "escalation_level", "is_open"],
            unique=False,
            sqlite_where=sa.text("is_open = 1"),
            postgresql_where=sa.text("is_open"),
        )
        batch_op.create_index(
            "ix_case_record_open_escalated",
            ["due_on", "id", "agency_id", "owner_id", "judge_agency_id", "guarded", "status", "escalation_level", "is_open"],
            unique=False,
            sqlite_where=sa.text("is_open = 1 AND escalation_level > 0"),
            postgresql_where=sa.text("is_open AND escalation_level > 0"),
        )
        batch_op.create_index(
            "ix_case_record_open_owner",
            ["owner_id", "due_on", "id", "agency_id", "judge_agency_id", "guarded", "status", "escalation_level", "is_open"],
            unique=False,
            sqlite_where=sa.text("is_open = 1"),
            postgresql_where=sa.text("is_open"),
        )
        batch_op.create_index(
            "ix_case_record_status_due",
            ["status", "due_on", "id", "agency_id", "owner_id", "judge_agency_id", "guarded", "escalation_level", "is_open"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_case_record_topic_id"), ["topic_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_record_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "corruption_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("desk_agency_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "received",
                "looking_into",
                "referred",
                "closed",
                name="corruption_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=True),
        sa.Column("told_enc", sa.LargeBinary(), nullable=True),
        sa.Column("contact_enc", sa.LargeBinary(), nullable=True),
        sa.Column("kept_away_enc", sa.LargeBinary(), nullable=False),
        sa.Column("receipt_key_id", sa.String(length=16), nullable=False),
        sa.Column("receipt_hash", sa.String(length=64), nullable=False),
        sa.Column("desk_news", sa.Boolean(), nullable=False),
        sa.Column("reporter_news", sa.Boolean(), nullable=False),
        sa.Column("closed_month", sa.Date(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_corruption_report_agency_id_agency")),
        sa.ForeignKeyConstraint(["desk_agency_id"], ["agency.id"], name=op.f("fk_corruption_report_desk_agency_id_agency")),
        sa.ForeignKeyConstraint(["holder_id"], ["user_account.id"], name=op.f("fk_corruption_report_holder_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corruption_report")),
        sa.UniqueConstraint("key", name=op.f("uq_corruption_report_key")),
        sa.UniqueConstraint("receipt_hash", name=op.f("uq_corruption_report_receipt_hash")),
    )
    with op.batch_alter_table("corruption_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_corruption_report_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_corruption_report_desk_agency_id"), ["desk_agency_id"], unique=False)

    op.create_table(
        "disclosure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column(
            "kind", sa.Enum("page", "report", name="disclosure_kind", native_enum=False, create_constraint=True, length=40), nullable=False
        ),
        sa.Column("strategy_node_id", sa.Integer(), nullable=True),
        sa.Column("responsible_user_id", sa.Integer(), nullable=True),
        sa.Column("responsible_position_th", sa.String(length=200), nullable=False),
        sa.Column("responsible_position_en", sa.String(length=200), nullable=False),
        sa.Column("responsible_unit_id", sa.Integer(), nullable=True),
        sa.Column("office_contact", sa.String(length=300), nullable=False),
        sa.Column(
            "licence",
            sa.Enum(
                "cc-by-4.0", "cc0", "open-government-th", name="disclosure_licence", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=True),
        sa.Column(
            "policy",
            sa.Enum(
                "privacy",
                "website",
                "disclaimer",
                "cookies",
                "accessibility",
                name="disclosure_policy",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("latest_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_disclosure_agency_id_agency")),
        sa.ForeignKeyConstraint(["responsible_unit_id"], ["agency.id"], name=op.f("fk_disclosure_responsible_unit_id_agency")),
        sa.ForeignKeyConstraint(["responsible_user_id"], ["user_account.id"], name=op.f("fk_disclosure_responsible_user_id_user_account")),
        sa.ForeignKeyConstraint(["strategy_node_id"], ["strategy_node.id"], name=op.f("fk_disclosure_strategy_node_id_strategy_node")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
        sa.UniqueConstraint("slug", name=op.f("uq_disclosure_slug")),
    )
    with op.batch_alter_table("disclosure", schema=None) as batch_op:
        batch_op.create_index("ix_disclosure_agency_latest", ["agency_id", "latest_at", "id"], unique=False)
        batch_op.create_index("ix_disclosure_latest", ["latest_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_disclosure_responsible_user_id"), ["responsible_user_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_disclosure_strategy_node_id"), ["strategy_node_id"], unique=False)

    op.create_table(
        "identity_provider",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("name_th", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("issuer", sa.String(length=300), nullable=False),
        sa.Column("client_id", sa.String(length=300), nullable=False),
        sa.Column("client_secret_enc", sa.Text(), nullable=False),
        sa.Column("domains", sa.JSON(), nullable=False),
        sa.Column("trusted_second_factor", sa.Boolean(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["changed_by_id"], ["user_account.id"], name=op.f("fk_identity_provider_changed_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_provider")),
        sa.UniqueConstraint("issuer", name=op.f("uq_identity_provider_issuer")),
        sa.UniqueConstraint("slug", name=op.f("uq_identity_provider_slug")),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name_th", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("position_th", sa.String(length=200), nullable=False),
        sa.Column("position_en", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("invited_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("declined_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["invited_by_id"], ["user_account.id"], name=op.f("fk_invitation_invited_by_id_user_account")),
        sa.ForeignKeyConstraint(["unit_id"], ["agency.id"], name=op.f("fk_invitation_unit_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_invitation_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_email"), ["email"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitation_invited_by_id"), ["invited_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitation_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "mail_setting",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("tried_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "tried",
            sa.Enum(
                "sent",
                "no_host",
                "unreachable",
                "too_slow",
                "certificate",
                "no_encryption",
                "sign_in",
                "sender",
                "recipient",
                "no_mail",
                name="mail_outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_mail_setting_only_one")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["user_account.id"], name=op.f("fk_mail_setting_changed_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_setting")),
    )
    op.create_table(
        "mail_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column(
            "mail",
            sa.Enum(
                "received",
                "asked",
                "answered",
                "closed",
                "declined",
                "contested",
                "forwarded",
                "reviewed",
                "merged",
                name="mail_wording_mail",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text_th", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_mail_wording_agency_id_agency")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["user_account.id"], name=op.f("fk_mail_wording_changed_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_wording")),
    )
    with op.batch_alter_table("mail_wording", schema=None) as batch_op:
        batch_op.create_index(
            "uq_mail_wording_agency",
            ["agency_id", "mail"],
            unique=True,
            sqlite_where=sa.text("agency_id IS NOT NULL"),
            postgresql_where=sa.text("agency_id IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_mail_wording_portal",
            ["mail"],
            unique=True,
            sqlite_where=sa.text("agency_id IS NULL"),
            postgresql_where=sa.text("agency_id IS NULL"),
        )

    op.create_table(
        "ready_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=16), nullable=False),
        sa.Column("name_th", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "opinion",
                "suggestion",
                "complaint",
                "grievance",
                "question",
                "compliment",
                "information_request",
                name="ready_reply_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("text_th", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("closed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_ready_reply_agency_id_agency")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["user_account.id"], name=op.f("fk_ready_reply_changed_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ready_reply")),
        sa.UniqueConstraint("key", name=op.f("uq_ready_reply_key")),
    )
    with op.batch_alter_table("ready_reply", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ready_reply_agency_id"), ["agency_id"], unique=False)

    op.create_table(
        "option_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_option_value_agency_id_agency")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["user_account.id"], name=op.f("fk_option_value_changed_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_option_value")),
    )
    with op.batch_alter_table("option_value", schema=None) as batch_op:
        batch_op.create_index(
            "uq_option_value_agency",
            ["agency_id", "key"],
            unique=True,
            sqlite_where=sa.text("agency_id IS NOT NULL"),
            postgresql_where=sa.text("agency_id IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_option_value_portal",
            ["key"],
            unique=True,
            sqlite_where=sa.text("agency_id IS NULL"),
            postgresql_where=sa.text("agency_id IS NULL"),
        )

    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=22), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("handle", sa.String(length=64), nullable=False),
        sa.Column("credential_id", sa.String(length=1400), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("used_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_passkey_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_passkey_public_id")),
    )
    with op.batch_alter_table("passkey", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passkey_handle"), ["handle"], unique=False)
        batch_op.create_index(batch_op.f("ix_passkey_user_id"), ["user_id"], unique=False)

    op.create_table(
        "passkey_challenge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_hash", sa.String(length=64), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "add", "sign_in", "second_step", "confirm", name="passkey_purpose", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_passkey_challenge_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey_challenge")),
        sa.UniqueConstraint("challenge_hash", name=op.f("uq_passkey_challenge_challenge_hash")),
    )
    with op.batch_alter_table("passkey_challenge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passkey_challenge_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_passkey_challenge_user_id"), ["user_id"], unique=False)

    op.create_table(
        "password_reset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asked_for", sa.String(length=1000), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_password_reset_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_reset")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_password_reset_token_hash")),
    )
    with op.batch_alter_table("password_reset", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_password_reset_user_id"), ["user_id"], unique=False)

    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("code_mac", sa.String(length=64), nullable=False),
        sa.Column("key_id", sa.String(length=8), nullable=False),
        sa.Column("used_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_recovery_code_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
    )
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recovery_code_user_id"), ["user_id"], unique=False)

    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "publisher",
                "coordinator",
                "officer",
                "executive",
                "administrator",
                "integrity",
                "privacy",
                "reviewer",
                "civil_society",
                "assessor",
                "system_administrator",
                name="grant_role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("with_children", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_role_grant_agency_id_agency")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_role_grant_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint("user_id", "agency_id", "role", name=op.f("uq_role_grant_user_id")),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grant_agency_id"), ["agency_id"], unique=False)

    op.create_table(
        "setup_state",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("token_ends", UtcDateTime(timezone=True), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("administrator_id", sa.Integer(), nullable=True),
        sa.Column("done", sa.JSON(), nullable=False),
        sa.Column("browser", sa.String(length=32), nullable=False),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("finished_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_setup_state_only_one")),
        sa.ForeignKeyConstraint(["administrator_id"], ["user_account.id"], name=op.f("fk_setup_state_administrator_id_user_account")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_setup_state_agency_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setup_state")),
    )
    op.create_table(
        "sign_in_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "proof",
            sa.Enum(
                "password",
                "app",
                "recovery_code",
                "passkey",
                "provider",
                "provider_strong",
                name="sign_in_proof",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            server_default="password",
            nullable=False,
        ),
        sa.Column("confirmed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("agent", sa.String(length=40), server_default="", nullable=False),
        sa.Column("seen_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_sign_in_session_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_session")),
        sa.UniqueConstraint("public_id", name=op.f("uq_sign_in_session_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_session_token_hash")),
    )
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_session_user_id"), ["user_id"], unique=False)

    op.create_table(
        "unit_head",
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_unit_head_agency_id_agency")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_unit_head_user_id_user_account")),
        sa.PrimaryKeyConstraint("agency_id", name=op.f("pk_unit_head")),
    )
    with op.batch_alter_table("unit_head", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_head_user_id"), ["user_id"], unique=False)

    op.create_table(
        "waiting_sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("password_mark", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_waiting_sign_in_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_sign_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_waiting_sign_in_token_hash")),
    )
    with op.batch_alter_table("waiting_sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_waiting_sign_in_expires_at"), ["expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_waiting_sign_in_user_id"), ["user_id"], unique=False)

    op.create_table(
        "breach_case",
        sa.Column("breach_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("acted_on", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["breach_id"], ["breach.id"], name=op.f("fk_breach_case_breach_id_breach")),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_breach_case_case_id_case_record")),
        sa.PrimaryKeyConstraint("breach_id", "case_id", name=op.f("pk_breach_case")),
    )
    op.create_table(
        "breach_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("breach_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "act",
            sa.Enum("record", "note", "report", "tell", "close", name="breach_act", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], name=op.f("fk_breach_event_actor_id_user_account")),
        sa.ForeignKeyConstraint(["breach_id"], ["breach.id"], name=op.f("fk_breach_event_breach_id_breach")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breach_event")),
    )
    with op.batch_alter_table("breach_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_breach_event_breach_id"), ["breach_id"], unique=False)

    op.create_table(
        "case_about",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("said_by_sender", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint(
            "(CASE WHEN user_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN unit_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN said_by_sender THEN 1 ELSE 0 END) = 1",
            name=op.f("ck_case_about_one_of_three"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_case_about_case_id_case_record")),
        sa.ForeignKeyConstraint(["unit_id"], ["agency.id"], name=op.f("fk_case_about_unit_id_agency")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_case_about_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_about")),
    )
    with op.batch_alter_table("case_about", schema=None) as batch_op:
        batch_op.create_index("ix_case_about_case_id", ["case_id"], unique=False)

    op.create_table(
        "case_barred",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_case_barred_case_id_case_record")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_case_barred_user_id_user_account")),
        sa.PrimaryKeyConstraint("case_id", "user_id", name=op.f("pk_case_barred")),
    )
    op.create_table(
        "case_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "submit",
                "assign",
                "hand_over",
                "start",
                "ask",
                "citizen_answer",
                "citizen_add",
                "note",
                "reply",
                "close",
                "refer",
                "decline",
                "forward_unit",
                "forward_agency",
                "contest",
                "confirm",
                "withdraw",
                "merge",
                "publish",
                "withdraw_publication",
                "withdraw_consent",
                "unmask",
                "mark_about",
                "say_about",
                "unmark_about",
                "lift",
                "reorganise",
                "uphold",
                "send_back",
                "correct_contact",
                "erase",
                "release",
                name="case_act",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "old_status",
            sa.Enum(
                "received",
                "assigned",
                "in_progress",
                "waiting_citizen",
                "answered",
                "contested",
                "closed",
                "declined",
                "merged",
                "withdrawn",
                name="case_event_old_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "new_status",
            sa.Enum(
                "received",
                "assigned",
                "in_progress",
                "waiting_citizen",
                "answered",
                "contested",
                "closed",
                "declined",
                "merged",
                "withdrawn",
                name="case_event_new_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "actor_kind",
            sa.Enum(
                "visitor", "citizen", "user", "system", name="case_event_actor_kind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("visible_to_citizen", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], name=op.f("fk_case_event_actor_id_user_account")),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_case_event_case_id_case_record")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_event")),
    )
    with op.batch_alter_table("case_event", schema=None) as batch_op:
        batch_op.create_index("ix_case_event_case_id", ["case_id", "id"], unique=False)

    op.create_table(
        "case_identity",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("name_enc", sa.Text(), nullable=True),
        sa.Column("email_enc", sa.Text(), nullable=True),
        sa.Column("phone_enc", sa.Text(), nullable=True),
        sa.Column("address_enc", sa.Text(), nullable=True),
        sa.Column("email_index", sa.String(length=64), nullable=True),
        sa.Column("phone_index", sa.String(length=64), nullable=True),
        sa.Column("contact_key_id", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_case_identity_case_id_case_record")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_identity")),
    )
    with op.batch_alter_table("case_identity", schema=None) as batch_op:
        batch_op.create_index("ix_case_identity_email_index", ["email_index"], unique=False)
        batch_op.create_index("ix_case_identity_phone_index", ["phone_index"], unique=False)

    op.create_table(
        "corruption_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("entry_enc", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["corruption_report.id"], name=op.f("fk_corruption_entry_report_id_corruption_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corruption_entry")),
    )
    with op.batch_alter_table("corruption_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_corruption_entry_report_id"), ["report_id"], unique=False)

    op.create_table(
        "corruption_submission",
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=True),
        sa.Column("code_enc", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["corruption_report.id"], name=op.f("fk_corruption_submission_report_id_corruption_report")),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_corruption_submission")),
    )
    op.create_table(
        "disclosure_attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("disclosure_id", sa.Integer(), nullable=False),
        sa.Column("stored_file_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["disclosure_id"], ["disclosure.id"], name=op.f("fk_disclosure_attachment_disclosure_id_disclosure")),
        sa.ForeignKeyConstraint(["stored_file_id"], ["stored_file.id"], name=op.f("fk_disclosure_attachment_stored_file_id_stored_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_attachment")),
    )
    with op.batch_alter_table("disclosure_attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disclosure_attachment_disclosure_id"), ["disclosure_id"], unique=False)

    op.create_table(
        "disclosure_translation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("disclosure_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "in_review",
                "published",
                "withdrawn",
                name="disclosure_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("change_note", sa.String(length=300), nullable=False),
        sa.Column("published_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("published_number", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=1000), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name=op.f("ck_disclosure_translation_withdrawn")),
        sa.CheckConstraint("language IN ('th', 'en')", name=op.f("ck_disclosure_translation_language")),
        sa.ForeignKeyConstraint(["disclosure_id"], ["disclosure.id"], name=op.f("fk_disclosure_translation_disclosure_id_disclosure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_translation")),
        sa.UniqueConstraint("disclosure_id", "language", name=op.f("uq_disclosure_translation_disclosure_id")),
    )
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("disclosure_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_th", sa.String(length=300), nullable=False),
        sa.Column("name_en", sa.String(length=300), nullable=False),
        sa.Column("unit_th", sa.String(length=60), nullable=False),
        sa.Column("unit_en", sa.String(length=60), nullable=False),
        sa.Column(
            "direction",
            sa.Enum("up", "down", name="indicator_direction", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("baseline", ExactDecimal(), nullable=True),
        sa.ForeignKeyConstraint(["disclosure_id"], ["disclosure.id"], name=op.f("fk_indicator_disclosure_id_disclosure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
    )
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_indicator_disclosure_id"), ["disclosure_id"], unique=False)

    op.create_table(
        "invited_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "publisher",
                "coordinator",
                "officer",
                "executive",
                "administrator",
                "integrity",
                "privacy",
                "reviewer",
                "civil_society",
                "assessor",
                "system_administrator",
                name="invited_role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("with_children", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_invited_grant_agency_id_agency")),
        sa.ForeignKeyConstraint(["invitation_id"], ["invitation.id"], name=op.f("fk_invited_grant_invitation_id_invitation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invited_grant")),
        sa.UniqueConstraint("invitation_id", "agency_id", "role", name=op.f("uq_invited_grant_invitation_id")),
    )
    with op.batch_alter_table("invited_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invited_grant_agency_id"), ["agency_id"], unique=False)

    op.create_table(
        "linked_identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("linked_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["provider_id"], ["identity_provider.id"], name=op.f("fk_linked_identity_provider_id_identity_provider")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_linked_identity_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linked_identity")),
        sa.UniqueConstraint("provider_id", "subject", name=op.f("uq_linked_identity_provider_id")),
        sa.UniqueConstraint("user_id", "provider_id", name="uq_linked_identity_person"),
    )
    with op.batch_alter_table("linked_identity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_linked_identity_user_id"), ["user_id"], unique=False)

    op.create_table(
        "privacy_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=True),
        sa.Column("set_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("lifted_by_id", sa.Integer(), nullable=True),
        sa.Column("lifted_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_privacy_hold_case_id_case_record")),
        sa.ForeignKeyConstraint(["lifted_by_id"], ["user_account.id"], name=op.f("fk_privacy_hold_lifted_by_id_user_account")),
        sa.ForeignKeyConstraint(["set_by_id"], ["user_account.id"], name=op.f("fk_privacy_hold_set_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_hold")),
        sa.UniqueConstraint("public_id", name=op.f("uq_privacy_hold_public_id")),
    )
    with op.batch_alter_table("privacy_hold", schema=None) as batch_op:
        batch_op.create_index("ix_privacy_hold_case_id", ["case_id", "lifted_at"], unique=False)

    op.create_table(
        "privacy_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column(
            "right",
            sa.Enum(
                "access", "correction", "erasure", "objection", name="privacy_right", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("granted", sa.JSON(), nullable=False),
        sa.Column("proposed_enc", sa.Text(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "received",
                "waiting",
                "granted",
                "refused",
                "appealed",
                "done",
                "taken_back",
                name="privacy_request_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("received_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "decision",
            sa.Enum("granted", "partly", "refused", name="privacy_decision", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
        sa.Column(
            "ground",
            sa.Enum(
                "no_longer_needed",
                "consent_withdrawn",
                "objection_upheld",
                "unlawful",
                "wrong_data",
                "right_of_access",
                "public_task",
                "archive",
                "legal_claims",
                "law_requires",
                "rights_of_others",
                "not_proven",
                "data_correct",
                "retention",
                name="privacy_ground",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("appealed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("words_erased_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(case_id IS NULL) <> (user_id IS NULL)", name=op.f("ck_privacy_request_case_or_account")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_privacy_request_agency_id_agency")),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_privacy_request_case_id_case_record")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user_account.id"], name=op.f("fk_privacy_request_decided_by_id_user_account")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_privacy_request_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_request")),
        sa.UniqueConstraint("public_id", name=op.f("uq_privacy_request_public_id")),
    )
    with op.batch_alter_table("privacy_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_privacy_request_agency_id"), ["agency_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_privacy_request_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_privacy_request_due", ["status", "due_on", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_privacy_request_user_id"), ["user_id"], unique=False)

    op.create_table(
        "public_case",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("proposed", "published", "withdrawn", name="public_case_state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("subject", sa.String(length=400), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("redactions", sa.JSON(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_public_case_case_id_case_record")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["user_account.id"], name=op.f("fk_public_case_confirmed_by_id_user_account")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_public_case")),
    )
    with op.batch_alter_table("public_case", schema=None) as batch_op:
        batch_op.create_index("ix_public_case_newest", ["state", "published_at", "case_id"], unique=False)

    op.create_table(
        "related_disclosure",
        sa.Column("disclosure_id", sa.Integer(), nullable=False),
        sa.Column("related_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("disclosure_id <> related_id", name=op.f("ck_related_disclosure_not_itself")),
        sa.ForeignKeyConstraint(["disclosure_id"], ["disclosure.id"], name=op.f("fk_related_disclosure_disclosure_id_disclosure")),
        sa.ForeignKeyConstraint(["related_id"], ["disclosure.id"], name=op.f("fk_related_disclosure_related_id_disclosure")),
        sa.PrimaryKeyConstraint("disclosure_id", "related_id", name=op.f("pk_related_disclosure")),
    )
    op.create_table(
        "submission_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "scope",
            sa.Enum("form", "api", "desk", name="submission_key_scope", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("receipt_enc", sa.Text(), nullable=True),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_submission_key_case_id_case_record")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_key")),
        sa.UniqueConstraint("scope", "key_hash", name=op.f("uq_submission_key_scope")),
    )
    with op.batch_alter_table("submission_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_submission_key_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            "ix_submission_key_to_wipe",
            ["created_at"],
            unique=False,
            sqlite_where=sa.text("receipt_enc IS NOT NULL"),
            postgresql_where=sa.text("receipt_enc IS NOT NULL"),
        )

    op.create_table(
        "case_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "question",
                "citizen_answer",
                "addition",
                "reply",
                "note",
                "result",
                "reason",
                "proof",
                "decline",
                "referred_to",
                "forward",
                "contest",
                "withdrawal",
                "merge",
                "tombstone",
                "unmask",
                "review",
                "about",
                "unmark",
                name="case_words_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "author_kind",
            sa.Enum(
                "visitor", "citizen", "user", "system", name="case_words_author_kind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("is_public", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name=op.f("fk_case_words_author_id_user_account")),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_case_words_case_id_case_record")),
        sa.ForeignKeyConstraint(["event_id"], ["case_event.id"], name=op.f("fk_case_words_event_id_case_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_words")),
    )
    with op.batch_alter_table("case_words", schema=None) as batch_op:
        batch_op.create_index("ix_case_words_case_id", ["case_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_words_event_id"), ["event_id"], unique=False)

    op.create_table(
        "corruption_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("details_enc", sa.LargeBinary(), nullable=False),
        sa.Column("staged_under", sa.String(length=64), nullable=True),
        sa.Column("staged_until", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["corruption_entry.id"], name=op.f("fk_corruption_file_entry_id_corruption_entry")),
        sa.ForeignKeyConstraint(["report_id"], ["corruption_report.id"], name=op.f("fk_corruption_file_report_id_corruption_report")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corruption_file")),
        sa.UniqueConstraint("public_id", name=op.f("uq_corruption_file_public_id")),
    )
    with op.batch_alter_table("corruption_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_corruption_file_report_id"), ["report_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_corruption_file_staged_under"), ["staged_under"], unique=False)

    op.create_table(
        "disclosure_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("translation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("attachments", sa.JSON(), nullable=False),
        sa.Column("responsible_name", sa.String(length=200), nullable=False),
        sa.Column("responsible_position", sa.String(length=200), nullable=False),
        sa.Column("responsible_unit", sa.String(length=200), nullable=False),
        sa.Column("office_contact", sa.String(length=300), nullable=False),
        sa.Column("published_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("change_note", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name=op.f("fk_disclosure_version_recorded_by_user_account")),
        sa.ForeignKeyConstraint(
            ["translation_id"], ["disclosure_translation.id"], name=op.f("fk_disclosure_version_translation_id_disclosure_translation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure_version")),
        sa.UniqueConstraint("translation_id", "number", name=op.f("uq_disclosure_version_translation_id")),
    )
    op.create_table(
        "indicator_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label_th", sa.String(length=60), nullable=False),
        sa.Column("label_en", sa.String(length=60), nullable=False),
        sa.Column("target", ExactDecimal(), nullable=True),
        sa.Column("actual", ExactDecimal(), nullable=True),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_indicator_period_indicator_id_indicator")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_period")),
    )
    with op.batch_alter_table("indicator_period", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_indicator_period_indicator_id"), ["indicator_id"], unique=False)

    op.create_table(
        "privacy_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "submit",
                "wait",
                "grant",
                "grant_partly",
                "refuse",
                "carry_out",
                "appeal",
                "overturn",
                "uphold",
                "take_back",
                "export",
                name="privacy_act",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "old_status",
            sa.Enum(
                "received",
                "waiting",
                "granted",
                "refused",
                "appealed",
                "done",
                "taken_back",
                name="privacy_event_old_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "new_status",
            sa.Enum(
                "received",
                "waiting",
                "granted",
                "refused",
                "appealed",
                "done",
                "taken_back",
                name="privacy_event_new_status",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "actor_kind",
            sa.Enum(
                "visitor",
                "citizen",
                "user",
                "system",
                name="privacy_event_actor_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], name=op.f("fk_privacy_event_actor_id_user_account")),
        sa.ForeignKeyConstraint(["request_id"], ["privacy_request.id"], name=op.f("fk_privacy_event_request_id_privacy_request")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_event")),
    )
    with op.batch_alter_table("privacy_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_privacy_event_request_id"), ["request_id"], unique=False)

    op.create_table(
        "privacy_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "request",
                "decision",
                "appeal",
                "appeal_decision",
                name="privacy_words_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name=op.f("fk_privacy_words_author_id_user_account")),
        sa.ForeignKeyConstraint(["request_id"], ["privacy_request.id"], name=op.f("fk_privacy_words_request_id_privacy_request")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_words")),
    )
    with op.batch_alter_table("privacy_words", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_privacy_words_request_id"), ["request_id"], unique=False)

    op.create_table(
        "case_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("stored_file_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("words_id", sa.Integer(), nullable=True),
        sa.Column(
            "added_by",
            sa.Enum(
                "visitor", "citizen", "user", "system", name="case_file_added_by", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_case_file_case_id_case_record")),
        sa.ForeignKeyConstraint(["event_id"], ["case_event.id"], name=op.f("fk_case_file_event_id_case_event")),
        sa.ForeignKeyConstraint(["stored_file_id"], ["stored_file.id"], name=op.f("fk_case_file_stored_file_id_stored_file")),
        sa.ForeignKeyConstraint(["words_id"], ["case_words.id"], name=op.f("fk_case_file_words_id_case_words")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_file")),
        sa.UniqueConstraint("case_id", "stored_file_id", name=op.f("uq_case_file_case_id")),
    )
    with op.batch_alter_table("case_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_file_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_file_stored_file_id"), ["stored_file_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_file_words_id"), ["words_id"], unique=False)

    create_search_tables(op.get_bind())


def downgrade() -> None:
    drop_search_tables(op.get_bind())
    with op.batch_alter_table("case_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_file_words_id"))
        batch_op.drop_index(batch_op.f("ix_case_file_stored_file_id"))
        batch_op.drop_index(batch_op.f("ix_case_file_event_id"))

    op.drop_table("case_file")
    with op.batch_alter_table("privacy_words", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_privacy_words_request_id"))

    op.drop_table("privacy_words")
    with op.batch_alter_table("privacy_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_privacy_event_request_id"))

    op.drop_table("privacy_event")
    with op.batch_alter_table("indicator_period", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_indicator_period_indicator_id"))

    op.drop_table("indicator_period")
    op.drop_table("disclosure_version")
    with op.batch_alter_table("corruption_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_corruption_file_staged_under"))
        batch_op.drop_index(batch_op.f("ix_corruption_file_report_id"))

    op.drop_table("corruption_file")
    with op.batch_alter_table("case_words", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_words_event_id"))
        batch_op.drop_index("ix_case_words_case_id")

    op.drop_table("case_words")
    with op.batch_alter_table("submission_key", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_submission_key_to_wipe",
            sqlite_where=sa.text("receipt_enc IS NOT NULL"),
            postgresql_where=sa.text("receipt_enc IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_submission_key_case_id"))

    op.drop_table("submission_key")
    op.drop_table("related_disclosure")
    with op.batch_alter_table("public_case", schema=None) as batch_op:
        batch_op.drop_index("ix_public_case_newest")

    op.drop_table("public_case")
    with op.batch_alter_table("privacy_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_privacy_request_user_id"))
        batch_op.drop_index("ix_privacy_request_due")
        batch_op.drop_index(batch_op.f("ix_privacy_request_case_id"))
        batch_op.drop_index(batch_op.f("ix_privacy_request_agency_id"))

    op.drop_table("privacy_request")
    with op.batch_alter_table("privacy_hold", schema=None) as batch_op:
        batch_op.drop_index("ix_privacy_hold_case_id")

    op.drop_table("privacy_hold")
    with op.batch_alter_table("linked_identity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_linked_identity_user_id"))

    op.drop_table("linked_identity")
    with op.batch_alter_table("invited_grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invited_grant_agency_id"))

    op.drop_table("invited_grant")
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_indicator_disclosure_id"))

    op.drop_table("indicator")
    op.drop_table("disclosure_translation")
    with op.batch_alter_table("disclosure_attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_disclosure_attachment_disclosure_id"))

    op.drop_table("disclosure_attachment")
    op.drop_table("corruption_submission")
    with op.batch_alter_table("corruption_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_corruption_entry_report_id"))

    op.drop_table("corruption_entry")
    with op.batch_alter_table("case_identity", schema=None) as batch_op:
        batch_op.drop_index("ix_case_identity_phone_index")
        batch_op.drop_index("ix_case_identity_email_index")

    op.drop_table("case_identity")
    with op.batch_alter_table("case_event", schema=None) as batch_op:
        batch_op.drop_index("ix_case_event_case_id")

    op.drop_table("case_event")
    op.drop_table("case_barred")
    with op.batch_alter_table("case_about", schema=None) as batch_op:
        batch_op.drop_index("ix_case_about_case_id")

    op.drop_table("case_about")
    with op.batch_alter_table("breach_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_breach_event_breach_id"))

    op.drop_table("breach_event")
    op.drop_table("breach_case")
    with op.batch_alter_table("waiting_sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_waiting_sign_in_user_id"))
        batch_op.drop_index(batch_op.f("ix_waiting_sign_in_expires_at"))

    op.drop_table("waiting_sign_in")
    with op.batch_alter_table("unit_head", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_head_user_id"))

    op.drop_table("unit_head")
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_session_user_id"))

    op.drop_table("sign_in_session")
    op.drop_table("setup_state")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_grant_agency_id"))

    op.drop_table("role_grant")
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recovery_code_user_id"))

    op.drop_table("recovery_code")
    with op.batch_alter_table("password_reset", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_password_reset_user_id"))

    op.drop_table("password_reset")
    with op.batch_alter_table("passkey_challenge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passkey_challenge_user_id"))
        batch_op.drop_index(batch_op.f("ix_passkey_challenge_expires_at"))

    op.drop_table("passkey_challenge")
    with op.batch_alter_table("passkey", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passkey_user_id"))
        batch_op.drop_index(batch_op.f("ix_passkey_handle"))

    op.drop_table("passkey")
    with op.batch_alter_table("option_value", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_option_value_portal", sqlite_where=sa.text("agency_id IS NULL"), postgresql_where=sa.text("agency_id IS NULL")
        )
        batch_op.drop_index(
            "uq_option_value_agency", sqlite_where=sa.text("agency_id IS NOT NULL"), postgresql_where=sa.text("agency_id IS NOT NULL")
        )

    op.drop_table("option_value")
    with op.batch_alter_table("ready_reply", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ready_reply_agency_id"))

    op.drop_table("ready_reply")
    with op.batch_alter_table("mail_wording", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_mail_wording_portal", sqlite_where=sa.text("agency_id IS NULL"), postgresql_where=sa.text("agency_id IS NULL")
        )
        batch_op.drop_index(
            "uq_mail_wording_agency", sqlite_where=sa.text("agency_id IS NOT NULL"), postgresql_where=sa.text("agency_id IS NOT NULL")
        )

    op.drop_table("mail_wording")
    op.drop_table("mail_setting")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_unit_id"))
        batch_op.drop_index(batch_op.f("ix_invitation_invited_by_id"))
        batch_op.drop_index(batch_op.f("ix_invitation_email"))

    op.drop_table("invitation")
    op.drop_table("identity_provider")
    with op.batch_alter_table("disclosure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_disclosure_strategy_node_id"))
        batch_op.drop_index(batch_op.f("ix_disclosure_responsible_user_id"))
        batch_op.drop_index("ix_disclosure_latest")
        batch_op.drop_index("ix_disclosure_agency_latest")

    op.drop_table("disclosure")
    with op.batch_alter_table("corruption_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_corruption_report_desk_agency_id"))
        batch_op.drop_index(batch_op.f("ix_corruption_report_agency_id"))

    op.drop_table("corruption_report")
    with op.batch_alter_table("case_record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_record_unit_id"))
        batch_op.drop_index(batch_op.f("ix_case_record_topic_id"))
        batch_op.drop_index("ix_case_record_status_due")
        batch_op.drop_index("ix_case_record_open_owner", sqlite_where=sa.text("is_open = 1"), postgresql_where=sa.text("is_open"))
        batch_op.drop_index(
            "ix_case_record_open_escalated",
            sqlite_where=sa.text("is_open = 1 AND escalation_level > 0"),
            postgresql_where=sa.text("is_open AND escalation_level > 0"),
        )
        batch_op.drop_index("ix_case_record_open_due", sqlite_where=sa.text("is_open = 1"), postgresql_where=sa.text("is_open"))
        batch_op.drop_index("ix_case_record_open_agency", sqlite_where=sa.text("is_open = 1"), postgresql_where=sa.text("is_open"))
        batch_op.drop_index(batch_op.f("ix_case_record_merged_into_id"))
        batch_op.drop_index(batch_op.f("ix_case_record_judge_agency_id"))
        batch_op.drop_index("ix_case_record_figures")

    op.drop_table("case_record")
    with op.batch_alter_table("breach", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_breach_agency_id"))

    op.drop_table("breach")
    op.drop_table("authenticator_app")
    with op.batch_alter_table("user_account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_user_account_unit_id"))
        batch_op.drop_index(batch_op.f("ix_user_account_substitute_id"))

    op.drop_table("user_account")
    with op.batch_alter_table("strategy_node", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_strategy_node_parent_id"))

    op.drop_table("strategy_node")
    op.drop_table("office_holiday")
    op.drop_table("mission")
    with op.batch_alter_table("deadline_rule", schema=None) as batch_op:
        batch_op.drop_index("ix_deadline_rule_from")
        batch_op.drop_index(batch_op.f("ix_deadline_rule_agency_id"))

    op.drop_table("deadline_rule")
    op.drop_table("case_topic")
    op.drop_table("case_counter")
    with op.batch_alter_table("agency", schema=None) as batch_op:
        batch_op.drop_index("uq_agency_home", sqlite_where=sa.text("is_home"), postgresql_where=sa.text("is_home"))
        batch_op.drop_index(batch_op.f("ix_agency_successor_id"))
        batch_op.drop_index(batch_op.f("ix_agency_parent_id"))

    op.drop_table("agency")
    op.drop_table("timed_job")
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stored_file_staged_until"))
        batch_op.drop_index(batch_op.f("ix_stored_file_staged_under"))

    op.drop_table("stored_file")
    op.drop_table("sign_in_failures")
    with op.batch_alter_table("search_chunk", schema=None) as batch_op:
        batch_op.drop_index("ix_search_chunk_at")
        batch_op.drop_index(batch_op.f("ix_search_chunk_agency_id"))

    op.drop_table("search_chunk")
    op.drop_table("revision")
    op.drop_table("retention_run")
    with op.batch_alter_table("outbox_event", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_event_waiting",
            postgresql_where=sa.text("done_at IS NULL AND failed_at IS NULL"),
            sqlite_where=sa.text("done_at IS NULL AND failed_at IS NULL"),
        )

    op.drop_table("outbox_event")
    with op.batch_alter_table("erasure_ledger", schema=None) as batch_op:
        batch_op.drop_index("ix_erasure_ledger_object")

    op.drop_table("erasure_ledger")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_entry_object")
        batch_op.drop_index("ix_audit_entry_agency_id")

    op.drop_table("audit_entry")
