"""What a revision changed, in the reader's language."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from portal.casework.rules import Channel
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import format_date_short
from portal.plans.models import PlanRevision
from portal.plans.rules import Method
from portal.plans.service import PLANNED_COLUMNS
from portal.web.language import language

NAMES = {
    "mission": N_("Mission"),
    "title_th": N_("What is done, in Thai"),
    "method": N_("How people are heard"),
    "groups_th": N_("Whom it aims at, in Thai"),
    "channel": N_("Channel"),
    "about_strategy": N_("About the strategy"),
    "planned_on": N_("Planned for"),
    "budget": N_("Budget in baht"),
    "staff_days": N_("Days of staff"),
    "least_people": N_("Counts from so many answers on"),
}


@dataclass(frozen=True)
class Change:
    """One field before and after."""

    name: str
    before: str
    after: str


def changes_of(revision: PlanRevision) -> list[Change]:
    """What became different; empty for an activity that was added."""
    before, after = revision.before, revision.after
    different = [name for name in PLANNED_COLUMNS if before and before.get(name) != after.get(name)]
    return [Change(_(NAMES[name]), _words(name, before.get(name)), _words(name, after.get(name))) for name in different]


def _words(name: str, value: Any) -> str:
    if value in (None, ""):
        return "–"
    if name == "planned_on":
        return format_date_short(date.fromisoformat(value), language())
    if name == "method":
        return _words_of(Method(value).label)
    if name == "channel":
        return _words_of(Channel(value).label)
    return _words_of(N_("Yes") if value else N_("No")) if isinstance(value, bool) else str(value)


def _words_of(label: str) -> str:
    return str(_(label))
