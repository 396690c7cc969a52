"""Reports of corruption of the demonstration, played by a reporter without a name and a collector."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.corruption import service
from portal.corruption.models import CorruptionReport
from portal.corruption.service import Handed
from portal.corruption.statement import Statement
from portal.demo.reading import read
from portal.kernel.actor import Actor
from portal.kernel.keyring import Keyring

COLLECTOR = "collector@demo.example"
HOME = "opdc"
TEXTS = ("agency", "what", "place", "who", "how")
NO_FILES = Handed("")


def load_reports(session: Session, now: datetime, integrity: Keyring, agencies: Mapping[str, Agency], people: Mapping[str, User]) -> None:
    """Hand them in and talk; ``integrity`` is the keyring of reports."""
    collector = accounts.actor_for(session, people[COLLECTOR])
    for place, entry in enumerate(read("reports")):
        moment = now - timedelta(days=entry["days_ago"])
        statement = Statement(**{name: entry[name] for name in TEXTS}, language=entry.get("language", "th"))
        receipt = service.hand_in(session, moment, integrity, statement, agencies[HOME], f"demonstration-{place}", NO_FILES)
        for turn, step in enumerate(entry["steps"]):
            _play(session, moment + timedelta(days=step["after_days"]), integrity, receipt.report, collector, step, f"{place}-{turn}")


def _play(
    session: Session, at: datetime, integrity: Keyring, report: CorruptionReport, collector: Actor, step: Mapping[str, Any], token: str
) -> None:
    version, text = report.row_version, step.get("text", "")
    match step["do"]:
        case "begin":
            service.begin(session, collector, at, integrity, report, row_version=version)
        case "say":
            service.say(session, collector, at, integrity, report, text, NO_FILES, row_version=version)
        case "note":
            service.note(session, collector, at, integrity, report, text, row_version=version)
        case _:
            service.reporter_says(session, at, integrity, report, text, f"demonstration-{token}", NO_FILES)
