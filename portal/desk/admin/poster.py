"""What leads people to an agency from outside: address, poster, button, LINE, and the form inside the agency's other website."""

from flask import render_template, request, url_for
from flask_babel import gettext as _
from wtforms import StringField

from portal.casework.questions.queries import asked_at
from portal.casework.topics import queries as topics
from portal.casework.topics.models import Topic
from portal.desk.admin.index import ADMINISTRATORS, bp
from portal.desk.admin.whose import Whose, whose
from portal.feedback.frame.rules import readable
from portal.feedback.frame.service import SITES_MOST, sites_of
from portal.feedback.poster import buttons_of, door_of
from portal.feedback.poster import poster as draw
from portal.feedback.snippets import frames_of, line_shares_of
from portal.kernel.errors import NotFound
from portal.kernel.messages import N_
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import PortalForm

DONE = {"listed": N_("This site may show the form now"), "unlisted": N_("This site may show the form no more")}


class SiteForm(PortalForm):
    """A site that is to show the form."""

    origin = StringField(N_("Address of the site"))


@bp.get("/desk/admin/door")
@audience(Audience.DESK, *ADMINISTRATORS)
def door() -> str:
    """Everything ready to copy, of ``?topic=`` where there is one."""
    return door_page(whose(portal=False), SiteForm())


@bp.get("/desk/admin/poster")
@audience(Audience.DESK, *ADMINISTRATORS)
def poster() -> str:
    """One sheet of A4 (``?agency=``, ``?topic=``)."""
    chosen = whose(portal=False)
    assert chosen.agency
    topic, back = _topic(chosen), url_for("admin.door", agency=chosen.slug)
    return draw(chosen.agency, back, (topic.name_th, topic.name_en), topic.slug) if topic else draw(chosen.agency, back)


def door_page(chosen: Whose, form: SiteForm) -> str:
    """The page; also for a site that was refused."""
    assert chosen.agency
    agency, topic, done = chosen.agency, _topic(chosen), DONE.get(request.args.get("done", ""))
    slug = topic.slug if topic else ""
    return render_template(
        "desk/admin/door.html",
        whose=chosen,
        topic=topic,
        door=door_of(agency, slug),
        buttons=buttons_of(agency, slug),
        line_shares=line_shares_of(agency, slug),
        frames=frames_of(agency, asked_at(db.session, agency.id, now()), slug),
        topics=topics.open_topics(db.session, agency.id),
        sites=[(origin, readable(origin)) for origin in sites_of(db.session, agency.id)],
        sites_most=SITES_MOST,
        form=form,
        done=_(done) if done else "",
        noindex=True,
    )


def _topic(chosen: Whose) -> Topic | None:
    slug = request.args.get("topic", "")
    found = topics.by_slug(db.session, chosen.agency_id or 0, slug) if slug else None
    if slug and (found is None or found.closed_at is not None):
        raise NotFound
    return found
