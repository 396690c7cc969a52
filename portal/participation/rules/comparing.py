"""A new edition of a scale against the one that holds: who would move. Nothing is stored."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from portal.kernel.evidence import Subject
from portal.participation.rules.computing import compute
from portal.participation.rules.dossier import Dossier
from portal.participation.rules.results import ScaleResult
from portal.participation.rules.scales import Scale


@dataclass(frozen=True)
class Move:
    """An agency whose level, one way or the other, would be another one."""

    subject: Subject
    now: ScaleResult
    new: ScaleResult


def compare(scale_now: Scale, scale_new: Scale, dossiers: Iterable[Dossier]) -> Iterator[Move]:
    """Those who would move, as they are computed; dossiers may be a stream."""
    for dossier in dossiers:
        now, new = compute(scale_now, dossier), compute(scale_new, dossier)
        if (now.level, now.source_level, now.reached) != (new.level, new.source_level, new.reached):
            yield Move(dossier.subject, now, new)
