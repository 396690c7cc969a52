"""What every step shares: the page with its progress, and saving what was sent."""

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal.db import unit_of_work
from portal.kernel.errors import Conflict, Invalid
from portal.setup import queries, rules
from portal.setup.access import Entry
from portal.setup.rules import STEPS, Step
from portal.setup.service import Hand, pass_over
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import PortalForm, say

Answer = Response | tuple[str, int]


def show(step: Step, entry: Entry, form: PortalForm | None = None, status: int = 200, **values: Any) -> tuple[str, int]:
    """The page of a step, made for the version that is true now."""
    place = STEPS.index(step)
    row = queries.state(db.session) or entry.state
    page = render_template(
        f"setup/{step.value}.html",
        form=form,
        entry=entry,
        step=step,
        place=place + 1,
        steps=[(one, one.value in row.done, rules.is_open(one, row.done)) for one in STEPS],
        back=url_for(f"setup.{STEPS[place - 1].value}")
        if place and not (row.administrator_id and STEPS[place - 1] is Step.ADMINISTRATOR)
        else None,
        version=row.row_version,
        csrf_token=entry.csrf_token,
        noindex=True,
        **values,
    )
    return page, status


def save(form: PortalForm, write: Callable[[], Any]) -> bool:
    """Write inside a unit of work; False where the form now says what is wrong with it."""
    try:
        with unit_of_work(db.session):
            write()
    except Invalid as invalid:
        form.errors_from(invalid)
    except Conflict as conflict:
        form.form_errors.append(say(conflict.message))
    return not form.errors


def status_of(form: PortalForm) -> int:
    """409 where only another browser stood in the way, else 422."""
    return 409 if form.form_errors and not any(field.errors for field in form) else 422


def go_on(step: Step) -> Response:
    """To the page after this one."""
    return redirect(url_for(f"setup.{rules.next_step(step).value}"), 303)


def passed(step: Step, hand: Hand) -> Response | None:
    """Go on without the step, if that button was pressed."""
    if "pass" not in request.form:
        return None
    with unit_of_work(db.session) as session:
        pass_over(session, now(), hand, step)
    return go_on(step)
