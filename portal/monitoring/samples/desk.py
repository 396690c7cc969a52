"""Where monitors inspect what was drawn, and the agency answers what they found."""

from dataclasses import dataclass, field

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.casework.closed_reading import reading
from portal.db import unit_of_work
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import office_day
from portal.monitoring.samples import policy, queries, service
from portal.monitoring.samples.forms import FindingForm, FindingReplyForm
from portal.monitoring.samples.models import SampleEntry, SampleFinding
from portal.monitoring.samples.policy import READERS
from portal.monitoring.samples.rules import is_late
from portal.monitoring.samples.service import Found
from portal.monitoring.samples.views import NEWEST_FIRST, draw_at_hand
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db
from portal.web.forms import PortalForm, say
from portal.web.runtime import runtime

bp = Blueprint("samples_desk", __name__)
Answer = Response | str | tuple[str, int]
DONE = {"find": N_("Your finding is public"), "reply": N_("Your answer is public")}


@dataclass
class Forms:
    """The finding's form, and the answer's with the place of its finding."""

    find: FindingForm = field(default_factory=FindingForm)
    reply: FindingReplyForm = field(default_factory=FindingReplyForm)
    place: int = 0
    failed: PortalForm | None = None

    def replies(self, place: int) -> FindingReplyForm:
        """The form under the finding at this place: with what was typed, if it was this one."""
        return self.reply if place == self.place else FindingReplyForm()


@bp.get("/desk/samples")
@audience(Audience.DESK, *READERS)
def index() -> str:
    """Draws of the actor's agencies, newest month first."""
    page = paginate(db.session, queries.for_actor(current_actor()), NEWEST_FIRST, per_page(), request.args.get("cursor"))
    waiting = queries.waiting(db.session, [draw.id for draw in page.items])
    return render_template("samples_desk/index.html", page=page, next_url=next_url(page), waiting=waiting, noindex=True)


@bp.get("/desk/samples/<slug>")
@audience(Audience.DESK, *READERS)
def show(slug: str) -> str:
    """The drawn cases, with what is still to be done."""
    draw = draw_at_hand(slug)
    if not policy.can_open(current_actor(), draw):
        raise NotFound
    done = DONE.get(request.args.get("done", ""))
    return render_template(
        "samples_desk/show.html",
        draw=draw,
        mine=queries.findings_by(db.session, draw, current_actor()),
        inspects=policy.can_inspect(current_actor(), draw),
        done=_(done) if done else "",
        noindex=True,
    )


@bp.get("/desk/samples/<slug>/<int(max=10000):place>")
@audience(Audience.DESK, *READERS)
def inspect(slug: str, place: int) -> str:
    """One drawn case: the words of both sides without the sender, and the forms."""
    entry = _entry(slug, place)
    mine = next((one for one in entry.findings if one.by_id == current_actor().user_id), None)
    return _page(entry, Forms(find=FindingForm(obj=mine) if mine else FindingForm()))


@bp.post("/desk/samples/<slug>/<int(max=10000):place>")
@audience(Audience.DESK, *READERS)
def find(slug: str, place: int) -> Answer:
    """Publish a finding, or show again what was typed."""
    form = FindingForm(request.form)
    typed = Found(form.met.data or "", form.proof.data or "", bool(form.false_closing.data), form.words.data or "")
    try:
        with unit_of_work(db.session):
            service.find(db.session, current_actor(), now(), _entry(slug, place), typed)
    except (Invalid, Conflict) as refused:
        return _again(_entry(slug, place), Forms(find=form, failed=form), refused)
    return redirect(url_for("samples_desk.show", slug=slug, done="find"), 303)


@bp.post("/desk/samples/<slug>/<int(max=10000):place>/reply-<int(max=10000):number>")
@audience(Audience.DESK, *READERS)
def reply(slug: str, place: int, number: int) -> Answer:
    """Publish the agency's answer to a finding of this case, counted from 1."""
    form = FindingReplyForm(request.form)
    try:
        with unit_of_work(db.session):
            service.reply(db.session, current_actor(), now(), _finding(_entry(slug, place), number), form.reply.data or "")
    except (Invalid, Conflict) as refused:
        return _again(_entry(slug, place), Forms(reply=form, place=number, failed=form), refused)
    return redirect(url_for("samples_desk.show", slug=slug, done="reply"), 303)


@bp.get("/desk/samples/<slug>/<int(max=10000):place>/reply-<int(max=10000):number>")
@audience(Audience.DESK, *READERS)
def back(slug: str, place: int, number: int) -> Response:
    """The address of a form, reloaded or opened in the other language: back to the case."""
    _finding(_entry(slug, place), number)
    return redirect(url_for("samples_desk.inspect", slug=slug, place=place), 303)


def _entry(slug: str, place: int) -> SampleEntry:
    """A drawn case that is still shown, for who inspects or answers there; raises ``NotFound``."""
    draw = draw_at_hand(slug)
    entry = next((one for one in draw.sample if one.position == place and one.is_shown), None)
    if entry is None or not policy.can_open(current_actor(), draw):
        raise NotFound
    return entry


def _finding(entry: SampleEntry, number: int) -> SampleFinding:
    if not 1 <= number <= len(entry.findings):
        raise NotFound
    return entry.findings[number - 1]


def _again(entry: SampleEntry, forms: Forms, refused: Invalid | Conflict) -> Answer:
    assert forms.failed is not None
    if isinstance(refused, Invalid):
        forms.failed.errors_from(refused)
        return _page(entry, forms), 422
    forms.failed.form_errors.append(say(refused.message))
    return _page(entry, forms), 409


def _page(entry: SampleEntry, forms: Forms) -> str:
    actor, draw = current_actor(), entry.draw
    mine = next((one for one in entry.findings if one.by_id == actor.user_id), None)
    return render_template(
        "samples_desk/inspect.html",
        entry=entry,
        draw=draw,
        case=entry.case,
        reading=reading(db.session, runtime().keyring, entry.case),
        inspects=policy.can_inspect(actor, draw) and (mine is None or mine.replied_at is None),
        answers=policy.can_reply(actor, draw),
        forms=forms,
        form=forms.failed,
        is_late=is_late,
        today=office_day(now()),
        noindex=True,
    )
