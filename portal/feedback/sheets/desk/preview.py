"""The cases as they would look, all errors, and the button."""

from dataclasses import replace

from flask import redirect, render_template, request, url_for
from sqlalchemy.exc import IntegrityError
from wtforms import BooleanField, StringField

from portal.agencies.models import Agency
from portal.casework.topics.queries import open_topics
from portal.db import unit_of_work
from portal.feedback.sheets import policy, queries, service
from portal.feedback.sheets.desk.blueprint import Answer, Waiting, bp, waiting
from portal.feedback.sheets.looking import judged, look
from portal.feedback.sheets.plan import Plan, check
from portal.feedback.sheets.reading.days import DayOrder
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_, Message
from portal.kernel.thai_text import pick
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import PortalForm, say
from portal.web.language import language
from portal.web.runtime import runtime

FAULTS_SHOWN = 100
KNOWN_SHOWN = 200


class ImportForm(PortalForm):
    """The last questions."""

    profile = StringField(N_("Keep the meaning of the columns as a profile (name)"))
    acknowledge = BooleanField(N_("Send everybody with an e-mail address the receipt with a code"))


@bp.get("/desk/imports/waiting/<public_id>/preview")
@audience(Audience.DESK, *policy.IMPORTERS)
def preview(public_id: str) -> Answer:
    """Nothing is stored by looking."""
    found = waiting(public_id)
    try:
        check(found.plan, found.names)
    except Invalid:
        return redirect(url_for("sheets.columns", public_id=public_id), 303)
    return _page(found, ImportForm(data={"profile": found.draft.profile_name, "acknowledge": found.plan.acknowledge}))


@bp.post("/desk/imports/waiting/<public_id>/import")
@audience(Audience.DESK, *policy.IMPORTERS)
def import_file(public_id: str) -> Answer:
    """Import it, whole, or say why not. A second press finds what the first has made."""
    if _is_done(public_id):
        return redirect(url_for("sheets.show", public_id=public_id), 303)
    found, form = waiting(public_id), ImportForm(request.form)
    try:
        check(found.plan, found.names)
        _import(found, replace(found.plan, acknowledge=bool(form.acknowledge.data)), (form.profile.data or "").strip())
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(waiting(public_id), form), 422
    except Conflict as conflict:
        form.form_errors.append(say(conflict.message))
        return _page(waiting(public_id), form), 409
    return redirect(url_for("sheets.show", public_id=public_id, done="imported"), 303)


def _import(found: Waiting, plan: Plan, profile: str) -> None:
    """Everything that takes long happens before the unit of work."""
    actor, at, keyring, public_id = current_actor(), now(), runtime().keyring, found.draft.public_id
    agency = found.draft.agency
    judgement = judged(db.session, at, agency, found.sheet, plan)
    ready = service.ready(db.session, actor, at, keyring, agency, found.file, plan, judgement, public_id)
    seen = found.draft.plan_enc
    try:
        with unit_of_work(db.session) as session:
            draft = queries.draft_at_hand(session, current_actor(), public_id, lock=True)
            if draft.plan_enc != seen:
                raise Conflict
            agency = session.get_one(Agency, draft.agency_id)
            if profile:
                service.keep_profile(session, current_actor(), at, agency, profile, plan)
            service.import_rows(session, current_actor(), at, agency, ready, profile)
            service.forget(session, draft)
    except IntegrityError as error:  # only where two databases' transactions met
        raise Conflict(Message(N_("Somebody imported some of these rows meanwhile; look at the preview once more"))) from error


def _is_done(public_id: str) -> bool:
    try:
        queries.import_at_hand(db.session, current_actor(), public_id)
    except NotFound:
        return False
    return True


def _page(found: Waiting, form: ImportForm) -> str:
    agency = found.draft.agency
    seen = look(db.session, now(), runtime().keyring, agency, found.file, found.sheet, found.plan)
    faults = seen.judgement.faults
    topics = {topic.slug: pick(language(), topic.name_th, topic.name_en) for topic in open_topics(db.session, agency.id)}
    return render_template(
        "sheets/preview.html",
        found=found,
        form=form,
        look=seen,
        faults=[(fault, say(fault.message)) for fault in faults[:FAULTS_SHOWN]],
        more_faults=max(len(faults) - FAULTS_SHOWN, 0),
        known_rows=[one.row for one in seen.sorted.known[:KNOWN_SHOWN]],
        topics=topics,
        order=DayOrder,
        agency=pick(language(), agency.name_th, agency.name_en),
        noindex=True,
    )
