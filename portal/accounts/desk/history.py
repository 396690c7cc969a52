"""The trail of sign-ins in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from portal.accounts.agents import words_of
from portal.accounts.rules import FAILED_ACTS, HISTORY_ACTS, Proof
from portal.audit.models import AuditEntry
from portal.web.forms import say


@dataclass(frozen=True)
class Line:
    """One entry; ``failed`` where somebody did not get in."""

    at: datetime
    what: str
    more: str
    failed: bool


def lines(entries: Sequence[AuditEntry]) -> list[Line]:
    """In the order given."""
    return [Line(entry.at, _(HISTORY_ACTS[entry.act]), _more(entry), entry.act in FAILED_ACTS) for entry in entries]


def _more(entry: AuditEntry) -> str:
    """Kind of browser and proof, where the entry knows them."""
    agent, proof = str(entry.detail.get("agent", "")), entry.detail.get("proof")
    parts = [say(words_of(agent))] if agent else []
    if proof in list(Proof) and proof != Proof.PASSWORD:
        parts.append(_(Proof(proof).label))
    return " · ".join(parts)
