"""Tables of privacy."""

from portal.privacy.models.breach import Breach, BreachCase, BreachEvent
from portal.privacy.models.keeping import Hold, LedgerEntry, RetentionRun
from portal.privacy.models.request import PrivacyEvent, PrivacyRequest, PrivacyWords

__all__ = [
    "Breach",
    "BreachCase",
    "BreachEvent",
    "Hold",
    "LedgerEntry",
    "PrivacyEvent",
    "PrivacyRequest",
    "PrivacyWords",
    "RetentionRun",
]
