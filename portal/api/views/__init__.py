"""The calls, by what they are about; importing them puts them on the blueprint."""

from portal.api.views import (
    agencies,
    boxes,
    cases,
    disclosures,
    figures,
    files,
    forms,
    outcomes,
    participation,
    petitions,
    plans,
    receipts,
    submissions,
)

__all__ = [
    "agencies",
    "boxes",
    "cases",
    "disclosures",
    "figures",
    "files",
    "forms",
    "outcomes",
    "participation",
    "petitions",
    "plans",
    "receipts",
    "submissions",
]
