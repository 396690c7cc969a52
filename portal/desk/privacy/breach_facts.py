"""What was typed about a breach, read: days and times of Bangkok, the account by its address."""

import re
from datetime import datetime, time

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import BANGKOK
from portal.kernel.thai_text import fold_digits
from portal.kernel.written_day import read_day
from portal.privacy.forms import BreachForm
from portal.privacy.rules import BreachSource
from portal.privacy.service import BreachFacts
from portal.web.database import db

_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
NO_TIME = N_("Write a time such as 16:30")


def facts_of(form: BreachForm) -> BreachFacts:
    """What was typed, read; raises ``Invalid`` for every field at fault."""
    wrong: dict[str, list[Message]] = {}
    begins = _moment(wrong, form, "begins", time(0, 0))
    ends = _moment(wrong, form, "ends", time(23, 59))
    known = _moment(wrong, form, "known", None)
    if form.source.data not in list(BreachSource):
        wrong["source"] = [Message(N_("Choose what could be used"))]
    if wrong or not (begins and ends and known):
        raise Invalid(wrong)
    source = BreachSource(form.source.data)
    return BreachFacts(source, begins, ends, known, form.words.data or "", _account(form) if source is BreachSource.ACCOUNT else None)


def _moment(wrong: dict[str, list[Message]], form: BreachForm, name: str, otherwise: time | None) -> datetime | None:
    day = read_day(form[f"{name}_on"].data or "")
    typed = fold_digits(form[f"{name}_time"].data or "").strip()
    found = _TIME.fullmatch(typed)
    clock = time(int(found[1]), int(found[2])) if found else otherwise if not typed else None
    if day is None:
        wrong[f"{name}_on"] = [Message(N_("Write a real date"))]
    if clock is None:
        wrong[f"{name}_time"] = [Message(NO_TIME)]
    return datetime.combine(day, clock, tzinfo=BANGKOK) if day and clock else None


def _account(form: BreachForm) -> User:
    user = accounts.by_email(db.session, form.account.data or "")
    if user is None:
        raise Invalid({"account": [Message(N_("Nobody has this address"))]})
    return user


def onto_fields(form: BreachForm, invalid: Invalid) -> None:
    """A service speaks of moments, the form has a day and a time."""
    moments = {"begins_at": "begins_on", "ends_at": "ends_on", "known_at": "known_on"}
    form.errors_from(Invalid({moments.get(name, name): messages for name, messages in invalid.fields.items()}))
