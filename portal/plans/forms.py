"""Forms of the desk: opening a plan, an activity, what happened, what was said, records, approval."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from portal.disclosures.numbers import plain
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import format_date
from portal.kernel.thai_text import pick
from portal.plans.entry import WORDS, Choices, Happened, Planned
from portal.plans.models import PlanActivity
from portal.plans.rules import Method
from portal.plans.service import Reason
from portal.web.forms import PortalForm, labelled
from portal.web.language import language

#: Of a mission as it stands in a list to choose from.
NAME_MOST = 90


class VersionForm(PortalForm):
    """Carries the version that the person saw."""

    version = HiddenField()

    @property
    def seen(self) -> int:
        """One that never was if the field is damaged."""
        return read_version(self.version.data)


def read_version(text: str | None) -> int:
    """A version as a page wrote it; one that never was for anything else."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else -1


class OpenForm(PortalForm):
    """For which agency and fiscal year a plan is opened."""

    agency = SelectField(N_("Agency"), choices=list, validate_choice=False)
    year = SelectField(N_("Fiscal year"), choices=list, validate_choice=False)
    copy = BooleanField(N_("Take over the activities of the year before, a year later"))


class ActivityForm(VersionForm):
    """The planned part."""

    mission = SelectField(N_("Mission"), choices=list, validate_choice=False)
    title_th = StringField(N_("What is done, in Thai"))
    title_en = StringField(N_("Title of the activity in English (may be empty)"))
    method = SelectField(N_("How people are heard"), choices=labelled(Method), validate_choice=False)
    groups_th = StringField(N_("Whom it aims at, in Thai"))
    groups_en = StringField(N_("Whom it aims at, in English (may be empty)"))
    channel = SelectField(N_("Channel of the register"), choices=list, validate_choice=False)
    about_strategy = BooleanField(N_("It is about the strategy of the agency or the province"))
    planned_on = StringField(N_("Planned for"))
    unit = SelectField(N_("Unit that does it"), choices=list, validate_choice=False)
    owner = SelectField(N_("Person responsible"), choices=list, validate_choice=False)
    budget = StringField(N_("Budget in baht (may be empty)"))
    staff_days = StringField(N_("Days of staff (may be empty)"))
    least_people = StringField(N_("Of a survey: it counts from so many answers on"))
    each_quarter = BooleanField(N_("Plan the same in every later quarter as well"))
    reason_th = TextAreaField(N_("Why the plan is changed, in Thai"))
    reason_en = TextAreaField(N_("Why the plan is changed, in English (may be empty)"))

    def offer(self, choices: Choices) -> None:
        """What can be chosen of the agency."""
        self.mission.choices = [_choice(one.code, one.text_th, one.text_en) for one in choices.missions]
        self.unit.choices = [_choice(unit.slug, unit.name_th, unit.name_en) for unit in choices.units]
        people = [_choice(one.public_id, one.name_th, one.name_en) for one in choices.people]
        self.owner.choices = [SelectChoice(value="", label=_("Nobody is named")), *people]
        channels = [SelectChoice(value=one.value, label=_(one.label)) for one in choices.channels]
        self.channel.choices = [SelectChoice(value="", label=_("None of these")), *channels]

    def entry(self) -> Planned:
        """As it was typed."""
        return Planned(**{name: str(self[name].data or "") for name in Planned.__dataclass_fields__})

    def reason(self) -> Reason:
        """Why an approved plan is changed."""
        return Reason(self.reason_th.data or "", self.reason_en.data or "")


class HappenedForm(VersionForm):
    """Days, people, money."""

    notice_on = StringField(N_("Announced on"))
    held_on = StringField(N_("Held on"))
    people = StringField(N_("Participants from outside the state"))
    officers = StringField(N_("Participants who are officers"))
    budget_spent = StringField(N_("Spent, in baht"))
    staff_days_spent = StringField(N_("Days of staff that it took"))

    def entry(self) -> Happened:
        """As it was typed."""
        return Happened(**{name: str(self[name].data or "") for name in Happened.__dataclass_fields__})


class WordsForm(VersionForm):
    """What was said and what came of it."""

    summary_th = TextAreaField(N_("Summary of what was said, in Thai"))
    summary_en = TextAreaField(N_("Summary, in English (may be empty)"))
    issue_th = TextAreaField(N_("1. The issue, in Thai"))
    issue_en = TextAreaField(N_("The issue, in English (may be empty)"))
    participants_th = TextAreaField(N_("2. Who took part, in Thai"))
    participants_en = TextAreaField(N_("Who took part, in English (may be empty)"))
    result_th = TextAreaField(N_("3. The result, in Thai"))
    result_en = TextAreaField(N_("The result, in English (may be empty)"))
    change_th = TextAreaField(N_("4. What the result changed, in Thai"))
    change_en = TextAreaField(N_("What the result changed, in English (may be empty)"))

    def entry(self) -> Mapping[str, str]:
        """As it was typed."""
        return {name: str(self[name].data or "") for name in WORDS}


class CancelForm(VersionForm):
    """Why an activity is cancelled."""

    cancelled_th = TextAreaField(N_("Why it is cancelled, in Thai"))
    cancelled_en = TextAreaField(N_("Why it is cancelled, in English (may be empty)"))

    def reason(self) -> Reason:
        """As it was typed."""
        return Reason(self.cancelled_th.data or "", self.cancelled_en.data or "")


class RecordForm(PortalForm):
    """The address of a record."""

    address = StringField(N_("Address of a public record of this portal"))


class ApprovalForm(VersionForm):
    """Number and day of the document that approves the plan."""

    number = StringField(N_("Number of the document"))
    on = StringField(N_("Approved on"))


class SendBackForm(VersionForm):
    """What is to be changed."""

    why = TextAreaField(N_("What is to be changed"))


def _choice(value: str, name_th: str, name_en: str) -> SelectChoice:
    name = pick(language(), name_th, name_en)
    return SelectChoice(value=value, label=name if len(name) <= NAME_MOST else name[: NAME_MOST - 1] + "…")


def planned_of(row: PlanActivity) -> Mapping[str, Any]:
    """What the form of the planned part shows."""
    names = ("title_th", "title_en", "groups_th", "groups_en", "about_strategy")
    return {
        **{name: getattr(row, name) for name in names},
        **{name: plain(getattr(row, name)) for name in ("budget", "staff_days")},
        "mission": row.mission.code,
        "method": row.method.value,
        "channel": row.channel.value if row.channel else "",
        "planned_on": day_of(row.planned_on),
        "unit": row.unit.slug,
        "owner": row.owner.public_id if row.owner else "",
        "least_people": str(row.least_people or ""),
    }


def happened_of(row: PlanActivity) -> Mapping[str, Any]:
    """What the form of what happened shows."""
    held = row.held_on is not None
    return {
        **{name: day_of(getattr(row, name)) for name in ("notice_on", "held_on")},
        **{name: str(getattr(row, name)) if held else "" for name in ("people", "officers")},
        **{name: plain(getattr(row, name)) for name in ("budget_spent", "staff_days_spent")},
    }


def words_of(row: PlanActivity) -> Mapping[str, Any]:
    """What the form of words shows."""
    return {name: getattr(row, name) for name in WORDS}


def day_of(day: date | None) -> str:
    """A day as the forms write it."""
    return "" if day is None else day.isoformat() if language() == "en" else format_date(day, "th")


def offer_years(form: OpenForm, agencies: Sequence[tuple[str, str]], years: Sequence[int]) -> None:
    """What can be chosen when a plan is opened."""
    form.agency.choices = [SelectChoice(value=slug, label=name) for slug, name in agencies]
    form.year.choices = [SelectChoice(value=str(year), label=str(year)) for year in years]
