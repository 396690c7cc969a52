"""Ready replies on the page of a case: offered beside the answer, put under what was typed already (``docs/rules/templates.md``)."""

from collections.abc import Sequence

from flask_babel import force_locale, gettext
from wtforms.fields import SelectChoice

from portal.accounts.queries import by_ids
from portal.casework.forms import ReplyForm
from portal.casework.models import Case, ReadyReply
from portal.casework.wording import queries
from portal.casework.wording.rules import Field, fill
from portal.kernel.thai_calendar import format_date, office_day
from portal.kernel.thai_text import pick
from portal.web.actor import current_actor
from portal.web.database import db
from portal.web.language import language


def choices(case: Case) -> list[SelectChoice]:
    """What may start an answer to this case, by name in the officer's language."""
    rows = queries.offered_for(db.session, case)
    return [SelectChoice(value=row.key, label=pick(language(), row.name_th, row.name_en)) for row in rows]


def put_in(form: ReplyForm, case: Case) -> bool:
    """Put the chosen reply under what was typed; False, with an error on its field, where none was chosen that is offered still."""
    chosen = next((row for row in queries.offered_for(db.session, case) if row.key == form.ready.data), None)
    if chosen is None:
        form.ready.errors = [gettext("Choose a ready reply from the list")]
        return False
    parts: Sequence[str] = [form.text("body"), filled_in(chosen, case)]
    form.body.data, form.ready.data = "\n\n".join(part for part in parts if part), ""
    return True


def filled_in(row: ReadyReply, case: Case) -> str:
    """The words of a ready reply for this case, in the language of the case."""
    spoken = case.language if row.text_en else "th"
    user_id = current_actor().user_id
    officer = by_ids(db.session, [user_id])[user_id] if user_id is not None else None
    with force_locale(spoken):
        values = {
            Field.CASE_NUMBER: case.number,
            Field.KIND: gettext(case.kind.label),
            Field.AGENCY: pick(spoken, case.agency.name_th, case.agency.name_en),
            Field.RECEIVED_ON: format_date(office_day(case.received_at), spoken),
            Field.DUE_ON: format_date(case.due_on, spoken),
            Field.OFFICER: pick(spoken, officer.name_th, officer.name_en) if officer else "",
        }
        return fill(row.text_en if spoken == "en" else row.text_th, {field.value: value for field, value in values.items()})
