"""Breaches: the 72 hours, what was reached, the report to print, and what to tell those affected."""

import re
from collections.abc import Collection

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload
from werkzeug.wrappers import Response

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.casework import policy as casework
from portal.casework.models import Case
from portal.db import unit_of_work
from portal.desk.privacy.blueprint import bp
from portal.desk.privacy.breach_facts import facts_of, onto_fields
from portal.kernel.actor import Role
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_, Message
from portal.privacy import policy, service
from portal.privacy.forms import BreachActForm, BreachForm
from portal.privacy.models import Breach, BreachCase
from portal.privacy.register import categories
from portal.privacy.rules import BreachAct, BreachStatus, notice_until
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db
from portal.web.forms import say
from portal.web.step_up import step_up

Answer = Response | str | tuple[str, int]
_ID = re.compile(r"[0-9a-f]{32}")
#: Categories that a sender has to know of; the others say nothing about a person.
SENDERS_OWN = ("case_words", "case_identity", "handed_in_file")
DONE = {"recorded": N_("The breach is written down; the 72 hours run"), "added": N_("It stands in the record")}


@bp.get("/desk/privacy/breaches")
@audience(Audience.DESK, Role.PRIVACY)
@step_up
def breaches() -> str:
    """Newest first."""
    query = select(Breach).where(policy.breaches_of(current_actor())).options(joinedload(Breach.agency))
    page = paginate(db.session, query, [(Breach.id, "desc")], per_page(), request.args.get("cursor"))
    rows = [(one, notice_until(one.known_at)) for one in page.items]
    return render_template("privacy_desk/breaches.html", rows=rows, next_url=next_url(page), at=now(), noindex=True)


@bp.get("/desk/privacy/breaches/new")
@audience(Audience.DESK, Role.PRIVACY)
@step_up
def new_breach() -> str:
    """The form, its last moment filled in with the present one."""
    return _form(BreachForm())


@bp.post("/desk/privacy/breaches/new")
@audience(Audience.DESK, Role.PRIVACY)
@step_up
def record() -> Answer:
    """Write it down and count what it could reach."""
    form = BreachForm(request.form)
    try:
        facts = facts_of(form)
        with unit_of_work(db.session) as session:
            breach = service.record_breach(session, current_actor(), now(), _agency(session), facts)
            public_id = breach.public_id
    except Invalid as invalid:
        onto_fields(form, invalid)
        return _form(form), 422
    return redirect(url_for("privacy_desk.breach", public_id=public_id, done="recorded"), 303)


@bp.get("/desk/privacy/breaches/<public_id>")
@audience(Audience.DESK, Role.PRIVACY)
@step_up
def breach(public_id: str) -> str:
    """The record."""
    done = DONE.get(request.args.get("done", ""))
    return _page(_at_hand(db.session, public_id), BreachActForm(), notice=_(done) if done else "")


@bp.post("/desk/privacy/breaches/<public_id>/act")
@audience(Audience.DESK, Role.PRIVACY)
@step_up
def act_on_breach(public_id: str) -> Answer:
    """Add what was found or done."""
    form = BreachActForm(request.form)
    try:
        if form.act.data not in (BreachAct.NOTE, BreachAct.REPORT, BreachAct.TELL, BreachAct.CLOSE):
            raise Invalid({"act": [Message(N_("Choose what this is"))]})
        with unit_of_work(db.session) as session:
            found = _at_hand(session, public_id)
            service.act_on_breach(
                session, current_actor(), now(), found, BreachAct(form.act.data), form.words.data or "", row_version=form.version
            )
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(_at_hand(db.session, public_id), form), 422
    except Conflict as conflict:
        form.form_errors.append(say(conflict.message))
        return _page(_at_hand(db.session, public_id), form), 409
    return redirect(url_for("privacy_desk.breach", public_id=public_id, done="added"), 303)


@bp.get("/desk/privacy/breaches/<public_id>/report")
@audience(Audience.DESK, Role.PRIVACY)
@step_up
def breach_report(public_id: str) -> str:
    """The report form to the office of the Committee, to print and sign, and a text for those affected."""
    found = _at_hand(db.session, public_id)
    return render_template(
        "privacy_desk/breach_report.html",
        one=found,
        until=notice_until(found.known_at),
        kinds=_kinds(found),
        kinds_told=_kinds(found, SENDERS_OWN),
        noindex=True,
    )


def _at_hand(session: Session, public_id: str) -> Breach:
    mine = select(Breach).where(Breach.public_id == public_id, policy.breaches_of(current_actor()))
    found = session.scalar(mine) if _ID.fullmatch(public_id) else None
    if found is None:
        raise NotFound
    return found


def _agency(session: Session) -> Agency:
    """Where the officer answers for the data: the first of their agencies, and what lies below it."""
    own = agencies.by_ids(session, policy.own_agencies(current_actor(), Role.PRIVACY))
    if not own:
        raise NotFound
    return next((one for one in own.values() if one.slug == request.form.get("agency")), min(own.values(), key=lambda one: one.id))


def _form(form: BreachForm) -> str:
    own = agencies.by_ids(db.session, policy.own_agencies(current_actor(), Role.PRIVACY))
    return render_template(
        "privacy_desk/breach_new.html", form=form, agencies=list(own.values()), chosen=request.form.get("agency"), noindex=True
    )


def _page(found: Breach, form: BreachActForm, notice: str = "") -> str:
    query = select(BreachCase).join(Case).where(BreachCase.breach_id == found.id, ~casework.kept_from(current_actor()))
    page = paginate(
        db.session, query.options(joinedload(BreachCase.case)), [(BreachCase.case_id, "asc")], per_page(), request.args.get("cursor")
    )
    return render_template(
        "privacy_desk/breach.html",
        one=found,
        form=form,
        until=notice_until(found.known_at),
        at=now(),
        kinds=_kinds(found),
        cases=page.items,
        next_url=next_url(page) if request.method == "GET" else None,
        is_open=found.status is not BreachStatus.CLOSED,
        notice=notice,
        noindex=True,
    )


def _kinds(found: Breach, only: Collection[str] | None = None) -> list[tuple[str, str]]:
    """Purposes of the categories, Thai and English; the code where the register is not at hand. ``only`` those of some."""
    declared = categories()
    codes = [code for code in found.categories if only is None or code in only]
    return [(one.purpose_th, one.purpose_en) if (one := declared.get(code)) else (code, code) for code in codes]
