"""What others are doing with a case, and one's own draft, in words."""

from datetime import datetime

from flask_babel import gettext as _
from wtforms.fields import SelectChoice

from portal.casework.desk.history import name_of
from portal.casework.drafts import service as drafts
from portal.casework.forms import CaseForm, NoteForm, ReplyForm
from portal.casework.mentions.service import may_be_told
from portal.casework.models import Case
from portal.casework.presence import service as presence
from portal.kernel.thai_calendar import format_datetime, format_time, office_day
from portal.web.actor import current_actor
from portal.web.clock import now
from portal.web.database import db
from portal.web.language import language


def present_words(case: Case) -> str:
    """Who else is looking, in one line; empty if nobody is."""
    rows = presence.others(db.session, current_actor(), now(), case)
    said = [_("%(name)s is looking at this case since %(time)s", name=name_of(row.user), time=clock(row.since)) for row in rows]
    return " · ".join(said)


def draft_words(case: Case) -> tuple[str, str, str]:
    """One's own draft and since when it is kept, and whose drafts there are beside it."""
    rows = drafts.drafts_of(db.session, case)
    own = next((row for row in rows if row.user_id == current_actor().user_id), None)
    others = [
        _("%(name)s has begun an answer, kept %(time)s", name=name_of(row.user), time=clock(row.saved_at)) for row in rows if row is not own
    ]
    kept = _("Draft kept %(time)s", time=clock(own.saved_at)) if own else ""
    return own.body if own else "", kept, " · ".join(others)


def clock(moment: datetime) -> str:
    """The time of day, with the day where it was another one."""
    code = language()
    return format_time(moment, code) if office_day(moment) == office_day(now()) else format_datetime(moment, code)


def fill_in(case: Case, forms: dict[str, CaseForm], draft: str) -> None:
    """The draft where nothing stands in the answer, and whom a note can tell."""
    if draft and isinstance(reply := forms.get("reply"), ReplyForm) and not reply.body.data:
        reply.body.data = draft
    if isinstance(note := forms.get("note"), NoteForm):
        people = [SelectChoice(value=user.public_id, label=name_of(user)) for user in may_be_told(db.session, current_actor(), case)]
        note.tell.choices = [SelectChoice(value="", label=_("Nobody in particular")), *people]
