"""The data register, as far as people read it: which kinds of data there are, why, on what ground, how long."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PATH = Path(__file__).parent.parent.parent / "config/data_register.toml"


@dataclass(frozen=True)
class Category:
    """A kind of data; the purpose is in both languages, ground and period are in English."""

    code: str
    purpose_th: str
    purpose_en: str
    basis: str
    retention: str


@cache
def categories() -> dict[str, Category]:
    """All categories by code; none where the register was not installed beside the portal."""
    if not PATH.exists():
        return {}
    declared = tomllib.loads(PATH.read_text(encoding="utf-8"))["categories"]
    return {code: Category(code, **values) for code, values in declared.items()}
