"""The desk of e-mails that wait: the list, one message, and what is decided about it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from portal.casework import identity
from portal.casework.policy import DECIDERS
from portal.casework.rules import CaseKind
from portal.casework.texts import required
from portal.db import unit_of_work
from portal.feedback.mail_in import many, queries, sealing, service
from portal.feedback.mail_in.forms import ALL, TICKED, AddForm, CaseForm, ManyForm, RefuseForm
from portal.feedback.mail_in.models import MailInMessage
from portal.feedback.mail_in.rules import SILENT, Reason
from portal.feedback.mail_in.sealing import Kept
from portal.feedback.mail_in.service.deciding import REASON_MOST, speaks_for_itself
from portal.feedback.mail_in.service.facts import can_be_written_to
from portal.feedback.mail_in.service.opening import kind_of
from portal.files.serving import send_stored
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import excerpt
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import Key, next_url, paginate, per_page
from portal.web.database import db
from portal.web.forms import PortalForm, say
from portal.web.runtime import runtime

bp = Blueprint("mail_in", __name__)
Answer = BaseResponse | str | tuple[str, int]
SNIPPET = 160  # characters
_ID = re.compile(r"[0-9a-f]{32}")
_OLDEST_FIRST: Sequence[Key] = [(MailInMessage.id, "asc")]
DONE = {
    "case": N_("The e-mail is a case now"),
    "added": N_("The e-mail is added to its case"),
    "refused": N_("Nothing comes of the e-mail; the reason is kept"),
}
NONE_TICKED, NO_VERB = N_("Tick at least one e-mail, or choose all of them"), N_("Choose what is to be done")
KIND_WANTED = Message(N_("Choose what kind of matter it is"))
WHY_WANTED = Message(N_("Write why it is not for us"))


@dataclass(frozen=True)
class Row:
    """One message as the list shows it; the sender is masked everywhere."""

    message: MailInMessage
    sender: str
    subject: str
    snippet: str


@dataclass(frozen=True)
class Forms:
    """The forms of one message; a refused one comes with what was typed."""

    make: CaseForm
    add: AddForm
    refuse: RefuseForm
    refused: PortalForm | None = None


@bp.get("/desk/mail")
@audience(Audience.DESK, *DECIDERS)
def index() -> str:
    """``?reason=`` one reason, ``?cursor=`` pages, ``?done=``, ``?n=`` and ``?passed=`` what was just decided."""
    return _list(ManyForm(data={"which": TICKED}), _reason(request.args.get("reason", "")))


@bp.post("/desk/mail")
@audience(Audience.DESK, *DECIDERS)
def review() -> Answer:
    """Make cases of what is ticked, or of all that is shown, or let nothing come of them."""
    form, act, reason = ManyForm(request.form), request.form.get("act", ""), _reason(request.form.get("reason_shown", ""))
    chosen = many.all_of(db.session, current_actor(), reason) if form.which.data == ALL else many.plausible(request.form.getlist("message"))
    fault = _fault(form, act, chosen)
    if fault is not None:
        return _list(form, reason, ticked=chosen, fault=fault), 422
    verb = many.making_cases(form.kind.data) if act == "case" else many.refusing(form.reason.data)
    done = many.decide(db.session, current_actor(), now(), runtime().keyring, chosen, verb)
    return redirect(url_for("mail_in.index", done=f"many-{act}", n=done.decided, passed=done.passed or None), 303)


@bp.get("/desk/mail/<public_id>")
@audience(Audience.DESK, *DECIDERS)
def show(public_id: str) -> str:
    """The message as plain text, and what can be decided."""
    row = _at_hand(public_id)
    return _message(row, _forms(row))


@bp.get("/desk/mail/<public_id>/files/<file_id>")
@audience(Audience.DESK, *DECIDERS)
def download(public_id: str, file_id: str) -> Response:
    """A cleaned file of a message that waits."""
    for one in _at_hand(public_id).files:
        if one.file.public_id == file_id:
            return send_stored(runtime().store, one.file)
    raise NotFound


@bp.post("/desk/mail/<public_id>/<any(case, add, refuse):verb>")
@audience(Audience.DESK, *DECIDERS)
def decide(public_id: str, verb: str) -> Answer:
    """One message."""
    form: PortalForm = {"case": CaseForm, "add": AddForm, "refuse": RefuseForm}[verb](request.form)
    actor, keyring, number = current_actor(), runtime().keyring, None
    _at_hand(public_id)
    try:
        with unit_of_work(db.session) as session:
            row = queries.at_hand(session, actor, public_id, lock=True)
            if isinstance(form, CaseForm):
                number = service.make_case(session, actor, now(), keyring, row, form.values).number
            elif isinstance(form, AddForm):
                typed = form.number.data or "", form.words.data or ""
                number = service.add_to_case(session, actor, now(), keyring, row, *typed).number
            else:
                service.not_for_us(session, actor, now(), keyring, row, form["reason"].data or "")
    except Invalid as invalid:
        form.errors_from(invalid)
        return _again(public_id, form), 422
    except Conflict as conflict:
        form.form_errors.append(say(conflict.message))
        return _again(public_id, form), 409
    done = {"case": "case", "add": "added", "refuse": "refused"}[verb]
    return redirect(url_for("mail_in.index", done=done, number=number), 303)


def _at_hand(public_id: str) -> MailInMessage:
    if not _ID.fullmatch(public_id):
        raise NotFound
    return queries.at_hand(db.session, current_actor(), public_id)


def _forms(row: MailInMessage) -> Forms:
    kept = sealing.opened(runtime().keyring, row)
    notices = row.reason not in SILENT and can_be_written_to(kept.sender)
    typed = {"kind": kind_of(db.session, row.agency).value, "subject": kept.subject[:200], "notices": notices}
    return Forms(CaseForm(data=typed), AddForm(data={"number": row.case.number if row.case else ""}), RefuseForm())


def _again(public_id: str, form: PortalForm) -> str:
    row = _at_hand(public_id)
    fresh = _forms(row)
    if isinstance(form, CaseForm):
        return _message(row, Forms(form, fresh.add, fresh.refuse, form))
    if isinstance(form, AddForm):
        return _message(row, Forms(fresh.make, form, fresh.refuse, form))
    assert isinstance(form, RefuseForm)
    return _message(row, Forms(fresh.make, fresh.add, form, form))


def _message(row: MailInMessage, forms: Forms) -> str:
    kept = sealing.opened(runtime().keyring, row)
    return render_template(
        "mail_in/show.html",
        message=row,
        kept=kept,
        sender=identity.masked_email(kept.sender),
        speaks=speaks_for_itself(row, kept),
        can_notify=can_be_written_to(kept.sender),
        not_kept=[(one.name, say(one.message)) for one in kept.not_kept],
        forms=forms,
        form=forms.refused,
        noindex=True,
    )


def _reason(typed: str) -> Reason | None:
    return Reason(typed) if typed in list(Reason) else None


def _fault(form: ManyForm, act: str, chosen: Sequence[str]) -> str | None:
    """What is missing, to be said above; empty where it is said at its field; None if nothing is."""
    if act not in ("case", "refuse"):
        return str(_(NO_VERB))
    if not chosen:
        return str(_(NONE_TICKED))
    try:
        if act == "refuse":
            required("reason", form.reason.data or "", WHY_WANTED, REASON_MOST)
        elif form.kind.data not in list(CaseKind):
            raise Invalid({"kind": [KIND_WANTED]})
    except Invalid as invalid:
        form.errors_from(invalid)
        return ""
    return None


def _list(form: ManyForm, reason: Reason | None, *, ticked: Sequence[str] = (), fault: str = "") -> str:
    session, actor = db.session, current_actor()
    page = paginate(session, queries.waiting(actor, reason), _OLDEST_FIRST, per_page(), request.args.get("cursor"))
    reasons = queries.reasons(session, actor)
    found = next((count for one, count in reasons if one is reason), 0) if reason else sum(count for _, count in reasons)
    return render_template(
        "mail_in/index.html",
        form=form,
        rows=[_row(message) for message in page.items],
        reason=reason,
        reasons=reasons,
        found=found,
        all_most=many.ALL_MOST,
        ticked=set(ticked),
        fault=fault,
        done=_done(),
        number=_number(),
        next_url=next_url(page),
        noindex=True,
    )


def _row(message: MailInMessage) -> Row:
    kept: Kept = sealing.opened(runtime().keyring, message)
    return Row(message, identity.masked_email(kept.sender), excerpt(kept.subject, 120), excerpt(kept.text, SNIPPET))


def _number() -> str:
    number = request.args.get("number", "")
    return number if re.fullmatch(r"[A-Z0-9-]{1,40}", number) else ""


def _done() -> str:
    act, count = request.args.get("done", ""), request.args.get("n", 0, type=int)
    passed = request.args.get("passed", 0, type=int)
    told: str = {
        "many-case": _("%(count)s e-mails are cases now", count=count),
        "many-refuse": _("Nothing comes of %(count)s e-mails; the reason is kept", count=count),
        **{name: _(text) for name, text in DONE.items()},
    }.get(act, "")
    if told and passed:
        told = f"{told} · {_('%(count)s were left: decided by somebody else, or a person has to write down what they say', count=passed)}"
    return told
