"""Reads the YAML content of the demonstration."""

from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).parent / "content"
#: The one of libyaml where PyYAML was built with it: ten times as quick.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(name: str) -> list[dict[str, Any]]:
    """The list in ``content/<name>.yaml``."""
    content: list[dict[str, Any]] = yaml.load((CONTENT / f"{name}.yaml").read_bytes(), Loader=LOADER)  # noqa: S506 - both are safe loaders
    return content
