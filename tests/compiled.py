"""What all the apps and engines of a test process compile but once: templates, addresses, statements.

Each test has an app and a database of its own; nearly all that making them costs is compiling the same things again.
"""

from typing import Any

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Dialect, Engine, create_engine
from werkzeug.routing import Rule

from portal.db import session


class Templates(BytecodeCache):
    """Compiling is most of a page's first rendering."""

    def __init__(self) -> None:
        self._codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._codes:
            bucket.bytecode_from_string(self._codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key] = bucket.bytecode_to_string()


TEMPLATES = Templates()


class KnownRule(Rule):
    """An address whose building function is looked up by all that it is made from."""

    _known: dict[object, Any] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Any:
        converters = tuple(type(each) for each in self._converters.values())
        key = (tuple(self._trace), repr(self.defaults), converters, append_unknown)
        if key not in self._known:
            self._known[key] = super()._compile_builder(append_unknown)
        return self._known[key]


_dialects: dict[str, Dialect] = {}
_statements: dict[Any, Any] = {}


def _make_engine(url: Any, **options: Any) -> Engine:
    """An engine that shares its dialect, and with it the compiled statements, with the others of its kind."""
    engine = create_engine(url, **options)
    name = engine.dialect.name
    if name not in _dialects:
        with engine.connect():  # a dialect learns at the first connection what it talks to
            _dialects[name] = engine.dialect
        engine.dispose()  # the portal puts its rules on connections that it sees being made
    engine.dialect = _dialects[name]
    return engine.execution_options(compiled_cache=_statements)


def keep_what_is_compiled() -> None:
    """From now on, in this process."""
    Flask.url_rule_class = KnownRule
    session.create_engine = _make_engine  # type: ignore[attr-defined]
