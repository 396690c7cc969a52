"""Tables of suggestion boxes."""

from portal.feedback.boxes.models.boxes import Box, BoxKeyHolder
from portal.feedback.boxes.models.openings import BoxCorrection, BoxOpener, BoxOpening, BoxPosting, BoxReminder, BoxWitness
from portal.feedback.boxes.models.slips import BoxSlip, BoxSlipSeries

__all__ = [
    "Box",
    "BoxCorrection",
    "BoxKeyHolder",
    "BoxOpener",
    "BoxOpening",
    "BoxPosting",
    "BoxReminder",
    "BoxSlip",
    "BoxSlipSeries",
    "BoxWitness",
]
