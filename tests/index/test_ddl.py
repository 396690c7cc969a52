"""The full-text side comes and goes with the table, and can be made by a migration."""

from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.orm import Session

from portal.db.session import WRITES
from portal.index import ddl
from tests.index.documents import keys, make_document, put


def test_the_full_text_side_can_be_dropped_and_made_again(engine: Engine) -> None:
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        ddl.drop_search_tables(connection)
        assert not _beside(connection)
        ddl.create_search_tables(connection)
    with Session(engine) as session:
        put(session, make_document("ข้อความ"))
        assert keys(session, "ข้อความ") == ["one"]


def test_everything_beside_the_model_is_declared(engine: Engine) -> None:
    with engine.connect() as connection:
        beside = _beside(connection)
    assert beside
    assert beside <= ddl.UNMODELLED


def _beside(connection: Connection) -> set[str]:
    inspector = inspect(connection)
    tables = {name for name in inspector.get_table_names() if name.startswith("search_fts")}
    return tables | {column["name"] for column in inspector.get_columns("search_chunk") if column["name"].endswith("_vector")}
