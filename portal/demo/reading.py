"""Reads the YAML content of the demonstration."""

from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).parent / "content"


def read(name: str) -> list[dict[str, Any]]:
    """The list in ``content/<name>.yaml``."""
    content: list[dict[str, Any]] = yaml.safe_load((CONTENT / f"{name}.yaml").read_text(encoding="utf-8"))
    return content
