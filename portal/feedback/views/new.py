"""The form: shown, sent, shown again with everything that was typed, or answered with a receipt."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.agencies.home import home_agency
from portal.agencies.models import Agency
from portal.casework import service as casework
from portal.casework.errors import AlreadySubmitted, KeyReused
from portal.casework.routing import Matter
from portal.casework.service.submission import UNSURE
from portal.casework.texts import SUBJECT_MOST, tidy_line
from portal.db import unit_of_work
from portal.feedback import arriving, cookies, limits, sending, service, tokens
from portal.feedback.asking import feedback_form
from portal.feedback.attempt import ASKED_FOR, Attempt, judge
from portal.feedback.forms import FeedbackForm
from portal.feedback.likely import Likely, likely
from portal.feedback.offer import offer
from portal.feedback.preview import Preview, preview
from portal.feedback.service import Handed
from portal.feedback.tokens import FormToken, Freshness
from portal.feedback.views.blueprint import bp
from portal.feedback.views.receipt import FRAME, FROM
from portal.files.models import StoredFile
from portal.files.rules import ACCEPT
from portal.kernel.errors import Invalid, Unavailable
from portal.kernel.messages import N_, Message
from portal.kernel.receipt_code import read_code
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say
from portal.web.language import language
from portal.web.runtime import runtime

#: The button that takes a likely agency.
CHOSEN = "likely"
#: The field of a form that stood in a frame on another site.
FRAMED = "framed"
STALE = {
    Freshness.EXPIRED: N_("This page was open for longer than two hours. Nothing is lost: look it over and press send once more"),
    Freshness.UNKNOWN: N_("We could not recognise this page of the form. Nothing is lost: look it over and press send once more"),
}
REUSED = N_("You have already sent this form with other words. If this is a new matter, send it once more and you will get a new receipt")


@bp.get("/feedback/new")
@audience(Audience.PUBLIC)
def new() -> str:
    """An empty form; ``?agency=``, ``?kind=``, ``?topic=`` and ``?subject=`` fill in four fields."""
    subject = tidy_line(request.args.get("subject", ""))[:SUBJECT_MOST]
    wanted = request.args.get("agency") or _home_slug()
    data = {"agency": wanted, "kind": request.args.get("kind"), "topic": request.args.get("topic"), "subject": subject}
    return _page(feedback_form(db.session, now(), wanted, data=data), tokens.fresh())


@bp.post("/feedback/new")
@audience(Audience.PUBLIC)
def send() -> Response | tuple[str, int]:
    """Files and words are judged; only then, in one transaction, they become a case."""
    sent = sending.read()
    attempt = judge(sent)
    if attempt.form.errors:
        return _again(attempt, 413 if sent.too_large else 422, attempt.first or None)
    if not attempt.token.is_good:
        return _again(attempt, 422, _(STALE[attempt.token.freshness]))
    if attempt.first:
        return _again(attempt, 200, attempt.first)
    if CHOSEN in sent.fields:
        attempt.form.agency.data = sent.fields[CHOSEN]
        return _again(attempt, 200)
    if "preview" in sent.fields:
        form = attempt.form
        return _again(attempt, 200, shown=preview(form.subject.data, form.body.data, form.name.data or ""))
    return _handed_in(attempt, framed=FRAMED in sent.fields)


def _handed_in(attempt: Attempt, *, framed: bool) -> Response | tuple[str, int]:
    submission, session = attempt.form.submission(language()), db.session
    try:
        with unit_of_work(session):
            receipt = service.hand_in(
                session,
                now(),
                runtime().keyring,
                submission,
                _home(),
                attempt.token.id,
                attempt.handed,
                attempt.arrival,
                attempt.page_made_at,
            )
    except Invalid as invalid:
        attempt.form.errors_from(invalid)
        return _again(attempt, 422)
    except KeyReused:
        return _again(_afresh(attempt), 409, _(REUSED))
    except AlreadySubmitted as already:
        words = _("You have already sent this: it is matter %(number)s. Follow it with your tracking code", number=already.case_number)
        return _again(_afresh(attempt), 409, words)
    where: dict[str, Any] = {FROM: FRAME} if framed else {}
    response = redirect(url_for("feedback.receipt", **where), 303)
    cookies.put(response, cookies.RECEIPT, read_code(receipt.code))
    cookies.put(response, cookies.CASE, receipt.case_number)
    return response


def _afresh(attempt: Attempt) -> Attempt:
    """The same words under a new token, with the files that came just now; earlier ones belong to the case that was made."""
    token = tokens.fresh()
    return replace(attempt, token=token, handed=Handed(tokens.files_key(runtime().keyring, token), attempt.handed.received))


def _again(attempt: Attempt, status: int, sentence: str | None = None, shown: Preview | None = None) -> tuple[str, int]:
    """The form with everything that was typed and chosen; its files wait on the disk."""
    waiting: Sequence[StoredFile] = ()
    if attempt.handed.received or attempt.handed.kept:
        with unit_of_work(db.session) as session:
            waiting = service.wait(session, now(), attempt.handed)
    return _page(attempt.form, attempt.token, waiting, sentence, shown), status


def _page(
    form: FeedbackForm, token: FormToken, waiting: Sequence[StoredFile] = (), sentence: str | None = None, shown: Preview | None = None
) -> str:
    offered = offer(db.session, now(), form.agency.data or "", only=request.method == "POST" or "agency" in request.args)
    form.agency.choices, form.kind.choices = offered.agencies, offered.kinds
    form.topic.data = offered.topic(form.topic.data or "", form.agency.data or "")
    return render_template(
        "feedback/new.html",
        form=form,
        topics=offered.topics,
        closed=say(offered.closed) if offered.closed else None,
        files_most=limits.files_most(),
        form_token=tokens.write(runtime().settings.secret_key, token),
        waiting=waiting,
        sentence=sentence,
        shown=shown,
        accept=ACCEPT,
        days=offered.days,
        chosen_agency=offered.chosen,
        read_by=offered.read_by,
        trap=arriving.TRAP,
        proof_bits=arriving.proof_bits(),
        likely=_likely(form) if shown else [],
        chosen=CHOSEN,
        asked_for=ASKED_FOR,
    )


def _likely(form: FeedbackForm) -> list[Likely]:
    """Who may be meant, while the sender is not sure; a point on the map was judged before."""
    if form.agency.data != UNSURE:
        return []
    checked = casework.validate(form.submission(language()), pictured=True)
    return likely(db.session, Matter(f"{checked.subject}\n{checked.body}", checked.place, checked.lat, checked.lon))


def _home_slug() -> str:
    home = home_agency()
    return home.slug if home else ""


def _home() -> Agency:
    home = home_agency()
    if home is None:
        raise Unavailable(Message(N_("This portal has no agency yet that could receive your words; please try again later")))
    return home
