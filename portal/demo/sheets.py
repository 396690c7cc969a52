"""One export of Google Forms, brought in by the coordinator through the services, as on the page."""

import csv
import io
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.agencies.models import Agency
from portal.demo.reading import read as content
from portal.feedback.sheets import service
from portal.feedback.sheets.fitting import with_guesses
from portal.feedback.sheets.known import recognised
from portal.feedback.sheets.looking import judged
from portal.feedback.sheets.reading.text import read_text
from portal.feedback.sheets.rules import file_name
from portal.kernel.keyring import Keyring
from portal.kernel.thai_calendar import BANGKOK, BUDDHIST_OFFSET

COORDINATOR = "coordinator@demo.example"


def load_sheets(session: Session, now: datetime, keyring: Keyring, agencies: Mapping[str, Agency], people: Mapping[str, User]) -> None:
    """Inside the unit of work of the demonstration."""
    actor = accounts.actor_for(session, people[COORDINATOR])
    for entry in content("import"):
        data, agency = _file(entry, now), agencies[entry["agency"]]
        book, named = read_text(data), file_name(entry["file"], data)
        found = recognised(book, 0)
        assert found, "the export is one of Google Forms"
        plan = with_guesses(found[1], book)
        made = service.ready(session, actor, now, keyring, agency, named, plan, judged(session, now, agency, book.sheets[0], plan))
        service.keep_profile(session, actor, now, agency, entry["profile"], plan)
        service.import_rows(session, actor, now, agency, made, entry["profile"])


def _file(entry: Mapping[str, Any], now: datetime) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(entry["headings"])
    for row in entry["rows"]:
        day = (now - timedelta(days=row["days"])).astimezone(BANGKOK)
        writer.writerow([f"{day.day}/{day.month}/{day.year + BUDDHIST_OFFSET}, {row['time']}", *row["cells"]])
    return out.getvalue().encode()
