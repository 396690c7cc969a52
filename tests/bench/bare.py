"""The limit that the portal is compared with: the least that could be called a page and a submission.

A GET is one indexed query and a Jinja template that gives the same bytes as the portal's page. A POST checks nothing and inserts one
row of the request's size durably (WAL, ``synchronous=FULL``). No framework, no headers but the needed ones.
"""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from jinja2 import Environment, Template

DATABASE = "BENCH_BARE_DATABASE"
START = "<main"
END = "</main>"
local = threading.local()


def keep(database: Path, name: str, page: bytes) -> None:
    """Let the bare server answer ``/<name>`` with these bytes: what stands in ``main`` is the record, the rest the template."""
    text = page.decode()
    before, middle, after = parts(text)
    template = "{% raw %}" + before + "{% endraw %}{{ body }}{% raw %}" + after + "{% endraw %}"
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS page (id INTEGER PRIMARY KEY, name TEXT UNIQUE, template TEXT, body TEXT)")
        connection.execute("INSERT INTO page (name, template, body) VALUES (?, ?, ?)", (name, template, middle))
    connection.close()


def parts(text: str) -> tuple[str, str, str]:
    """Text before, in and after ``main``; of what is no page everything is the middle."""
    if START not in text or END not in text:
        return "", text, ""
    start = text.index(">", text.index(START)) + 1
    end = text.index(END, start)
    return text[:start], text[start:end], text[end:]


def open_database() -> sqlite3.Connection:
    """This thread's connection, with the portal's settings."""
    if not hasattr(local, "connection"):
        local.connection = sqlite3.connect(os.environ[DATABASE], timeout=5, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-16000"):
            local.connection.execute(f"PRAGMA {pragma}")
    connection: sqlite3.Connection = local.connection
    return connection


def prepare(database: Path) -> None:
    """The table that POSTs fill."""
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE submission (id INTEGER PRIMARY KEY, at TEXT DEFAULT CURRENT_TIMESTAMP, words BLOB)")
    connection.close()


def create_app() -> Callable[..., Iterable[bytes]]:
    """The WSGI application."""
    environment = Environment(autoescape=False, keep_trailing_newline=True)
    templates: dict[str, Template] = {}
    with sqlite3.connect(os.environ[DATABASE]) as connection:
        for name, text in connection.execute("SELECT name, template FROM page"):
            templates[name] = environment.from_string(text)
    connection.close()

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "POST":
            return insert(environ, start_response)
        name = environ["PATH_INFO"][1:]
        (body,) = open_database().execute("SELECT body FROM page WHERE name = ?", (name,)).fetchone()
        page = templates[name].render(body=body).encode()
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(page)))])
        return [page]

    return app


def insert(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """One row, on the disk before the answer."""
    words = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    connection = open_database()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO submission (words) VALUES (?)", (words,))
    connection.execute("COMMIT")
    start_response("201 Created", [("Content-Type", "text/plain"), ("Content-Length", "3")])
    return [b"ok\n"]
