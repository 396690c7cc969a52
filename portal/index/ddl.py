"""What the databases keep beside ``search_chunk``: an FTS5 table on SQLite, two tsvectors on PostgreSQL.

Called by the migration, and by ``create_all`` through the listeners in ``models``. Both kinds are filled by the
database itself, so a chunk can never stand there without being found.
"""

from sqlalchemy import Connection

#: Marks belong to tokens (M*), or ที่ would be read as ท; private letters too (Co), for the seam of ``tokens``.
TOKENIZER = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"

#: Tables, columns and functions that stand in no model; whoever compares the models with a database passes them by.
UNMODELLED = frozenset(
    {
        *("search_fts", "search_fts_config", "search_fts_data", "search_fts_docsize", "search_fts_idx"),
        *("words_vector", "clusters_vector", "ix_search_chunk_clusters_vector", "ix_search_chunk_words_vector"),
    }
)

_FORGET = "INSERT INTO search_fts(search_fts, rowid, words, clusters) VALUES ('delete', old.id, old.words, old.clusters);"
_LEARN = "INSERT INTO search_fts(rowid, words, clusters) VALUES (new.id, new.words, new.clusters);"

SQLITE_CREATE = (
    f"CREATE VIRTUAL TABLE search_fts USING fts5(words, clusters, content='search_chunk', content_rowid='id', tokenize=\"{TOKENIZER}\")",
    f"CREATE TRIGGER search_chunk_added AFTER INSERT ON search_chunk BEGIN {_LEARN} END",
    f"CREATE TRIGGER search_chunk_removed AFTER DELETE ON search_chunk BEGIN {_FORGET} END",
    f"CREATE TRIGGER search_chunk_changed AFTER UPDATE OF words, clusters ON search_chunk BEGIN {_FORGET} {_LEARN} END",
)
SQLITE_DROP = (
    "DROP TRIGGER IF EXISTS search_chunk_added",
    "DROP TRIGGER IF EXISTS search_chunk_removed",
    "DROP TRIGGER IF EXISTS search_chunk_changed",
    "DROP TABLE IF EXISTS search_fts",
)

# Not to_tsvector: its parser would cut the tokens once more, and differently in each locale.
POSTGRESQL_CREATE = (
    """CREATE OR REPLACE FUNCTION search_vector(tokens text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(string_agg(quote_literal(token) || ':' || least(place, 16383), ' '), '')::tsvector
    FROM unnest(string_to_array(tokens, ' ')) WITH ORDINALITY AS listed(token, place) WHERE token <> ''
    $$""",
    """ALTER TABLE search_chunk
    ADD COLUMN words_vector tsvector GENERATED ALWAYS AS (search_vector(words)) STORED,
    ADD COLUMN clusters_vector tsvector GENERATED ALWAYS AS (search_vector(clusters)) STORED""",
    "CREATE INDEX ix_search_chunk_clusters_vector ON search_chunk USING gin (clusters_vector)",
)
#: For counting words before similar records are looked for; older databases get it from a later migration.
POSTGRESQL_WORDS_INDEX = "CREATE INDEX IF NOT EXISTS ix_search_chunk_words_vector ON search_chunk USING gin (words_vector)"
POSTGRESQL_DROP = (
    "ALTER TABLE search_chunk DROP COLUMN IF EXISTS words_vector, DROP COLUMN IF EXISTS clusters_vector",
    "DROP FUNCTION IF EXISTS search_vector(text)",
)


def create_search_tables(connection: Connection) -> None:
    """Add the full-text side to an existing, empty ``search_chunk``."""
    _run(connection, SQLITE_CREATE if connection.dialect.name == "sqlite" else (*POSTGRESQL_CREATE, POSTGRESQL_WORDS_INDEX))


def drop_search_tables(connection: Connection) -> None:
    """Take the full-text side away; ``search_chunk`` stays."""
    _run(connection, SQLITE_DROP if connection.dialect.name == "sqlite" else POSTGRESQL_DROP)


def _run(connection: Connection, statements: tuple[str, ...]) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement)
