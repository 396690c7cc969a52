"""How a row of the trail is sealed: SHA-256 over the seal before it and its own content."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

FIRST = "0" * 64
#: Beginnings of acts whose rows only their own room shows, to those who may know of the object; the seals cover them as all others.
RESERVED = ("corruption.",)


def seal_of(previous: str, content: Mapping[str, Any]) -> str:
    """Hex seal of a row's content (JSON-ready values) that follows the seal ``previous``."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()
