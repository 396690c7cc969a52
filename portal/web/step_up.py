"""Acts before which a person shows once more who they are, even though they are signed in.

A view says so under its ``@audience``; whether the session has been confirmed a short time ago is for the room of people.
"""

from collections.abc import Callable
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


def step_up(view: View) -> View:
    """Ask for the password or the second factor before this view runs, unless that happened a few minutes ago. What was typed is kept."""
    view.step_up = True  # type: ignore[attr-defined]  # read back where it is enforced
    return view
