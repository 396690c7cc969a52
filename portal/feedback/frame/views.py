"""The frame: the form of one agency, narrow, without navigation, posting into the whole window."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, make_response, render_template, request

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE
from portal.agencies.theme import theme_url
from portal.feedback import arriving, limits, tokens
from portal.feedback.asking import feedback_form
from portal.feedback.attempt import ASKED_FOR
from portal.feedback.frame.service import sites_of
from portal.feedback.offer import offer
from portal.feedback.views.new import FRAMED
from portal.files.rules import ACCEPT
from portal.kernel.errors import NotFound
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say
from portal.web.runtime import runtime
from portal.web.security import framed_by

bp = Blueprint("frame", __name__)


@bp.get("/frame/<slug>")
@audience(Audience.PUBLIC)
def show(slug: str) -> Response:
    """The form (``?topic=``, ``?kind=``); of a closed agency a link to the form of the one where its work goes on."""
    agency = agencies.by_slug(db.session, slug)
    if agency is None or agency.level not in ADDRESSABLE:
        raise NotFound
    page = _moved(agency) if agency.is_closed else _form(agency)
    return framed_by(make_response(page), sites_of(db.session, agency.id))


def _form(agency: Agency) -> str:
    chosen = {"agency": agency.slug, "kind": request.args.get("kind"), "topic": request.args.get("topic")}
    form = feedback_form(db.session, now(), agency.slug, data=chosen)
    offered = offer(db.session, now(), agency.slug, only=True)
    form.kind.choices = offered.kinds
    form.topic.data = offered.topic(form.topic.data or "", agency.slug)
    return render_template(
        "feedback/frame.html",
        agency=agency,
        frame_theme=theme_url(agency.colour),
        form=form,
        topics=offered.topics,
        closed=say(offered.closed) if offered.closed else None,
        days=offered.days,
        read_by=offered.read_by,
        files_most=limits.files_most(),
        form_token=tokens.write(runtime().settings.secret_key, tokens.fresh()),
        accept=ACCEPT,
        trap=arriving.TRAP,
        proof_bits=arriving.proof_bits(),
        asked_for=ASKED_FOR,
        framed=FRAMED,
        host=urlsplit(runtime().settings.base_url).netloc,
        noindex=True,
    )


def _moved(agency: Agency) -> str:
    successor = agencies.successor_of(db.session, agency)
    return render_template("feedback/frame_moved.html", agency=agency, successor=successor, noindex=True)
