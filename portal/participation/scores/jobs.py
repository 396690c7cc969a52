"""What the worker does for the scores."""

from collections.abc import Mapping, Sequence

from portal.outbox.worker import Handler, Timed
from portal.participation.scores import models  # noqa: F401 - its tables are made with all others

HANDLERS: Mapping[str, Sequence[Handler]] = {}
TIMED: Sequence[Timed] = ()
