"""Which cases were ticked, and what the selects of the form hold for them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import request
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from wtforms.fields import SelectChoice

from portal.casework import policy
from portal.casework.bulk.forms import BulkForm
from portal.casework.bulk.rules import MOST, Plan, What
from portal.casework.bulk.service import Pick
from portal.casework.desk.asked import colleagues
from portal.casework.desk.choices import day_name
from portal.casework.desk.history import name_of
from portal.casework.desk.ready import filled_in
from portal.casework.desk.sorting import day_of
from portal.casework.models import Case, ReadyReply
from portal.casework.snooze.rules import LONGEST
from portal.casework.wording.queries import offered_to
from portal.kernel.thai_calendar import office_day
from portal.kernel.thai_text import pick as in_language
from portal.web.actor import current_actor
from portal.web.clock import now
from portal.web.database import db
from portal.web.language import language

_PICK = re.compile(r"([A-Z0-9-]{1,40})(?::(\d{1,9}))?")


@dataclass(frozen=True)
class Chosen:
    """The cases that were ticked and may be seen, and the version of each that the officer saw."""

    cases: Sequence[Case]
    versions: dict[int, int]
    #: More were ticked than can be done at once.
    too_many: bool = False


def chosen() -> Chosen:
    """From ``case`` (number, and after a colon the version), or with ``all`` from everything that stood ``on_page``."""
    sent = request.form.getlist("on_page" if request.form.get("all") else "case")
    pairs: dict[str, str | None] = {found[1]: found[2] for one in sent if (found := _PICK.fullmatch(one))}
    wanted = list(pairs)[:MOST]
    query = select(Case).where(Case.number.in_(wanted), policy.visible_to(current_actor()))
    rows = {case.number: case for case in db.session.scalars(query.options(joinedload(Case.owner), joinedload(Case.agency)))}
    cases = [rows[number] for number in wanted if number in rows]
    versions = {case.id: int(pairs[case.number] or case.row_version) for case in cases}
    return Chosen(cases, versions, len(pairs) > MOST)


def plan_of(form: BulkForm, what: What) -> Plan:
    """What was filled in. Somebody who is no colleague is nobody whom a case can be given to."""
    user = next((user for user in colleagues(db.session, current_actor()) if user.public_id == form.text("assignee")), None)
    who = user.id if user else current_actor().user_id if not form.text("assignee") else None
    words = {name: form.text(name) for name in ("tags", "result", "disposition", "reason", "proof")}
    return Plan(what, assignee_id=who, until=day_of(form.text("until")), publish=bool(form.publish.data), **words)


def picks_of(found: Chosen, form: BulkForm, what: What) -> list[Pick]:
    """Each case with the ready reply filled in for it; no words where it is not offered there."""
    row = _reply(found, form) if what is What.REPLY else None
    return [Pick(case.number, found.versions[case.id], _words(row, case)) for case in found.cases]


def fill_choices(form: BulkForm, found: Chosen) -> None:
    """What the selects hold."""
    code, today = language(), office_day(now())
    others = [user for user in colleagues(db.session, current_actor()) if user.id != current_actor().user_id]
    form.assignee.choices = [SelectChoice(value="", label=_("Myself")), *(SelectChoice(user.public_id, name_of(user)) for user in others)]
    ahead = [today + timedelta(days=days) for days in range(1, LONGEST.days + 1)]
    form.until.choices = [SelectChoice(value=day.isoformat(), label=day_name(day, today)) for day in ahead]
    rows = offered_to(db.session, {case.agency_id for case in found.cases})
    named = [SelectChoice(value=row.key, label=in_language(code, row.name_th, row.name_en)) for row in rows]
    form.ready.choices = [SelectChoice(value="", label=_("Choose")), *named]


def _reply(found: Chosen, form: BulkForm) -> ReadyReply | None:
    rows = offered_to(db.session, {case.agency_id for case in found.cases})
    return next((row for row in rows if row.key == form.text("ready")), None)


def _words(row: ReadyReply | None, case: Case) -> str:
    fits = row is not None and row.agency_id == case.agency_id and row.kind in (None, case.kind)
    return filled_in(row, case) if row is not None and fits else ""
