"""Shape of the forms; what may stand in a field is decided by ``improvements.entry`` and the service."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from wtforms import FileField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from portal.disclosures.numbers import plain
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import format_date
from portal.kernel.thai_text import pick
from portal.outcomes.improvements.entry import Choices, Entry
from portal.outcomes.improvements.models import Improvement
from portal.outcomes.improvements.rules import ImprovementKind
from portal.web.forms import PortalForm, labelled
from portal.web.language import language


class VersionForm(PortalForm):
    """Carries the version that the person saw."""

    version = HiddenField()

    @property
    def seen(self) -> int:
        """One that never was if the field is damaged."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


class ImprovementForm(VersionForm):
    """Everything that is typed about an improvement."""

    kind = RadioField(N_("What is changed"), choices=labelled(ImprovementKind), validate_choice=False)
    title_th = StringField(N_("What is to be improved, in Thai"))
    title_en = StringField(N_("The same in English (may be empty)"))
    problem_th = TextAreaField(N_("The problem, in Thai"))
    problem_en = TextAreaField(N_("The problem, in English (may be empty)"))
    action_th = TextAreaField(N_("What the agency does, in Thai"))
    action_en = TextAreaField(N_("What the agency does, in English (may be empty)"))
    benefit_th = TextAreaField(N_("Expected benefit to the public, in Thai"))
    benefit_en = TextAreaField(N_("Expected benefit, in English (may be empty)"))
    unit = SelectField(N_("Unit that does it"), choices=list, validate_choice=False)
    owner = SelectField(N_("Person responsible"), choices=list, validate_choice=False)
    budget = StringField(N_("Budget in baht (may be empty)"))
    due_on = StringField(N_("To be done by (may be empty)"))
    measure_th = StringField(N_("What is measured, in Thai"))
    measure_en = StringField(N_("What is measured, in English"))
    unit_of_measure_th = StringField(N_("Unit of measurement, in Thai"))
    unit_of_measure_en = StringField(N_("Unit of measurement, in English"))
    before_value = StringField(N_("Value before"))
    before_on = StringField(N_("Measured on"))
    after_value = StringField(N_("Value after"))
    after_on = StringField(N_("Measured after on"))
    evidence_page = StringField(N_("Published page that shows it"))
    document = FileField(N_("File that shows it"))
    numbers = StringField(N_("Numbers of the cases behind it"))

    def offer(self, choices: Choices) -> None:
        """What can be chosen of the agency."""
        self.unit.choices = [_choice(unit.slug, unit.name_th, unit.name_en) for unit in choices.units]
        people = [_choice(one.public_id, one.name_th, one.name_en) for one in choices.people]
        self.owner.choices = [SelectChoice(value="", label=_("Nobody is named")), *people]

    def entry(self) -> Entry:
        """As it was typed."""
        return Entry(**{name: str(self[name].data or "") for name in Entry.__dataclass_fields__})


def _choice(value: str, name_th: str, name_en: str) -> SelectChoice:
    return SelectChoice(value=value, label=pick(language(), name_th, name_en))


def filled(row: Improvement) -> Mapping[str, Any]:
    """What the form shows of an improvement."""
    names = (
        "title_th", "title_en", "problem_th", "problem_en", "action_th", "action_en", "benefit_th", "benefit_en",
        "measure_th", "measure_en", "unit_of_measure_th", "unit_of_measure_en",
    )  # fmt: skip
    days = {name: format_date(day, "th") if (day := getattr(row, name)) else "" for name in ("due_on", "before_on", "after_on")}
    return {
        **{name: getattr(row, name) for name in names},
        **days,
        **{name: plain(getattr(row, name)) for name in ("budget", "before_value", "after_value")},
        "kind": row.kind.value,
        "unit": row.unit.slug,
        "owner": row.named.public_id if row.named else "",
        "evidence_page": row.evidence_page.slug if row.evidence_page else "",
    }


class StepForm(VersionForm):
    """Words that finishing and giving up ask for."""

    result_th = TextAreaField(N_("What came of it, in Thai"))
    result_en = TextAreaField(N_("What came of it, in English (may be empty)"))
    abandoned_th = TextAreaField(N_("Why it is given up, in Thai"))
    abandoned_en = TextAreaField(N_("Why it is given up, in English (may be empty)"))


class LinkForm(PortalForm):
    """Numbers of cases; the boxes of the page come beside."""

    numbers = StringField(N_("Numbers of the cases behind it"))
