"""The reporter's message: its cookie, its form's token, its files, one transaction; or the page again, nothing lost."""

from flask import redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.casework.errors import KeyReused
from portal.corruption import queries, sending, service
from portal.corruption.forms import MessageForm
from portal.corruption.models import CorruptionReport
from portal.corruption.sealing import details_of
from portal.corruption.service import Handed
from portal.corruption.views.blueprint import bp
from portal.corruption.views.report import held_report, page, salt_of
from portal.db import unit_of_work
from portal.files.service import Received
from portal.kernel.errors import Invalid, NotAllowed, NotFound
from portal.kernel.messages import N_, Message
from portal.web import form_token, held
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.form_token import FormToken, Freshness
from portal.web.forms import say
from portal.web.runtime import runtime
from portal.web.sending import Sent, in_memory

OVER = Message(N_("The 30 minutes of this page are over, so this was not sent. Open your report again with the code and send it once more"))
OTHER = N_(
    "We could not recognise this page, perhaps another report was opened after it. Look whether your words belong here, then send once more"
)
REUSED = N_("This form was already sent with other words; please look it over and send these once more")
Answer = Response | tuple[str, int]


@bp.post("/feedback/corruption/report/message")
@audience(Audience.CITIZEN)
@in_memory
def message() -> Answer:
    """Answer the collectors, or add something."""
    sent, found = sending.read(), held_report()
    if found is None:
        return _over(sent)
    key, form = found.key, MessageForm(sent.fields)
    token = form_token.read(runtime().settings.secret_key, sent.fields.get("form_token", ""), now(), salt_of(found))
    handed, problems = sending.receive(sent, token)
    form.files.errors = [say(problem) for problem in problems]
    if form.errors:
        return _again(found, form, token, handed), 413 if sent.too_large else 422
    if token.freshness is Freshness.UNKNOWN:
        return _again(found, form, token, handed, _(OTHER)), 409
    try:
        _say(key, form, token, handed)
    except Invalid as invalid:
        form.errors_from(invalid)
        return _again(found, form, token, handed), 422
    except KeyReused:
        fresh = form_token.fresh()
        anew = Handed(form_token.files_key(runtime().integrity, fresh), handed.received)
        return _again(found, form, fresh, anew, _(REUSED)), 409
    response = redirect(url_for("corruption.report", done="sent"), 303)
    held.put(response, runtime().integrity, held.CASE, key)
    return response


def _say(key: str, form: MessageForm, token: FormToken, handed: Handed) -> None:
    with unit_of_work(db.session) as session:
        found = queries.by_key(session, key, lock=True)
        if found is None:
            raise NotFound
        service.reporter_says(session, now(), runtime().integrity, found, form.body.data or "", token.id, handed)


def _over(sent: Sent) -> Answer:
    """Words are shown to be copied; where nothing was typed the way back is enough."""
    if sent.fields.get("body", "").strip():
        raise NotAllowed(OVER)
    return redirect(url_for("corruption.track", over=1), 303)


def _again(found: CorruptionReport, form: MessageForm, token: FormToken, handed: Handed, sentence: str | None = None) -> str:
    waiting: list[Received] = []
    if handed.received or handed.kept:
        with unit_of_work(db.session) as session:
            rows = service.wait(session, now(), runtime().integrity, handed)
            waiting = [details_of(runtime().integrity, row) for row in rows]
    return page(found, form, token, waiting=waiting, sentence=sentence)
