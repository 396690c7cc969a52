"""Corners of a page that a room above fills: the template of the lower room names the corner, the registry says who fills it.

    {{ corner("case.public", case) }}

A filler takes what the template hands over and answers with markup, empty where it has nothing to say. So a page of casework can lead to
what came of a case, without casework knowing anything of it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Flask, current_app
from markupsafe import Markup

Filler = Callable[..., str]
CORNERS = "portal_corners"


def init_corners(app: Flask, fillers: Mapping[str, Sequence[Filler]]) -> None:
    """Let templates call ``corner``."""
    app.extensions[CORNERS] = fillers
    app.jinja_env.globals.update(corner=corner)


def corner(name: str, *given: Any, **more: Any) -> Markup:
    """What the rooms above have to say there; nothing in an app without them."""
    fillers: Mapping[str, Sequence[Filler]] = current_app.extensions.get(CORNERS, {})
    return Markup("").join(Markup(filler(*given, **more)) for filler in fillers.get(name, ()))  # noqa: S704 - fillers render templates
