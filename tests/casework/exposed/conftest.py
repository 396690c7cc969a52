"""An office at its desk."""

from tests.desk.conftest import desk

__all__ = ["desk"]
