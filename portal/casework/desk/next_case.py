"""Where an officer goes after an act: on to the next case of the part of the queue they came from, or back."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from sqlalchemy import tuple_

from portal.casework.desk.asked import read_asked, read_within
from portal.casework.desk.came_from import current_filter, current_within
from portal.casework.desk.told import DONE
from portal.casework.models import Case
from portal.casework.policy import can_see
from portal.casework.queries import by_number, queue
from portal.web.actor import current_actor
from portal.web.clock import now
from portal.web.database import db

_NEXT = "_next"


def wants_next() -> bool:
    """True if the button that was pressed leads on."""
    return request.form.get("then") == "next"


def next_url(number: str, done: str, *, onward: bool) -> str:
    """Address of the next case with the notice of what was done to this one; of the queue if this was the last.

    A case that the officer can no longer see, because it went elsewhere, leads to the queue.
    """
    shown, within = current_filter(), current_within()
    case = by_number(db.session, number)
    following = _after(case) if case is not None and onward else None
    if following is not None:
        return url_for("cases_desk.show", number=following.number, done=f"{done}{_NEXT}", filter=shown, within=within)
    if onward or case is None or not can_see(current_actor(), case):
        args: dict[str, Any] = {**read_within(within or ""), "done": done, "filter": shown}
        return url_for("desk.index", **args)
    return url_for("cases_desk.show", number=number, done=done, filter=shown, within=within)


def done_words(code: str) -> str:
    """What ``?done=`` stands for, in the reader's language; empty for anything else."""
    done = DONE.get(code.removesuffix(_NEXT), "")
    if not done:
        return ""
    told: str = _("%(done)s. This is the next case", done=_(done)) if code.endswith(_NEXT) else _(done)
    return told


def _after(case: Case) -> Case | None:
    """The next one in the order of the queue, from its end on again from the beginning."""
    args = {**read_within(current_within() or ""), "filter": request.values.get("filter", "")}
    asked = read_asked(db.session, current_actor(), args)
    rest = queue(current_actor(), now(), asked.shown, asked.narrowing).where(Case.id != case.id).limit(1)
    later = rest.where(tuple_(Case.due_on, Case.id) > tuple_(case.due_on, case.id))
    return db.session.scalar(later) or db.session.scalar(rest)
