"""An agency with people who work cases."""

from tests.casework.conftest import office

__all__ = ["office"]
