"""The data register tells of every column, and of no column that is not there."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from portal import registry  # noqa: F401 - imports every model
from portal.db import Base

PATH = Path(__file__).parent.parent / "config/data_register.toml"


@pytest.fixture(scope="module")
def register() -> dict[str, Any]:
    return tomllib.loads(PATH.read_text(encoding="utf-8"))


def test_every_column_is_declared_and_nothing_else(register: dict[str, Any]) -> None:
    declared = {(table, column) for table, columns in register.items() if table != "categories" for column in columns}
    real = {(table.name, column.name) for table in Base.metadata.tables.values() for column in table.columns}
    assert real - declared == set(), "columns without purpose, basis and retention"
    assert declared - real == set(), "declared columns that do not exist"


def test_every_category_says_purpose_basis_and_retention(register: dict[str, Any]) -> None:
    categories = register["categories"]
    used = {category for table, columns in register.items() if table != "categories" for category in columns.values()}
    assert used <= set(categories)
    for name, category in categories.items():
        assert set(category) == {"purpose_th", "purpose_en", "basis", "retention"}, name
        assert all(category.values()), name
