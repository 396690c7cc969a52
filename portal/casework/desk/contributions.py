"""What was asked of others, and whom one may ask, for the page of a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from wtforms.fields import SelectChoice

from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE
from portal.casework.contributing.forms import AskContributionForm
from portal.casework.contributing.models import Contribution
from portal.casework.contributing.rules import is_late, proposed_day
from portal.casework.desk.choices import named_places, root_among
from portal.casework.models import Case
from portal.kernel.thai_calendar import format_date
from portal.web.language import language

#: A group of a select: its label and choices.
Group = tuple[str, list[SelectChoice]]


@dataclass(frozen=True)
class Part:
    """One request as the page shows it."""

    row: Contribution
    is_late: bool


def parts(case: Case, today: date) -> list[Part]:
    """What was asked of others, newest first."""
    return [Part(row, case.is_open and is_late(row.state, row.due_on, today)) for row in reversed(case.contributions)]


def askable(every: dict[int, Agency], case: Case) -> Sequence[Group]:
    """Units of the agency that holds the case, then other agencies; without the place where it lies."""
    units = [agency for agency in every.values() if root_among(every, agency).id == case.agency_id]
    others = [agency for agency in every.values() if agency.level in ADDRESSABLE and agency.id != case.agency_id]
    groups = (_("Units of this agency"), named_places(units, case)), (_("Other agencies"), named_places(others, case))
    return [(label, [SelectChoice(slug, name) for slug, name in places]) for label, places in groups if places]


def ask_form(case: Case, today: date) -> AskContributionForm:
    """Empty but for the day that is proposed."""
    return AskContributionForm(data={"due": format_date(proposed_day(case.due_on, today), language()), "kind": "opinion"})
