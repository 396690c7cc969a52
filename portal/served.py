"""The app of a process that serves it to its end, for Granian and other WSGI servers."""

import gc
from typing import Any

from flask import Flask

from portal.app import create_app

#: After so many full collections everything that is made by the first requests (templates, statements) is there.
SETTLED_AFTER = 8


def served_app() -> Flask:
    """``create_app``, and what it is made of is left alone by the collector of garbage, which would look through it again and again."""
    app = create_app()
    set_apart()
    return app


def set_apart() -> None:
    """What is there now, and what is there after each of the next full collections, lives as long as the process.

    Half a million objects take the collector a third of a second, during which a process answers nobody, once in some forty requests.
    """
    left = SETTLED_AFTER

    def settle(phase: str, info: dict[str, Any]) -> None:
        nonlocal left
        if left and phase == "stop" and info["generation"] == 2:
            left -= 1
            gc.freeze()

    gc.collect()
    gc.freeze()
    gc.callbacks.append(settle)
