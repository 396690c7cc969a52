"""Petitions: what people put to an agency and others support; two acts of cases, and cases that collect support.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

from portal.db.types import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STATES = ("in_review", "collecting", "answer_owed", "answered", "lapsed", "refused", "merged", "withdrawn")
#: Acts of a case that are new; the check of the column names every one.
ACTS = ("put_out", "owe")
CHECK = "ck_case_event_case_act"


def _codes(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "petition_tally",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_tally")),
    )
    op.create_index("ix_petition_tally_key", "petition_tally", ["key", "at"])
    op.create_table(
        "petition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("state", _codes(*STATES, name="petition_state"), nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("received_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("review_due_on", sa.Date(), nullable=False),
        sa.Column("opened_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("threshold", sa.Integer(), nullable=True),
        sa.Column("devices", sa.Integer(), nullable=False),
        sa.Column("contacts", sa.Integer(), nullable=False),
        sa.Column("supports", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("reached_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("answer_due_on", sa.Date(), nullable=True),
        sa.Column("answered_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("answered_in_time", sa.Boolean(), nullable=True),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column(
            "ground",
            _codes("court", "personal", "person", "insult", "unlawful", "not_ours", "unclear", "answered", "abuse", name="petition_ground"),
            nullable=True,
        ),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("updated_at", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("devices >= 0 AND contacts >= 0 AND held >= 0", name=op.f("ck_petition_no_less_than_none")),
        sa.CheckConstraint("supports = devices + contacts", name=op.f("ck_petition_sum_of_both")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_petition_agency_id_agency")),
        sa.ForeignKeyConstraint(["case_id"], ["case_record.id"], name=op.f("fk_petition_case_id_case_record")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["petition.id"], name=op.f("fk_petition_merged_into_id_petition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition")),
        sa.UniqueConstraint("case_id", name=op.f("uq_petition_case_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_petition_slug")),
    )
    op.create_index(op.f("ix_petition_agency_id"), "petition", ["agency_id"])
    op.create_index("ix_petition_answered", "petition", ["state", "answered_at", "id"])
    op.create_index("ix_petition_changed", "petition", ["updated_at", "id"])
    op.create_index("ix_petition_closing", "petition", ["state", "closes_on"])
    op.create_index(op.f("ix_petition_merged_into_id"), "petition", ["merged_into_id"])
    op.create_index("ix_petition_most_supported", "petition", ["state", "supports", "id"])
    op.create_index("ix_petition_newest", "petition", ["state", "opened_at", "id"])
    op.create_index("ix_petition_waiting", "petition", ["state", "answer_due_on", "id"])
    op.create_table(
        "petition_confirmation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("address_enc", sa.Text(), nullable=False),
        sa.Column("address_mark", sa.String(length=64), nullable=False),
        sa.Column("device_mark", sa.String(length=64), nullable=True),
        sa.Column("tell", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=True),
        sa.Column("asked_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_petition_confirmation_petition_id_petition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_confirmation")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_petition_confirmation_link_hash")),
    )
    op.create_index(op.f("ix_petition_confirmation_asked_at"), "petition_confirmation", ["asked_at"])
    op.create_index("ix_petition_confirmation_of", "petition_confirmation", ["address_mark", "asked_at"])
    op.create_index(op.f("ix_petition_confirmation_petition_id"), "petition_confirmation", ["petition_id"])
    op.create_table(
        "petition_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "act",
            _codes(
                "open",
                "accept",
                "refuse",
                "merge",
                "absorb",
                "reach",
                "answer",
                "lapse",
                "withdraw",
                "release",
                "drop",
                name="petition_act",
            ),
            nullable=False,
        ),
        sa.Column("old_state", _codes(*STATES, name="petition_event_old_state"), nullable=True),
        sa.Column("new_state", _codes(*STATES, name="petition_event_new_state"), nullable=False),
        sa.Column("actor_kind", _codes("visitor", "citizen", "user", "system", name="petition_event_actor_kind"), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], name=op.f("fk_petition_event_actor_id_user_account")),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_petition_event_petition_id_petition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_event")),
    )
    op.create_index(op.f("ix_petition_event_petition_id"), "petition_event", ["petition_id"])
    op.create_table(
        "petition_support",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Integer(), nullable=False),
        sa.Column("way", _codes("device", "contact", name="petition_support_way"), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=True),
        sa.Column("mark_key_id", sa.String(length=16), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("held", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["petition_id"], ["petition.id"], name=op.f("fk_petition_support_petition_id_petition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition_support")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_petition_support_link_hash")),
        sa.UniqueConstraint("petition_id", "way", "mark", name=op.f("uq_petition_support_petition_id")),
    )
    op.create_table(
        "petition_follower",
        sa.Column("support_id", sa.Integer(), nullable=False),
        sa.Column("address_enc", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.ForeignKeyConstraint(["support_id"], ["petition_support.id"], name=op.f("fk_petition_follower_support_id_petition_support")),
        sa.PrimaryKeyConstraint("support_id", name=op.f("pk_petition_follower")),
    )
    op.add_column("case_record", sa.Column("collects", sa.Boolean(), server_default=sa.false(), nullable=False))
    _acts(allowed=True)


def downgrade() -> None:
    _acts(allowed=False)
    op.drop_column("case_record", "collects")
    for table in ("petition_follower", "petition_support", "petition_event", "petition_confirmation", "petition", "petition_tally"):
        op.drop_table(table)


def _acts(*, allowed: bool) -> None:
    """Let the check of ``case_event.act`` name the new acts, or no longer. Rows that are there are not looked at again."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        wanted = sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name").bindparams(name=CHECK)
        # one that was made without looking at the rows says so at its end
        check = _changed(str(connection.execute(wanted).scalar_one()).removesuffix(" NOT VALID"), "'release'::character varying", allowed)
        op.execute(f"ALTER TABLE case_event DROP CONSTRAINT {CHECK}, ADD CONSTRAINT {CHECK} {check} NOT VALID")
        if allowed:
            op.execute(f"ALTER TABLE case_event VALIDATE CONSTRAINT {CHECK}")
        return
    # SQLite cannot alter a check, and remaking the table would lose others. Its documentation gives this way for checks.
    sql = connection.execute(sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'case_event'")).scalar_one()
    start = sql.index(CHECK)
    end = sql.index(")", start)
    text = sql[:start] + _changed(sql[start:end], "'release'", allowed) + sql[end:]
    version = connection.execute(sa.text("PRAGMA schema_version")).scalar_one()
    op.execute("PRAGMA writable_schema = ON")
    connection.execute(sa.text("UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = 'case_event'").bindparams(sql=text))
    op.execute(f"PRAGMA schema_version = {version + 1}")
    op.execute("PRAGMA writable_schema = OFF")


def _changed(check: str, last: str, allowed: bool) -> str:
    """The text of the check with the new acts after ``last``, or without them."""
    # PostgreSQL gives a list that was rewritten before in a longer form; a code put inside those brackets would make a row of it
    written = f"({last})::text" if f"({last})::text" in check else last
    more = "".join(f", {written.replace('release', act)}" for act in ACTS)
    return check.replace(written, written + more) if allowed else check.replace(more, "")
