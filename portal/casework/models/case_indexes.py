"""The indexes of the case, each for questions that must cost the same at a million cases as at ten thousand (``docs/benchmarks.md``).

SQLite keeps no statistics: it takes whatever has an equality, and of two the one in the order that is asked for. So each begins with what
narrows its question and goes on in the order of its list; ``db.plans`` says a column so that its index is left alone.
"""

from sqlalchemy import Index, literal_column

#: What decides whether an officer sees a case and which filter counts it: at the end of every index of the queue, so that
#: counting never touches the cases.
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
#: The order of the lists behind figures, and what tells late cases, so that those not yet due are passed without touching them.
_NEWEST_JUDGED = ("received_at", "id", "answered_in_time", "is_open", "first_due_on")
#: What narrows these lists, and what tells one rare figure from another.
_RARE_BY = ("fiscal_year", "received_at", "id", "counted", "agency_id", "status", "upheld_at", "kind", "channel", "unit_id")
#: What tells which accepted opinions wait for an improvement.
_ACCEPTED_BY = ("closed_at", "id", "agency_id", "counted", "status", "disposition")


def _covering(*columns: str) -> tuple[str, ...]:
    return (*columns, *(column for column in _COUNTED_BY if column not in columns))


def _of_those(name: str, where: str, *columns: str) -> Index:
    """Over some cases only. A flag stands in ``where`` and never first: SQLite would take any equality for the best way in."""
    on_sqlite = " AND ".join(f"{part} = 1" if part.isidentifier() else part for part in where.split(" AND "))
    return Index(name, *columns, sqlite_where=literal_column(on_sqlite), postgresql_where=literal_column(where))


def _of_open(name: str, *columns: str, also: str = "") -> Index:
    """Over open cases only, so that closed ones cost the queue nothing, however many."""
    return _of_those(name, f"is_open AND {also}" if also else "is_open", *_covering(*columns))


def case_indexes() -> tuple[Index, ...]:
    """New ones, for the one table that has them."""
    return (
        _of_open("ix_case_record_open_agency", "agency_id", "due_on", "id"),
        _of_open("ix_case_record_open_owner", "owner_id", "due_on", "id"),
        _of_open("ix_case_record_open_due", "due_on", "id"),
        # Views of a unit or a topic; who has neither is in none of them, and costs nothing.
        _of_open("ix_case_record_open_unit", "unit_id", "due_on", "id", also="unit_id IS NOT NULL"),
        _of_open("ix_case_record_open_topic", "topic_id", "due_on", "id", also="topic_id IS NOT NULL"),
        # ``is_open`` stands first although it says nothing: an equality is what makes SQLite take the few before all that are open.
        _of_open("ix_case_record_open_escalated", "is_open", "due_on", "id", also="escalation_level > 0"),
        _of_open("ix_case_record_open_pool", "is_open", "due_on", "id", also="pool"),
        # What came and what was answered lately; the time first, so that the queue never takes them.
        Index("ix_case_record_received", "received_at", "agency_id"),
        Index("ix_case_record_answered", "answered_at", "agency_id"),
        Index("ix_case_record_status_due", *_covering("status", "due_on", "id")),
        # The lists behind figures, the newest receipt first: each begins with what narrows it.
        _of_those("ix_case_record_year", "counted", "fiscal_year", *_NEWEST_JUDGED),
        _of_those("ix_case_record_figures", "counted", "agency_id", "fiscal_year", *_NEWEST_JUDGED),
        _of_those("ix_case_record_channel", "counted", "agency_id", "fiscal_year", "channel", *_NEWEST_JUDGED),
        Index("ix_case_record_province", "province", "fiscal_year", "received_at"),
        Index("ix_case_record_unit_id", "unit_id", "fiscal_year", *_NEWEST_JUDGED),
        Index("ix_case_record_topic_id", "topic_id", "fiscal_year", "received_at"),
        # What is rare: no submission writes into these.
        _of_those("ix_case_record_contested", "escalation_level > 0", *_RARE_BY),
        _of_those("ix_case_record_confirmed", "confirmed_at IS NOT NULL", *_RARE_BY),
        _of_those("ix_case_record_extended", "extensions > 0", *_RARE_BY),
        _of_those("ix_case_record_accepted", "disposition IN ('accepted', 'partly_accepted')", "fiscal_year", *_ACCEPTED_BY),
    )
