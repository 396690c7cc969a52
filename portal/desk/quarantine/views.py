"""The page of the quarantine, and its one form."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields import SelectChoice

from portal.casework import queries, service
from portal.casework.models import Case, CaseQuarantine
from portal.casework.policy import DECIDERS
from portal.casework.queries.queue import COUNTED_MOST
from portal.casework.texts import required
from portal.desk.quarantine.deciding import ALL_MOST, Done, Narrowed, decide, numbers_of, plausible, refusing
from portal.kernel.errors import Invalid
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import office_day
from portal.kernel.thai_text import excerpt, normalise
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db
from portal.web.forms import PortalForm

bp = Blueprint("quarantine", __name__)
Answer = Response | str | tuple[str, int]
SNIPPET = 200  # characters
WORDS_MOST = 200
TICKED, ALL = "ticked", "all"
WHY = Message(N_("Write why; each sender reads this on the tracking page"))
NONE_TICKED = N_("Tick at least one matter, or choose all of them")
NO_VERB = N_("Choose what is to be done")
_FAMILY = re.compile(r"[0-9a-f]{64}")


class ReviewForm(PortalForm):
    """Which ones, and why they are refused."""

    which = RadioField(N_("Which ones"), choices=lambda: [SelectChoice(code, "") for code in (TICKED, ALL)], default=TICKED)
    reason = TextAreaField(N_("Why they are refused; each sender reads this"))
    q = HiddenField()
    alike = HiddenField()


@dataclass(frozen=True)
class Row:
    """One case as the list shows it."""

    case: Case
    held: CaseQuarantine
    signs: Sequence[str]
    snippet: str
    is_late: bool


@bp.get("/desk/quarantine")
@audience(Audience.DESK, *DECIDERS)
def index() -> str:
    """``?q=`` words, ``?alike=`` one group, ``?cursor=`` pages, ``?done=``, ``?n=`` and ``?passed=`` what was just decided."""
    return _page(ReviewForm(data={"which": TICKED}), _narrowed(request.args.get("q", ""), request.args.get("alike", "")))


@bp.post("/desk/quarantine")
@audience(Audience.DESK, *DECIDERS)
def review() -> Answer:
    """Release or refuse what is ticked, or all that is shown."""
    form, act = ReviewForm(request.form), request.form.get("act", "")
    narrowed = _narrowed(form.q.data or "", form.alike.data or "")
    numbers = _numbers(form, narrowed)
    faults = _faults(form, act, numbers)
    if faults:
        return _page(form, narrowed, ticked=numbers, fault=faults[0]), 422
    verb = service.release if act == "release" else refusing(form.reason.data or "")
    done = decide(db.session, current_actor(), now(), numbers, verb)
    return redirect(_after(act, done, narrowed), 303)


def _numbers(form: ReviewForm, narrowed: Narrowed) -> list[str]:
    if form.which.data == ALL:
        return numbers_of(db.session, current_actor(), narrowed)
    return plausible(request.form.getlist("number"))


def _faults(form: ReviewForm, act: str, numbers: Sequence[str]) -> list[str]:
    """What is missing; a reason that cannot be taken is told at its field."""
    faults = [] if act in ("release", "refuse") else [_(NO_VERB)]
    if not numbers:
        faults.append(_(NONE_TICKED))
    if act == "refuse":
        try:
            required("reason", form.reason.data or "", WHY)
        except Invalid as invalid:
            form.errors_from(invalid)
            faults.append("")
    return faults


def _after(act: str, done: Done, narrowed: Narrowed) -> str:
    left = db.session.scalar(queries.aside(current_actor(), words=narrowed.words, family=narrowed.alike).limit(1))
    words, alike = (narrowed.words or None, narrowed.alike or None) if left else (None, None)
    return url_for("quarantine.index", done=act, n=done.decided, passed=done.passed or None, q=words, alike=alike)


def _narrowed(words: str, alike: str) -> Narrowed:
    return Narrowed(" ".join(normalise(words)[:WORDS_MOST].split()), alike if _FAMILY.fullmatch(alike) else "")


def _page(form: ReviewForm, narrowed: Narrowed, *, ticked: Sequence[str] = (), fault: str = "") -> str:
    session, actor = db.session, current_actor()
    query = queries.aside(actor, words=narrowed.words, family=narrowed.alike)
    page = paginate(session, query, [(Case.due_on, "asc"), (Case.id, "asc")], per_page(), request.args.get("cursor"))
    held, today = queries.rows_of(session, page.items), office_day(now())
    counted = queries.count_aside(session, actor, COUNTED_MOST)
    return render_template(
        "desk/quarantine.html",
        form=form,
        narrowed=narrowed,
        rows=[_row(case, held[case.id], today > case.due_on) for case in page.items],
        ticked=set(ticked),
        fault=fault,
        families=queries.families(session, actor),
        count=counted if counted <= COUNTED_MOST else f"{COUNTED_MOST:,}+",
        found=len(numbers_of(session, actor, narrowed)),
        all_most=ALL_MOST,
        done=_done(),
        next_url=next_url(page),
        noindex=True,
    )


def _row(case: Case, held: CaseQuarantine, is_late: bool) -> Row:
    return Row(case, held, [_(sign.label) for sign in queries.signs_of_row(held)], excerpt(case.body, SNIPPET), is_late)


def _done() -> str:
    act, number = request.args.get("done", ""), request.args.get("n", 0, type=int)
    passed = request.args.get("passed", 0, type=int)
    told: str = {
        "release": _("%(count)s matters are in the queue now", count=number),
        "refuse": _("%(count)s matters were refused, and each sender reads why", count=number),
    }.get(act, "")
    if told and passed:
        told = f"{told} · {_('%(count)s were decided by somebody else meanwhile', count=passed)}"
    return told
