"""What leads people to an agency from outside: the address of its form, a poster, a button for other sites."""

from flask import render_template, request, url_for

from portal.casework.topics import queries as topics
from portal.desk.admin.index import ADMINISTRATORS, bp
from portal.desk.admin.whose import whose
from portal.feedback.poster import buttons_of, door_of
from portal.feedback.poster import poster as draw
from portal.kernel.errors import NotFound
from portal.web.audience import Audience, audience
from portal.web.database import db


@bp.get("/desk/admin/door")
@audience(Audience.DESK, *ADMINISTRATORS)
def door() -> str:
    """Address and button; with topics, a poster for each."""
    chosen = whose(portal=False)
    assert chosen.agency
    return render_template(
        "desk/admin/door.html",
        whose=chosen,
        door=door_of(chosen.agency),
        buttons=buttons_of(chosen.agency),
        topics=topics.open_topics(db.session, chosen.agency.id),
        noindex=True,
    )


@bp.get("/desk/admin/poster")
@audience(Audience.DESK, *ADMINISTRATORS)
def poster() -> str:
    """One sheet of A4 (``?agency=``, ``?topic=``)."""
    agency = whose(portal=False).agency
    assert agency
    back, slug = url_for("admin.door", agency=agency.slug), request.args.get("topic", "")
    if not slug:
        return draw(agency, back)
    topic = topics.by_slug(db.session, agency.id, slug)
    if topic is None or topic.closed_at is not None:
        raise NotFound
    return draw(agency, back, (topic.name_th, topic.name_en), topic.slug)
