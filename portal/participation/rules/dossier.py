"""The dossier (แฟ้มหลักฐาน) of an agency and a fiscal year: everything that the levels are computed from.

Public; the downloaded file holds it whole.
"""

from datetime import date

from msgspec import Struct

from portal.kernel.evidence import AnyFact, LegalList, Subject


class Ruling(Struct, frozen=True, kw_only=True):
    """What an assessor said of one fact: accepted although it is late or doubtful, or refused; the last one counts."""

    kind: str
    key: str
    accepted: bool
    reason: str
    on: date
    by: str = ""  # the assessor's name, as it is published


class Dossier(Struct, frozen=True, kw_only=True):
    """Subject, lists, facts, rulings. ``frozen_on`` is the last day on which something could be entered; None while the year is open."""

    subject: Subject
    lists: tuple[LegalList, ...] = ()
    facts: tuple[AnyFact, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    frozen_on: date | None = None
