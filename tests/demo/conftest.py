"""The demonstration as it is loaded on one day, and somebody who looks at it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal.app import create_app
from portal.db import make_engine, unit_of_work
from portal.demo.load import load
from portal.kernel.keyring import Keyring
from portal.settings import DEVELOPMENT_INTEGRITY_KEY, Settings
from portal.web.database import db
from tests.client import PageClient
from tests.conftest import DATA_KEY, NOW

INTEGRITY = Keyring([DEVELOPMENT_INTEGRITY_KEY])


@pytest.fixture(scope="session")
def loaded(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("demonstration") / "portal.sqlite3"
    shutil.copy(sqlite_template, path)
    engine = make_engine(f"sqlite:///{path}")
    with Session(engine, expire_on_commit=False) as session, unit_of_work(session):
        load(session, NOW, Keyring([DATA_KEY]), INTEGRITY)
    engine.dispose()
    return f"sqlite:///{path}"


@pytest.fixture
def demo(loaded: str) -> Iterator[Session]:
    engine = make_engine(loaded)
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def visitor(loaded: str, tmp_path: Path) -> Iterator[PageClient]:
    settings = Settings(
        env="development", database_url=loaded, redis_url=None, files=tmp_path / "files", secret_key="test", data_keys=(DATA_KEY,),
        mail_url="folder:///nowhere", base_url="http://localhost", home_agency="opdc", trusted_proxies=0, limits=True,
    )  # fmt: skip
    app: Flask = create_app(settings)
    app.test_client_class = PageClient
    yield app.test_client()  # type: ignore[misc]
    with app.app_context():
        db.engine.dispose()
