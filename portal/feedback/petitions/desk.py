"""Officers' pages: what is to be reviewed, which answers are owed, which supports are to be checked."""

import re
from dataclasses import dataclass, field

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from portal.casework import policy
from portal.casework import queries as cases
from portal.casework.service.proposal import redacted
from portal.db import unit_of_work
from portal.feedback.petitions import queries, service
from portal.feedback.petitions.forms import AcceptForm, MergeForm, RefuseForm
from portal.feedback.petitions.models import Petition
from portal.feedback.petitions.queries import TODO_ORDER, Todo
from portal.feedback.petitions.rules import MOVES, Act, days_late
from portal.kernel.actor import CASE_ROLES
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import office_day
from portal.kernel.thai_text import excerpt
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db
from portal.web.forms import PortalForm, say

bp = Blueprint("petitions_desk", __name__)
Answer = Response | str | tuple[str, int]
MERGEABLE_MOST, LABEL_MOST = 100, 80
DONE = {
    "accept": N_("The petition is public and can be supported"),
    "refuse": N_("The petition is not published, and its opener reads why"),
    "merge": N_("It goes on in the other petition, with its supports"),
    "release": N_("The supports count now"),
    "drop": N_("The supports do not count"),
}
#: What is told to who opened it, in the language of the case, for the officer to change.
TOLD = N_(
    "Your petition was reviewed and is public now. People can support it; "
    "with enough support we owe a public answer by a day that its page shows"
)
_SLUG = re.compile(r"[a-z0-9-]{1,40}")


@dataclass
class Forms:
    """The forms of one petition; the one that could not be saved among them."""

    accept: AcceptForm = field(default_factory=AcceptForm)
    refuse: RefuseForm = field(default_factory=RefuseForm)
    merge: MergeForm = field(default_factory=MergeForm)
    failed: str = ""


@bp.get("/desk/petitions")
@audience(Audience.DESK, *CASE_ROLES)
def index() -> str:
    """``?part=`` review, owed or check; soonest due first."""
    part, actor = request.args.get("part", Todo.REVIEW.value), current_actor()
    if part not in list(Todo):
        raise NotFound
    what = Todo(part)
    page = paginate(db.session, queries.todo(actor, what), TODO_ORDER[what], per_page(), request.args.get("cursor"))
    done = DONE.get(request.args.get("done", ""))
    return render_template(
        "petitions_desk/index.html",
        what=what,
        parts=list(Todo),
        counts=queries.counts(db.session, actor),
        most=queries.COUNTED_MOST,
        rows=page.items,
        today=office_day(now()),
        days_late=days_late,
        next_url=next_url(page),
        done=_(done) if done else "",
        noindex=True,
    )


@bp.get("/desk/petitions/<slug>")
@audience(Audience.DESK, *CASE_ROLES)
def show(slug: str) -> str:
    """One petition, with what can be done with it."""
    petition = _at_hand(slug)
    return _page(petition, Forms(accept=_proposed(petition)))


@bp.post("/desk/petitions/<slug>/<any(accept, refuse, merge, release, drop):verb>")
@audience(Audience.DESK, *CASE_ROLES)
def act(slug: str, verb: str) -> Answer:
    """Do it, or show again what was typed."""
    _at_hand(slug)
    form = _FORMS[verb](request.form)
    try:
        with unit_of_work(db.session):
            _do(_locked(slug), verb, form)
    except Invalid as invalid:
        form.errors_from(invalid)
        return _again(slug, verb, form), 422
    except Conflict as conflict:
        form.form_errors.append(say(conflict.message))
        return _again(slug, verb, form), 409
    return redirect(url_for("petitions_desk.index", done=verb, part=Todo.CHECK.value if verb in ("release", "drop") else None), 303)


@bp.get("/desk/petitions/<slug>/<any(accept, refuse, merge, release, drop):verb>")
@audience(Audience.DESK, *CASE_ROLES)
def back(slug: str, verb: str) -> Response:
    """The address of a form, reloaded or opened in the other language: back to the petition."""
    _at_hand(slug)
    return redirect(url_for("petitions_desk.show", slug=slug), 303)


_FORMS: dict[str, type[PortalForm]] = {
    "accept": AcceptForm,
    "refuse": RefuseForm,
    "merge": MergeForm,
    "release": PortalForm,
    "drop": PortalForm,
}


def _do(petition: Petition, verb: str, form: PortalForm) -> None:
    session, actor, moment = db.session, current_actor(), now()
    match form:
        case AcceptForm():
            texts = form.title.data or "", form.text.data or "", form.told.data or ""
            service.accept(session, actor, moment, petition, *texts, row_version=form.seen)
        case RefuseForm():
            service.refuse(session, actor, moment, petition, form.ground.data or "", form.reason.data or "", row_version=form.seen)
        case MergeForm():
            into = _into(form.into.data or "")
            service.merge(session, actor, moment, petition, into, form.reason.data or "", row_version=form.seen)
        case _ if verb == "release":
            service.release_held(session, actor, moment, petition)
        case _:
            service.drop_held(session, actor, moment, petition)


def _at_hand(slug: str) -> Petition:
    """If the officer may see its case; else as if it were not there."""
    petition = queries.by_slug(db.session, slug) if _SLUG.fullmatch(slug) else None
    if petition is None or not policy.can_see(current_actor(), petition.case):
        raise NotFound
    return petition


def _locked(slug: str) -> Petition:
    """Petition before case, in the order in which supports lock them."""
    petition = queries.by_slug(db.session, slug, lock=True)
    if petition is None:
        raise NotFound
    cases.visible(db.session, current_actor(), petition.case.number, lock=True)
    return petition


def _into(slug: str) -> Petition | None:
    return queries.by_slug(db.session, slug, lock=True) if _SLUG.fullmatch(slug) else None


def _proposed(petition: Petition) -> AcceptForm:
    """Personal data closed, as the public text of any case is proposed."""
    case = petition.case
    with force_locale(case.language):
        told = _(TOLD)
    return AcceptForm(data={"title": redacted(case.subject), "text": redacted(case.body), "told": told})


def _again(slug: str, verb: str, form: PortalForm) -> str:
    petition = _at_hand(slug)
    forms = Forms(accept=_proposed(petition), failed=verb)
    if verb in ("accept", "refuse", "merge"):
        setattr(forms, verb, form)
    return _page(petition, forms, form)


def _page(petition: Petition, forms: Forms, failed: PortalForm | None = None) -> str:
    actor, case = current_actor(), petition.case
    works = policy.can_work(actor, case) or policy.can_take(actor, case)
    may = {act.value for act in (Act.ACCEPT, Act.REFUSE, Act.MERGE) if works and petition.state in MOVES[act].sources}
    if not case.is_open:
        may.discard(Act.ACCEPT.value)
    if not policy.can_assign(actor, case):
        may.discard(Act.MERGE.value)
    others = db.session.scalars(queries.mergeable(petition).limit(MERGEABLE_MOST)).all() if Act.MERGE.value in may else []
    forms.merge.into.choices = [SelectChoice("", _("Choose")), *(SelectChoice(one.slug, _label(one)) for one in others)]
    return render_template(
        "petitions_desk/show.html",
        petition=petition,
        case=case,
        forms=forms,
        form=failed,
        may=may if others else may - {Act.MERGE.value},
        works=works,
        found=others,
        events=queries.history(db.session, petition),
        today=office_day(now()),
        days_late=days_late,
        noindex=True,
    )


def _label(petition: Petition) -> str:
    return f"{petition.slug.upper()} {excerpt(petition.title, LABEL_MOST)}"
