"""Which sheet, which row of headings, and what each column means."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from flask import render_template, request
from flask_babel import gettext as _
from wtforms import SelectField, SelectMultipleField
from wtforms.fields import SelectChoice

from portal.db import unit_of_work
from portal.feedback.channels.queries import register_of
from portal.feedback.sheets import policy, queries, service
from portal.feedback.sheets.desk.blueprint import Answer, Waiting, bp, go, waiting
from portal.feedback.sheets.desk.choices import choices_of
from portal.feedback.sheets.fields import FIXED, Field
from portal.feedback.sheets.fitting import fitting
from portal.feedback.sheets.plan import HEAD_MOST, VALUES_MOST, Plan, check, different_values
from portal.feedback.sheets.reading.book import Cell, letter
from portal.feedback.sheets.reading.days import DayOrder
from portal.feedback.sheets.reading.values import text_of
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import excerpt, pick
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.database import db
from portal.web.forms import PortalForm, labelled
from portal.web.language import language
from portal.web.runtime import runtime

FIXED_FRONT = "all_"
SHOWN_ROWS = 5
#: Characters of a heading and of an example beside it.
SHORT = 40


class LookForm(PortalForm):
    """Where the headings stand; the view sets the choices."""

    sheet = SelectField(N_("Sheet"), choices=list, validate_choice=False)
    header_row = SelectField(N_("Row of the headings"), choices=list, validate_choice=False)
    profile = SelectField(N_("Profile"), choices=list, validate_choice=False)


class ColumnsForm(PortalForm):
    """A column for each field, and for some an answer for all rows; the fields are those of ``Field``."""

    day_order = SelectField(N_("Order of the days"), choices=labelled(DayOrder), default=DayOrder.AUTO.value, validate_choice=False)
    also = SelectMultipleField(N_("Columns to add below the details"), choices=list, validate_choice=False)


for _field in Field:
    setattr(ColumnsForm, _field.value, SelectField(_field.label, choices=list, validate_choice=False))
for _field in FIXED:
    setattr(
        ColumnsForm,
        FIXED_FRONT + _field.value,
        SelectField("", choices=list, validate_choice=False),
    )


@bp.get("/desk/imports/waiting/<public_id>/columns")
@audience(Audience.DESK, *policy.IMPORTERS)
def columns(public_id: str) -> str:
    """What is known or guessed, to be put right."""
    found = waiting(public_id)
    return _page(found, ColumnsForm(data=_as_typed(found.plan, found.names)))


@bp.post("/desk/imports/waiting/<public_id>/columns")
@audience(Audience.DESK, *policy.IMPORTERS)
def say_columns(public_id: str) -> Answer:
    """Keep what the columns mean."""
    found = waiting(public_id)
    form = ColumnsForm(request.form)
    plan = _said(form, found)
    try:
        check(plan, found.names)
        matched = _few_enough(found, plan)
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(found, form), 422
    _keep(public_id, plan)
    return go("values" if matched else "preview", found.draft)


@bp.post("/desk/imports/waiting/<public_id>/sheet")
@audience(Audience.DESK, *policy.IMPORTERS)
def choose_sheet(public_id: str) -> Answer:
    """Look at another sheet, at another row of headings, or through another profile."""
    found = waiting(public_id)
    form = LookForm(request.form)
    chosen = _number(form.sheet.data, range(len(found.book.sheets)), found.plan.sheet)
    rows = [number for number, _cells in found.book.sheets[chosen].rows]
    row = _number(form.header_row.data, rows, 0) if chosen == found.plan.sheet else 0
    fit = fitting(db.session, found.draft.agency_id, found.book, chosen, row or None, form.profile.data or "")
    _keep(public_id, fit.plan, fit.name)
    return go("columns", found.draft)


def _said(form: ColumnsForm, found: Waiting) -> Plan:
    """The plan of the form. What nobody can have chosen is left out."""
    names, plan = found.names, found.plan
    columns = {field: names[place] for field in Field if (place := _number(form[field.value].data, range(len(names)), -1)) >= 0}
    fixed = {field: code for field in FIXED if (code := form[FIXED_FRONT + field.value].data or "")}
    also = [names[place] for text in form.also.data or [] if (place := _number(text, range(len(names)), -1)) >= 0]
    order = form.day_order.data if form.day_order.data in list(DayOrder) else DayOrder.AUTO
    kept = {field: values for field, values in plan.values.items() if columns.get(field) == plan.columns.get(field)}
    rest = tuple(name for name in also if name not in columns.values())
    return replace(plan, columns=columns, fixed=fixed, also=rest, day_order=DayOrder(order), values=kept)


def _few_enough(found: Waiting, plan: Plan) -> bool:
    """True if there are values to be matched. Raises ``Invalid`` for a column that has too many to have a meaning."""
    different = different_values(found.sheet, plan)
    text = N_("This column has more than %(most)s different values; choose another, or one answer for all rows")
    wrong = {key.value: [Message(text, {"most": VALUES_MOST})] for key, values in different.items() if len(values) > VALUES_MOST}
    if wrong:
        raise Invalid(wrong)
    return any(different.values())


def _keep(public_id: str, plan: Plan, profile: str | None = None) -> None:
    with unit_of_work(db.session) as session:
        draft = queries.draft_at_hand(session, current_actor(), public_id, lock=True)
        draft.profile_name = draft.profile_name if profile is None else profile
        service.set_plan(session, runtime().keyring, draft, plan)


def _as_typed(plan: Plan, names: Sequence[str]) -> dict[str, object]:
    typed: dict[str, object] = {field.value: str(names.index(name)) for field, name in plan.columns.items() if name in names}
    typed |= {FIXED_FRONT + field.value: code for field, code in plan.fixed.items()}
    return typed | {"also": [str(names.index(name)) for name in plan.also if name in names], "day_order": plan.day_order.value}


def _page(found: Waiting, form: ColumnsForm) -> str:
    names = found.names
    examples = _examples(found, len(names))
    none = SelectChoice(value="", label=_("None"))
    shown = [SelectChoice(value=str(place), label=_short(name, place, examples)) for place, name in enumerate(names)]
    for field in Field:
        form[field.value].choices = [none, *shown]
    form.also.choices = shown
    choices = choices_of(db.session, found.draft.agency_id)
    first = [entry.channel.value for entry in register_of(db.session, found.draft.agency_id)]
    for field in FIXED:
        form[FIXED_FRONT + field.value].label.text = _("%(field)s for all rows, or where nothing stands", field=_(field.label))
        form[FIXED_FRONT + field.value].choices = [none, *_fixed(choices[field], first if field is Field.CHANNEL else [])]
    return render_template(
        "sheets/columns.html",
        found=found,
        form=form,
        look=_look(found),
        field=Field,
        fixed=FIXED_FRONT,
        names=[(letter(place), name) for place, name in enumerate(names)],
        rows=_rows(found, len(names)),
        known=fitting(db.session, found.draft.agency_id, found.book, found.plan.sheet, found.plan.header_row).known,
        agency=pick(language(), found.draft.agency.name_th, found.draft.agency.name_en),
        noindex=True,
    )


def _fixed(choices: Mapping[str, str], first: Sequence[str]) -> list[SelectChoice]:
    """Those of the agency's register before the others."""
    order = sorted(choices, key=lambda code: code not in first)
    return [SelectChoice(value=code, label=choices[code]) for code in order]


def _look(found: Waiting) -> LookForm:
    plan = found.plan
    form = LookForm(data={"sheet": str(plan.sheet), "header_row": str(plan.header_row), "profile": found.draft.profile_name})
    form.sheet.choices = [
        SelectChoice(value=str(place), label=_("%(sheet)s (hidden)", sheet=sheet.name) if sheet.hidden else sheet.name)
        for place, sheet in enumerate(found.book.sheets)
    ]
    heads = found.sheet.rows[:HEAD_MOST]
    form.header_row.choices = [SelectChoice(value=str(number), label=f"{number}: {_joined(cells)}") for number, cells in heads]
    names = [profile.name for profile in queries.profiles_of(db.session, found.draft.agency_id)]
    form.profile.choices = [SelectChoice(value="", label=_("None")), *(SelectChoice(value=name, label=name) for name in names)]
    return form


def _joined(cells: Sequence[Cell]) -> str:
    return excerpt(" · ".join(text for cell in cells if (text := text_of(cell).strip())), 2 * SHORT)


def _examples(found: Waiting, width: int) -> list[str]:
    """The first text of each column."""
    examples = [""] * width
    for number, cells in found.sheet.rows[:HEAD_MOST]:
        if number > found.plan.header_row:
            for place, cell in enumerate(cells[:width]):
                examples[place] = examples[place] or text_of(cell).strip()
    return examples


def _short(name: str, place: int, examples: Sequence[str]) -> str:
    example = f" ({excerpt(examples[place], SHORT)})" if examples[place] else ""
    return f"{letter(place)}: {excerpt(name, SHORT)}{example}"


def _rows(found: Waiting, width: int) -> list[tuple[int, list[str]]]:
    """The first rows below the headings, each cell short."""
    below = [(number, cells) for number, cells in found.sheet.rows if number > found.plan.header_row][:SHOWN_ROWS]
    return [
        (number, [excerpt(text_of(cells[place]), 2 * SHORT) if place < len(cells) else "" for place in range(width)])
        for number, cells in below
    ]


def _number(text: str | None, allowed: Container[int], otherwise: int) -> int:
    """A whole number out of a form, if it is one of those."""
    text = text or ""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else -1
    return number if number in allowed else otherwise
