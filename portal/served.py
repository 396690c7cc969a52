"""The app of a process that serves it to its end, for Granian and other WSGI servers."""

import gc

from flask import Flask

from portal.app import create_app

#: So many objects are made before the collector looks at the young ones. A page makes some tens of thousands and drops them at its end.
#: Looked at every 700, as Python does by itself, they are still in use, grow old, and cost a look at everything that lives, every ten
#: pages.
YOUNG = 20_000
#: So many looks at the young ones make one at those that survived, and so many of these one at everything. Of what was tried, this
#: paused least.
ELDER, ALL = 5, 100


def served_app() -> Flask:
    """``create_app`` for a process that answers people: the collector of garbage leaves it alone as far as it can."""
    app = create_app()
    spare_pauses()
    return app


def spare_pauses() -> None:
    """What is there now lives as long as the process.

    Half a million objects take the collector a third of a second, during which the process answers nobody.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, ELDER, ALL)
