"""Handlers that renew the index after an event. Running one twice, or two in the wrong order, does no harm."""

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from typing import Any

from portal.outbox.service import payload_id
from portal.outbox.worker import Handler, JobContext
from portal.search.service import refresh
from portal.search.sources import SOURCES, Source


def handlers(sources: Iterable[Source] = SOURCES) -> dict[str, list[Handler]]:
    """For each event the handlers of the sources that it concerns."""
    found: dict[str, list[Handler]] = defaultdict(list)
    for source in sources:
        for event in source.events:
            found[event].append(partial(index_record, source))
    return dict(found)


def index_record(source: Source, context: JobContext, payload: dict[str, Any]) -> None:
    """Read the record of the event again and let the index say what is true now."""
    refresh(context.session, source, payload_id(payload, source.payload_key))
