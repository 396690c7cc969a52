"""What the values of a column mean: each once, with what looks right filled in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import render_template, request
from flask_babel import gettext as _
from wtforms import SelectField
from wtforms.fields import SelectChoice

from portal.db import unit_of_work
from portal.feedback.sheets import policy, queries, service
from portal.feedback.sheets.desk.blueprint import Answer, Waiting, bp, go, waiting
from portal.feedback.sheets.desk.choices import choices_of
from portal.feedback.sheets.fields import NO_TOPIC, Field, guessed_value
from portal.feedback.sheets.plan import VALUES_MOST, different_values
from portal.feedback.sheets.reading.values import folded
from portal.kernel.thai_text import excerpt
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.database import db
from portal.web.forms import PortalForm
from portal.web.runtime import runtime


@dataclass(frozen=True)
class Value:
    """One value of one column: its name in the form, how many rows have it."""

    field: Field
    text: str
    count: int
    name: str


@bp.get("/desk/imports/waiting/<public_id>/values")
@audience(Audience.DESK, *policy.IMPORTERS)
def values(public_id: str) -> Answer:
    """Every value with its guess; straight on where there is nothing to match."""
    found = waiting(public_id)
    every, choices = _values(found), choices_of(db.session, found.draft.agency_id)
    if not every:
        return go("preview", found.draft)
    typed = {
        one.name: found.plan.values.get(one.field, {}).get(folded(one.text)) or guessed_value(one.field, one.text, choices[one.field])
        for one in every
    }
    return _page(found, every, _form(every, choices, typed))


@bp.post("/desk/imports/waiting/<public_id>/values")
@audience(Audience.DESK, *policy.IMPORTERS)
def say_values(public_id: str) -> Answer:
    """Keep what they mean."""
    found = waiting(public_id)
    every, choices = _values(found), choices_of(db.session, found.draft.agency_id)
    form = _form(every, choices, {one.name: request.form.get(one.name, "") for one in every})
    for one in every:
        if form[one.name].data not in {choice.value for choice in form[one.name].choices if choice.value}:
            form[one.name].errors = [_("Choose what this value means")]
    if any(form[one.name].errors for one in every):
        return _page(found, every, form), 422
    said: dict[Field, dict[str, str]] = {}
    for one in every:
        said.setdefault(one.field, {})[folded(one.text)] = form[one.name].data
    with unit_of_work(db.session) as session:
        draft = queries.draft_at_hand(session, current_actor(), public_id, lock=True)
        service.set_plan(session, runtime().keyring, draft, replace(found.plan, values={**found.plan.values, **said}))
    return go("preview", found.draft)


def _values(found: Waiting) -> list[Value]:
    different = different_values(found.sheet, found.plan)
    return [
        Value(field, text, count, f"{field.value}-{place}")
        for field, texts in different.items()
        for place, (text, count) in enumerate(list(texts.items())[:VALUES_MOST])
    ]


def _form(every: list[Value], choices: Mapping[Field, Mapping[str, str]], typed: Mapping[str, str]) -> PortalForm:
    """A select for each value. Its label is a cell, so it is put in when nothing translates it any more."""
    fields = {one.name: SelectField("", choices=list, validate_choice=False) for one in every}
    form: PortalForm = type("ValuesForm", (PortalForm,), fields)(data=dict(typed))
    for one in every:
        field = form[one.name]
        none = {NO_TOPIC: _("No topic")} if one.field is Field.TOPIC else {}
        field.choices = [
            SelectChoice(value="", label=_("Choose")),
            *(SelectChoice(code, label) for code, label in {**choices[one.field], **none}.items()),
        ]
        field.label.text = excerpt(one.text, 80)
    return form


def _page(found: Waiting, every: list[Value], form: PortalForm) -> str:
    groups: dict[Field, list[Value]] = {}
    for one in every:
        groups.setdefault(one.field, []).append(one)
    return render_template("sheets/values.html", found=found, form=form, groups=groups, noindex=True)
