"""The mailbox that an agency's mail is read from: entered, tried out, switched off. In words: ``docs/rules/mail-in.md``."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.agencies.models import Agency
from portal.casework.options import KINDS_IN_ORDER
from portal.casework.rules import Channel
from portal.db import unit_of_work
from portal.desk.admin.index import ADMINISTRATORS, bp
from portal.desk.admin.whose import Whose, whose
from portal.feedback.channels import queries as channels
from portal.feedback.mail_in import queries as messages
from portal.feedback.mail_in.jobs import post_of
from portal.feedback.mail_in.service.opening import DEFAULT_KIND
from portal.kernel.actor import Role
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.messages import N_
from portal.outbox.mailbox import queries, service
from portal.outbox.mailbox.forms import MailboxForm
from portal.outbox.mailbox.opening import try_out
from portal.outbox.mailbox.rules import Box, checked
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import labelled, say
from portal.web.runtime import runtime
from portal.web.step_up import step_up

Answer = Response | str | tuple[str, int]
DONE = {
    "saved": N_("The mailbox is stored and will be read within a minute"),
    "tried": N_("The mailbox is stored and was tried out"),
    "off": N_("The mailbox is read no more"),
}
#: How many of the newest messages the page names, by fate alone.
SHOWN = 20


@bp.get("/desk/admin/mailbox")
@audience(Audience.DESK, *ADMINISTRATORS)
@step_up
def mailbox() -> str:
    """As it is stored, how the last look went, and the fates of the newest messages; the password is never shown."""
    chosen = whose(portal=False)
    return _page(chosen, _present_form(chosen))


@bp.post("/desk/admin/mailbox")
@audience(Audience.DESK, *ADMINISTRATORS)
@step_up
def mailbox_sent() -> Answer:
    """Store it, and try it out if that button was pressed; or read it no more."""
    chosen, form = whose(portal=False), MailboxForm(request.form)
    if "off" in request.form:
        with unit_of_work(db.session) as session:
            service.switch_off(session, current_actor(), now(), _agency(whose(portal=False)))
        return _back(chosen, "off")
    try:
        box = _entered(form)
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(chosen, form), 422
    except Conflict as conflict:
        # what was typed stays; sent again, it goes over what the other one has saved
        form.form_errors.append(say(conflict.message))
        form.version.data = _present_form(chosen).version.data
        return _page(chosen, form), 409
    if "try" not in request.form:
        return _back(chosen, "saved")
    db.session.rollback()  # nothing is held while we wait for the server
    reached = try_out(box, runtime().settings.mail_authority)
    with unit_of_work(db.session) as session:
        service.note_trial(session, current_actor(), now(), _agency(whose(portal=False)), reached)
    return _back(chosen, "tried")


def _entered(form: MailboxForm) -> Box:
    actor, kind = current_actor(), form.kind.data or ""
    box = checked(form.values, any_port=actor.has_role(Role.SYSTEM_ADMINISTRATOR))
    if kind not in list(KINDS_IN_ORDER):
        raise Invalid({"kind": []})
    with unit_of_work(db.session) as session:
        return service.enter(
            session,
            actor,
            now(),
            runtime().keyring,
            _agency(whose(portal=False)),
            box,
            form.seen,
            takes_plus=bool(form.takes_plus.data),
            kind=kind,
            take_unread=bool(form.take_unread.data),
        )


def _present_form(chosen: Whose) -> MailboxForm:
    row = queries.stored(db.session, chosen.agency_id or 0)
    return MailboxForm.of(row, queries.opened(row, runtime().keyring), DEFAULT_KIND.value)


def _page(chosen: Whose, form: MailboxForm) -> str:
    agency = _agency(chosen)
    row = queries.stored(db.session, agency.id)
    form.kind.choices = labelled(KINDS_IN_ORDER)()
    done = DONE.get(request.args.get("done", "")) if request.method == "GET" else None
    return render_template(
        "desk/admin/mailbox/mailbox.html",
        whose=chosen,
        form=form,
        stored=row,
        is_sealed=bool(row and row.sealed),
        state=queries.state_of(db.session, agency.id),
        by_environment=agency.id in post_of(db.session).boxes,
        described=channels.by_code(db.session, agency.id, Channel.EMAIL.value) is not None,
        waiting=messages.count_waiting_in(db.session, agency.id),
        last=messages.last_taken(db.session, agency.id, SHOWN),
        done=_(done) if done else "",
        noindex=True,
    )


def _agency(chosen: Whose) -> Agency:
    assert chosen.agency
    return chosen.agency


def _back(chosen: Whose, done: str) -> Response:
    return redirect(url_for("admin.mailbox", agency=chosen.slug, done=done), 303)
