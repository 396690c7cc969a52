"""All searches over one text, joined."""

from collections.abc import Iterable, Iterator

from portal.kernel.redaction import houses, names, numbers, plates
from portal.kernel.redaction.flat import flat
from portal.kernel.redaction.marks import Proposal, Reason, join_overlapping


def propose(text: str, known: Iterable[str] = ()) -> list[Proposal]:
    """What an officer should be asked about, sorted and without overlap.

    ``known`` are names that must not show, such as the sender's own, with or without title; their parts count too.
    """
    found = (Proposal(start, end, text[start:end], reason) for reason, start, end in _search(flat(text), known))
    return join_overlapping(text, found)


def _search(text: str, known: Iterable[str]) -> Iterator[tuple[Reason, int, int]]:
    searches = {
        Reason.IDENTITY_NUMBER: numbers.identity_numbers(text),
        Reason.TELEPHONE: numbers.telephones(text),
        Reason.EMAIL: numbers.emails(text),
        Reason.HOUSE_NUMBER: houses.house_numbers(text),
        Reason.PLATE: plates.plates(text),
        Reason.PERSONAL_NAME: [*names.titled_names(text), *names.known_names(text, known)],
    }
    for reason, spans in searches.items():
        for start, end in spans:
            yield reason, start, end
