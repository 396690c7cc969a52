"""What all the apps and engines of a test process compile but once: templates, addresses, statements, catalogues.

Each test has an app and a database of its own; nearly all that making them costs is compiling the same things again.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from babel.support import Translations
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Dialect, Engine, create_engine
from sqlalchemy.pool import Pool, QueuePool
from werkzeug.routing import Rule
from werkzeug.routing.rules import RulePart

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
    """An address whose parts and building function are looked up by all that they are made from."""

    _known: dict[object, Any] = {}
    _parsed: dict[str, tuple[list[RulePart], list[tuple[bool, str]], dict[str, Any]]] = {}

    def _parse_rule(self, rule: str) -> Iterable[RulePart]:
        if rule not in self._parsed:
            parts = list(super()._parse_rule(rule))
            self._parsed[rule] = (parts, self._trace[1:], dict(self._converters))  # the trace begins with the "|" of no domain
            return parts
        parts, trace, converters = self._parsed[rule]
        self._trace.extend(trace)
        self._converters.update(converters)
        self.arguments.update(converters)
        return parts

    def _compile_builder(self, append_unknown: bool = True) -> Any:
        converters = tuple(type(each) for each in self._converters.values())
        key = (tuple(self._trace), repr(self.defaults), converters, append_unknown)
        if key not in self._known:
            self._known[key] = super()._compile_builder(append_unknown)
        return self._known[key]


class KeptPool(QueuePool):
    """Connections that outlive their engine: a new one to PostgreSQL knows none of the tables yet and looks each of them up again."""

    def dispose(self) -> None:
        """They stay."""

    def recreate(self) -> "KeptPool":
        return self


_pools: dict[str, Pool] = {}
_dialects: dict[str, Dialect] = {}
_statements: dict[Any, Any] = {}


def _make_engine(url: Any, **options: Any) -> Engine:
    """An engine that shares its dialect, and with it the compiled statements, with the others of its kind."""
    if str(url).startswith("postgresql"):
        options["poolclass"] = KeptPool
    engine = create_engine(url, **options)
    name = engine.dialect.name
    if name not in _dialects:
        with engine.connect():  # a dialect learns at the first connection what it talks to
            _dialects[name] = engine.dialect
        engine.dispose()  # the portal puts its rules on connections that it sees being made
    engine.dialect = _dialects[name]
    if isinstance(engine.pool, KeptPool):
        engine.pool = _pools.setdefault(str(url), engine.pool)
    return engine.execution_options(compiled_cache=_statements)


_load = Translations.load.__func__  # type: ignore[attr-defined]


@cache
def _catalogue(cls: type[Translations], dirname: str | None, locales: tuple[str, ...], domain: str | None) -> Any:
    return _load(cls, dirname, list(locales), domain)


def _translations(cls: type[Translations], dirname: Any = None, locales: Any = None, domain: Any = None) -> Any:
    """A catalogue is read from its file once; nobody writes into it, what Flask-Babel merges it merges into an empty one."""
    return _catalogue(cls, str(dirname), tuple(str(each) for each in locales), domain)


def keep_what_is_compiled() -> None:
    """From now on, in this process."""
    Flask.url_rule_class = KnownRule
    Translations.load = classmethod(_translations)  # type: ignore[assignment]
    session.create_engine = _make_engine  # type: ignore[attr-defined]
