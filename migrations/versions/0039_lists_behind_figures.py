"""Indexes of the lists behind figures are in the order of these lists; what few cases have gets indexes of its own.

A flag of two values stands first in none: SQLite would take it for the best way in. Two indexes begin with a constant on purpose, which
leads it to the few cases of the pool and those contested, before all that are open.

Revision ID: 0039
Revises: 0038
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

_COUNTED_BY = (
    "agency_id",
    "owner_id",
    "judge_agency_id",
    "guarded",
    "status",
    "escalation_level",
    "is_open",
    "kind",
    "unit_id",
    "topic_id",
)
_JUDGED = ("received_at", "id", "answered_in_time", "is_open", "first_due_on")
_RARE = ("fiscal_year", "received_at", "id", "counted", "agency_id", "status", "upheld_at", "kind", "channel", "unit_id")
_ESCALATED = ("is_open = 1 AND escalation_level > 0", "is_open AND escalation_level > 0")
_POOL = ("is_open = 1 AND pool = 1", "is_open AND pool")
_COUNTED = ("counted = 1", "counted")
_JUDGED_BEFORE = ("answered_in_time", "days_to_answer", "is_open", "first_due_on")

#: Name, columns, and of which cases it is: on SQLite, on PostgreSQL.
_Index = tuple[str, tuple[str, ...], tuple[str, str] | None]


def _open(*columns: str) -> tuple[str, ...]:
    return (*columns, *(name for name in _COUNTED_BY if name not in columns))


def _open_with(name: str) -> tuple[str, str]:
    return f"is_open = 1 AND {name} IS NOT NULL", f"is_open AND {name} IS NOT NULL"


BEFORE: tuple[_Index, ...] = (
    ("ix_case_record_open_escalated", _open("due_on", "id"), _ESCALATED),
    ("ix_case_record_open_pool", _open("due_on", "id"), _POOL),
    ("ix_case_record_year", ("counted", "fiscal_year", "id"), None),
    ("ix_case_record_figures", ("counted", "fiscal_year", "agency_id", *_JUDGED_BEFORE), None),
    ("ix_case_record_channel", ("counted", "agency_id", "fiscal_year", "channel", *_JUDGED_BEFORE), None),
    ("ix_case_record_province", ("province", "fiscal_year"), None),
    ("ix_case_record_unit_id", ("unit_id",), None),
    ("ix_case_record_topic_id", ("topic_id",), None),
)
AFTER: tuple[_Index, ...] = (
    ("ix_case_record_open_unit", _open("unit_id", "due_on", "id"), _open_with("unit_id")),
    ("ix_case_record_open_topic", _open("topic_id", "due_on", "id"), _open_with("topic_id")),
    ("ix_case_record_open_escalated", _open("is_open", "due_on", "id"), _ESCALATED),
    ("ix_case_record_open_pool", _open("is_open", "due_on", "id"), _POOL),
    ("ix_case_record_year", ("fiscal_year", *_JUDGED), _COUNTED),
    ("ix_case_record_figures", ("agency_id", "fiscal_year", *_JUDGED), _COUNTED),
    ("ix_case_record_channel", ("agency_id", "fiscal_year", "channel", *_JUDGED), _COUNTED),
    ("ix_case_record_province", ("province", "fiscal_year", "received_at"), None),
    ("ix_case_record_unit_id", ("unit_id", "fiscal_year", *_JUDGED), None),
    ("ix_case_record_topic_id", ("topic_id", "fiscal_year", "received_at"), None),
    ("ix_case_record_contested", _RARE, ("escalation_level > 0",) * 2),
    ("ix_case_record_confirmed", _RARE, ("confirmed_at IS NOT NULL",) * 2),
    ("ix_case_record_extended", _RARE, ("extensions > 0",) * 2),
    (
        "ix_case_record_accepted",
        ("fiscal_year", "closed_at", "id", "agency_id", "counted", "status", "disposition"),
        ("disposition IN ('accepted', 'partly_accepted')",) * 2,
    ),
)


def upgrade() -> None:
    _change(BEFORE, AFTER)


def downgrade() -> None:
    _change(AFTER, BEFORE)


def _change(there: tuple[_Index, ...], wanted: tuple[_Index, ...]) -> None:
    for name, _columns, _where in there:
        op.drop_index(name, "case_record")
    for name, columns, where in wanted:
        partial = {"sqlite_where": sa.text(where[0]), "postgresql_where": sa.text(where[1])} if where else {}
        op.create_index(name, "case_record", list(columns), **partial)
