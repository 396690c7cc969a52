"""Officers' pages of improvements: the list, one improvement with its steps and opinions."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.agencies.options import value_of
from portal.db import unit_of_work
from portal.files import service as files
from portal.files.rules import FILE_MOST
from portal.files.service import Received
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_
from portal.outcomes import policy
from portal.outcomes.at_hand import mine
from portal.outcomes.improvements import queries, rules, service
from portal.outcomes.improvements.forms import ImprovementForm, LinkForm, StepForm, filled
from portal.outcomes.improvements.models import Improvement
from portal.outcomes.improvements.views import NEWEST_FIRST
from portal.outcomes.options import CHAIN_DAYS
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db
from portal.web.forms import PortalForm, say
from portal.web.runtime import runtime

bp = Blueprint("improvements_desk", __name__)
Answer = Response | str | tuple[str, int]
#: Accepted opinions that led to nothing yet and are offered for linking.
OFFERED_MOST = 20
DONE = {
    "planned": N_("The improvement is public now; the senders behind it are told"),
    "saved": N_("Saved"),
    "linked": N_("The opinions are linked; their senders are told"),
    "unlinked": N_("The opinion was taken out"),
    "begin": N_("Work has begun; the senders behind it are told"),
    "finish": N_("It is done; the senders behind it are told and asked whether it helped"),
    "abandon": N_("It is given up; the senders behind it are told"),
    "take_up": N_("It is taken up again; the senders behind it are told"),
}


@bp.get("/desk/improvements")
@audience(Audience.DESK, *policy.IMPROVERS)
def index() -> str:
    """Improvements of the actor's agencies, what moved last first."""
    agencies = current_actor().agencies(*policy.IMPROVERS)
    page = paginate(db.session, queries.listed(agencies), NEWEST_FIRST, per_page(), request.args.get("cursor"))
    return render_template(
        "improvements/desk_index.html",
        page=page,
        next_url=next_url(page),
        counts=queries.counts_behind(db.session, [row.id for row in page.items]),
        broken=queries.broken(db.session, now(), int(value_of(db.session, CHAIN_DAYS)), agencies),
        noindex=True,
    )


@bp.get("/desk/improvements/new")
@audience(Audience.DESK, *policy.IMPROVERS)
def new() -> str:
    """An empty form."""
    return _new(ImprovementForm(data={"numbers": request.args.get("case", "")[:40]}))


@bp.post("/desk/improvements/new")
@audience(Audience.DESK, *policy.IMPROVERS)
def plan() -> Answer:
    """Plan one."""
    form = ImprovementForm(request.form)
    try:
        document = _document()
        with unit_of_work(db.session) as session:
            agency = mine(*policy.IMPROVERS).agency
            numbers = form.numbers.data or ""
            slug = service.plan(session, current_actor(), now(), agency, form.entry(), numbers, document).slug
    except Invalid as invalid:
        form.errors_from(invalid)
        return _new(form), 422
    return _to(slug, "planned")


@bp.get("/desk/improvements/<slug>")
@audience(Audience.DESK, *policy.IMPROVERS)
def show(slug: str) -> str:
    """One improvement."""
    return _page(_at_hand(slug))


@bp.post("/desk/improvements/<slug>")
@audience(Audience.DESK, *policy.IMPROVERS)
def edit(slug: str) -> Answer:
    """Other words or figures."""
    form = ImprovementForm(request.form)
    try:
        document = _document()
        with unit_of_work(db.session) as session:
            service.edit(session, current_actor(), now(), _at_hand(slug, lock=True), form.entry(), form.seen, document)
    except (Invalid, Conflict) as refused:
        return _refused(slug, refused, form=form)
    return _to(slug, "saved")


@bp.post("/desk/improvements/<slug>/steps/<verb>")
@audience(Audience.DESK, *policy.IMPROVERS)
def step(slug: str, verb: str) -> Answer:
    """Begin, finish, give up, take up again."""
    form = StepForm(request.form)
    texts = {name: str(form[name].data or "") for name in ("result_th", "result_en", "abandoned_th", "abandoned_en")}
    try:
        with unit_of_work(db.session) as session:
            service.step(session, current_actor(), now(), _at_hand(slug, lock=True), verb, form.seen, texts)
    except (Invalid, Conflict) as refused:
        return _refused(slug, refused, step_form=form)
    return _to(slug, verb)


@bp.post("/desk/improvements/<slug>/opinions")
@audience(Audience.DESK, *policy.IMPROVERS)
def link(slug: str) -> Answer:
    """Put opinions behind it: numbers that were typed, and boxes that were ticked."""
    form = LinkForm(request.form)
    numbers = " ".join([form.numbers.data or "", *request.form.getlist("chosen")])
    try:
        with unit_of_work(db.session) as session:
            service.link(session, current_actor(), now(), _at_hand(slug, lock=True), numbers)
    except (Invalid, Conflict) as refused:
        return _refused(slug, refused, link_form=form)
    return _to(slug, "linked")


@bp.post("/desk/improvements/<slug>/opinions/<number>/remove")
@audience(Audience.DESK, *policy.IMPROVERS)
def unlink(slug: str, number: str) -> Answer:
    """Take one out."""
    try:
        with unit_of_work(db.session) as session:
            service.unlink(session, current_actor(), now(), _at_hand(slug, lock=True), number)
    except Conflict as conflict:
        return _refused(slug, conflict, link_form=LinkForm())
    return _to(slug, "unlinked")


def _to(slug: str, done: str) -> Response:
    return redirect(url_for("improvements_desk.show", slug=slug, done=done), 303)


def _refused(
    slug: str,
    refused: Invalid | Conflict,
    *,
    form: ImprovementForm | None = None,
    step_form: StepForm | None = None,
    link_form: LinkForm | None = None,
) -> tuple[str, int]:
    """The page again; what was typed stays in its form, with the errors there."""
    given: PortalForm = form or step_form or link_form or LinkForm()
    if isinstance(refused, Invalid):
        given.errors_from(refused)
    else:
        given.form_errors.append(say(refused.message))
    page = _page(_at_hand(slug), form=form, step_form=step_form, link_form=link_form, stale=isinstance(refused, Conflict))
    return page, 422 if isinstance(refused, Invalid) else 409


def _at_hand(slug: str, *, lock: bool = False) -> Improvement:
    row = queries.for_desk(db.session, current_actor(), slug, lock=lock)
    if row is None:
        raise NotFound
    return row


def _document() -> Received | None:
    """The file, cleaned and on the disk; raises ``Invalid`` for the field "document"."""
    upload = request.files.get("document")
    if upload is None or not upload.filename:
        return None
    try:
        return files.receive(runtime().store, upload.stream.read(FILE_MOST + 1), upload.filename, upload.mimetype)
    except Invalid as invalid:
        raise Invalid({"document": invalid.fields["files"]}) from invalid


def _new(form: ImprovementForm) -> str:
    chosen = mine(*policy.IMPROVERS)
    form.offer(service.choices(db.session, chosen.agency))
    return render_template("improvements/desk_new.html", whose=chosen, form=form, noindex=True)


def _page(
    row: Improvement,
    *,
    form: ImprovementForm | None = None,
    step_form: StepForm | None = None,
    link_form: LinkForm | None = None,
    stale: bool = False,
) -> str:
    session, actor, done = db.session, current_actor(), DONE.get(request.args.get("done", ""))
    shown = form or ImprovementForm(data=filled(row))
    shown.offer(service.choices(session, row.agency, row))
    return render_template(
        "improvements/desk_show.html",
        row=row,
        form=shown,
        step_form=step_form or StepForm(),
        link_form=link_form or LinkForm(),
        faulty=next(((one, name) for one, name in ((form, None), (step_form, "step"), (link_form, "link")) if one is not None), None),
        stale=stale and form is not None,
        possible=rules.possible(row.state),
        links=queries.linked_cases(session, actor, row),
        count=queries.counts_behind(session, [row.id]).get(row.id, 0),
        offered=queries.waiting(session, current_actor(), row.agency_id, now(), OFFERED_MOST),
        events=queries.history(session, row, (*rules.SHOWN, rules.Step.EDIT)),
        helped=queries.helped(session, row),
        done=_(done) if done else "",
        noindex=True,
    )
