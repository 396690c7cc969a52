"""The data register, as far as people read it: which kinds of data there are, why, on what ground, how long."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CONFIG = Path(__file__).parent.parent.parent / "config"
PATH = CONFIG / "data_register.toml"
#: Thai of what the register says in English.
THAI = CONFIG / "policies/register_th.toml"


@dataclass(frozen=True)
class Category:
    """A kind of data; purpose and ground in both languages, the period as the register has it, in English."""

    code: str
    purpose_th: str
    purpose_en: str
    basis: str
    retention: str
    basis_th: str


@cache
def categories() -> dict[str, Category]:
    """All categories by code; none where the register was not installed beside the portal."""
    if not PATH.exists():
        return {}
    declared = tomllib.loads(PATH.read_text(encoding="utf-8"))["categories"]
    thai = tomllib.loads(THAI.read_text(encoding="utf-8")) if THAI.exists() else {}
    return {code: Category(code, **values, basis_th=thai.get(values["basis"], values["basis"])) for code, values in declared.items()}
