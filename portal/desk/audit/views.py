"""The trail, and the check of its chain."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal.audit import queries
from portal.audit.checking import want_check
from portal.audit.models import AuditEntry
from portal.db import unit_of_work
from portal.desk.audit.blueprint import READERS, bp
from portal.desk.audit.naming import named
from portal.desk.audit.narrowing import NarrowForm, entries
from portal.kernel.actor import Role
from portal.kernel.messages import N_
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import next_url, paginate, per_page
from portal.web.database import db

DONE = {"check": N_("The chain is being checked; its state stands here in a moment")}


@bp.get("/desk/audit")
@audience(Audience.DESK, *READERS)
def index() -> str | tuple[str, int]:
    """Newest first; ``?person=``, ``?object=``, ``?act=``, ``?since=`` and ``?until=`` narrow it."""
    form = NarrowForm(request.args)
    return page(form, 200)


def page(form: NarrowForm, status: int) -> str | tuple[str, int]:
    """The page; 422 where something asked for could not be read."""
    actor = current_actor()
    wanted = form.wanted(db.session, actor)
    found = paginate(db.session, entries(actor, wanted), [(AuditEntry.id, "desc")], per_page(), request.args.get("cursor"))
    done = DONE.get(request.args.get("done", ""))
    text = render_template(
        "audit/index.html",
        rows=list(zip(found.items, named(db.session, found.items), strict=True)),
        form=form.offering(db.session, actor),
        next_url=next_url(found) if request.method == "GET" else None,
        chain=queries.chain(db.session),
        may_check=actor.has_role(Role.SYSTEM_ADMINISTRATOR),
        done=_(done) if done else "",
        noindex=True,
    )
    return text, 422 if form.errors else status


@bp.post("/desk/audit/check")
@audience(Audience.DESK, Role.SYSTEM_ADMINISTRATOR)
def check() -> Response:
    """Have the whole chain read; the worker does it in pieces."""
    with unit_of_work(db.session) as session:
        want_check(session, now())
    return redirect(url_for("audit.index", done="check"), 303)
