"""What all the apps and engines of a test process compile but once: templates, addresses, statements, catalogues.

Each test has an app and a database of its own; nearly all that making them costs is compiling the same things again.
"""

from functools import cache
from pathlib import Path
from typing import Any

from babel.support import Translations
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Dialect, Engine, create_engine
from sqlalchemy.pool import Pool, QueuePool
from werkzeug.routing import Map, Rule, RuleFactory
from werkzeug.routing.matcher import StateMachineMatcher

from portal.db import session
from portal.web.assets import StaticFiles


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


#: Apps that differ in their addresses: the portal, and small ones of a test.
KINDS = 4
#: Parts of a rule that are filled when it is put on a map.
FILLED = {"arguments", "_converters", "_parts", "_trace"}


class KnownMap(Map):
    """Addresses of an app. Apps that are given the same ones in the same order share what the first of them made of them."""

    _known: list[tuple[object, StateMachineMatcher, dict[Any, list[Rule]]]] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._asked: list[Rule] = []
        self._wanted: list[dict[str, Any]] = []  # the same as they were when they came: a map changes what it takes
        self._made = 0

    def add(self, rulefactory: RuleFactory) -> None:
        """Nothing is made of it before somebody looks anything up."""
        for rule in rulefactory.get_rules(self):
            self._asked.append(rule)
            self._wanted.append({name: value for name, value in vars(rule).items() if name not in FILLED})
        self._remap = True

    def update(self) -> None:
        """Werkzeug calls this before it looks anything up."""
        if self._made < len(self._asked):
            self._make()
            self._made = len(self._asked)
        super().update()

    def _make(self) -> None:
        key = (self.converters, self.host_matching, self._wanted)
        for known, matcher, rules in self._known:
            if known == key:
                self._matcher, self._rules_by_endpoint = matcher, rules
                return
        self._matcher, self._rules_by_endpoint = StateMachineMatcher(self.merge_slashes), {}
        for rule in self._asked:
            rule.map = None  # type: ignore[assignment]  # it may be on one that is shared
            super().add(rule)
        if len(self._known) < KINDS:
            self._known.append((key, self._matcher, self._rules_by_endpoint))


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


_static: dict[Path, dict[str, Any]] = {}
_look_at_files = StaticFiles.__init__


def _static_files(self: StaticFiles, application: Any, root: Path) -> None:
    """The files under ``/static/`` are looked at once."""
    if root not in _static:
        _look_at_files(self, application, root)
        _static[root] = vars(self)
    vars(self).update(_static[root], application=application)


def keep_what_is_compiled() -> None:
    """From now on, in this process."""
    StaticFiles.__init__ = _static_files  # type: ignore[method-assign]
    Flask.url_map_class = KnownMap
    Translations.load = classmethod(_translations)  # type: ignore[assignment]
    session.create_engine = _make_engine  # type: ignore[attr-defined]
