"""Acts before which a person shows once more who they are, even though they are signed in; and those that need no second factor yet.

A view says so under its ``@audience``; the room of people registers a ``Gate`` that knows what a session has shown.
"""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar, cast

from flask import current_app, request
from werkzeug.wrappers import Response

View = TypeVar("View", bound=Callable[..., Any])
GATE = "portal_gate"
#: Fields that carry the proof; they never reach a view, nor a page that shows what was typed.
PROOF_FIELDS = ("step_up_password", "step_up_code", "step_up_passkey")


class Gate(Protocol):
    """What stands before the desk. Each returns the answer to give instead of the view's, or None to go on."""

    def lead_to_second_factor(self) -> Response | None:
        """Send who must set up a second factor there."""

    def ask_again(self) -> Response | None:
        """Ask who it is, or take the proof that came with a form out of it."""


def step_up(view: View) -> View:
    """Ask for the password or the second factor before this view runs, unless that happened a few minutes ago. What was typed is kept."""
    view.step_up = True  # type: ignore[attr-defined]  # read back below
    return view


def before_second_factor(view: View) -> View:
    """This view is open to who must have a second factor and has none yet: it sets one up, or leads out."""
    view.before_second_factor = True  # type: ignore[attr-defined]
    return view


def first_gate() -> Response | None:
    """For every signed-in request, before roles are looked at."""
    return None if _marked("before_second_factor") else _gate().lead_to_second_factor()


def last_gate() -> Response | None:
    """After roles and the form's token."""
    return _gate().ask_again() if _marked("step_up") else None


def _gate() -> Gate:
    return cast(Gate, current_app.extensions[GATE])


def _marked(name: str) -> bool:
    view = current_app.view_functions[request.endpoint or ""]
    return bool(getattr(view, name, False) or getattr(getattr(view, "view_class", None), name, False))
