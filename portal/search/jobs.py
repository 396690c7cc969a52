"""Handlers that renew the index after an event. Running one twice, or two in the wrong order, does no harm."""

from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from typing import Any

from portal.outbox import service as outbox
from portal.outbox.service import payload_id
from portal.outbox.worker import Handler, JobContext
from portal.search.service import BATCH, refresh
from portal.search.sources import SOURCES, Source

#: Announced when the name of an agency changes.
RENAMED = "agency.renamed"


def handlers(sources: Iterable[Source] = SOURCES) -> dict[str, list[Handler]]:
    """For each event the handlers of the sources that it concerns."""
    found: dict[str, list[Handler]] = defaultdict(list)
    for source in sources:
        for event in source.events:
            found[event].append(partial(index_record, source))
        if source.of_agency is not None:
            found[RENAMED].append(partial(index_agency, source))
    return dict(found)


def index_agency(source: Source, context: JobContext, payload: dict[str, Any]) -> None:
    """The agency has another name, which stands in its records' documents: read them again, some now and the rest in a later job."""
    assert source.of_agency is not None
    agency_id, kind, above = payload_id(payload, "agency_id"), payload.get("kind", source.kind), int(payload.get("above", 0))
    if kind != source.kind:
        return
    ids = source.of_agency(context.session, agency_id, above, BATCH)
    for record_id in ids:
        refresh(context.session, source, record_id)
    if len(ids) == BATCH:
        outbox.announce(context.session, RENAMED, context.now, agency_id=agency_id, kind=source.kind, above=ids[-1])


def index_record(source: Source, context: JobContext, payload: dict[str, Any]) -> None:
    """Read the record of the event again and let the index say what is true now."""
    refresh(context.session, source, payload_id(payload, source.payload_key))
