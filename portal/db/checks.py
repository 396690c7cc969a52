"""For migrations: let the check of a column of codes name more codes, on both databases and without remaking the table."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op


def name_more(table: str, check: str, after: str, codes: Sequence[str], *, allowed: bool) -> None:
    """Name ``codes`` after the code ``after`` in the check, or with ``allowed`` False no longer. Rows that are there stay."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        wanted = sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name").bindparams(name=check)
        # one that was made without looking at the rows says so at its end
        written = str(connection.execute(wanted).scalar_one()).removesuffix(" NOT VALID")
        changed = _changed(written, f"'{after}'::character varying", after, codes, allowed)
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {check}, ADD CONSTRAINT {check} {changed} NOT VALID")
        if allowed:
            op.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT {check}")
        return
    # SQLite cannot alter a check, and remaking the table would lose others. Its documentation gives this way for checks.
    of_table = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name").bindparams(name=table)
    sql = str(connection.execute(of_table).scalar_one())
    start = sql.index(f"{check} ")
    end = sql.index(")", start)
    text = sql[:start] + _changed(sql[start:end], f"'{after}'", after, codes, allowed) + sql[end:]
    version = connection.execute(sa.text("PRAGMA schema_version")).scalar_one()
    op.execute("PRAGMA writable_schema = ON")
    update = sa.text("UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = :name")
    connection.execute(update.bindparams(sql=text, name=table))
    op.execute(f"PRAGMA schema_version = {version + 1}")
    op.execute("PRAGMA writable_schema = OFF")


def _changed(check: str, last: str, after: str, codes: Sequence[str], allowed: bool) -> str:
    # PostgreSQL gives a list that was rewritten before in a longer form; a code put inside those brackets would make a row of it
    written = f"({last})::text" if f"({last})::text" in check else last
    more = "".join(f", {written.replace(after, code)}" for code in codes)
    return check.replace(written, written + more) if allowed else check.replace(more, "")
