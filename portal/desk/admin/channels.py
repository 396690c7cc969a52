"""The register of an agency's channels: entries added and changed. In words: ``docs/rules/channels.md``."""

from collections.abc import Sequence

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from portal.agencies.models import Agency
from portal.casework.queries import rules_now
from portal.casework.rules import Channel
from portal.db import unit_of_work
from portal.desk.admin.index import ADMINISTRATORS, bp
from portal.desk.admin.whose import Whose, whose
from portal.feedback.channels import queries, service
from portal.feedback.channels.entry import FORMAL, INFORMAL
from portal.feedback.channels.forms import ChannelForm
from portal.feedback.channels.models import AgencyChannel
from portal.feedback.channels.rules import state_on
from portal.files import service as files
from portal.files.rules import FILE_MOST
from portal.files.service import Received
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import fiscal_year, format_date, office_day
from portal.kernel.thai_text import pick
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import say
from portal.web.language import language
from portal.web.runtime import runtime

Answer = Response | str | tuple[str, int]
DONE = {"added": N_("The channel is in the register"), "edited": N_("The entry is changed")}
_TEXTS = (
    *("name_th", "name_en", "address", "hours_th", "hours_en", "place_th", "place_en"),
    *("collector_position_th", "collector_position_en", "appointment_number"),
)
_DAYS = ("appointment_on", "open_from", "open_until")


@bp.get("/desk/admin/channels")
@audience(Audience.DESK, *ADMINISTRATORS)
def channels() -> str:
    """The agency's register."""
    chosen, done = whose(portal=False), DONE.get(request.args.get("done", ""))
    today = office_day(now())
    entries = queries.register_of(db.session, chosen.agency_id or 0)
    return render_template(
        "desk/admin/channels/index.html",
        whose=chosen,
        rows=[(entry, state_on(today, entry.open_from, entry.open_until)) for entry in entries],
        complete=len(entries) == len(Channel),
        beyond=_beyond_the_clock(chosen.agency, entries),
        done=_(done) if done else "",
        noindex=True,
    )


@bp.get("/desk/admin/channels/new")
@audience(Audience.DESK, *ADMINISTRATORS)
def new_channel() -> str:
    """An empty entry, open from today."""
    return _page(whose(portal=False), ChannelForm(data={"open_from": format_date(office_day(now()), "th")}), None)


@bp.post("/desk/admin/channels/new")
@audience(Audience.DESK, *ADMINISTRATORS)
def add_channel() -> Answer:
    """Put one more channel into the register."""
    form = ChannelForm(request.form)
    try:
        document = _document()
        with unit_of_work(db.session) as session:
            agency = whose(portal=False).agency
            assert agency
            service.add_channel(session, current_actor(), now(), agency, form.code.data or "", form.entry(), document)
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(whose(portal=False), form, None), 422
    return _back("added")


@bp.get("/desk/admin/channels/<code>")
@audience(Audience.DESK, *ADMINISTRATORS)
def channel(code: str) -> str:
    """One entry, to be changed."""
    chosen = whose(portal=False)
    entry = _at_hand(code, chosen)
    return _page(chosen, ChannelForm(data=_as_typed(entry)), entry)


@bp.post("/desk/admin/channels/<code>")
@audience(Audience.DESK, *ADMINISTRATORS)
def edit_channel(code: str) -> Answer:
    """Change it."""
    form = ChannelForm(request.form)
    _at_hand(code, whose(portal=False))  # before the file is looked at
    try:
        document = _document()
        with unit_of_work(db.session) as session:
            entry = _at_hand(code, whose(portal=False))
            service.edit_channel(session, current_actor(), now(), entry, form.entry(), form.seen, document)
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(whose(portal=False), form, _at_hand(code, whose(portal=False))), 422
    except Conflict as conflict:
        form.form_errors.append(say(conflict.message))
        return _page(whose(portal=False), form, _at_hand(code, whose(portal=False)), stale=True), 409
    return _back("edited")


def _document() -> Received | None:
    """The appointment document, cleaned and on the disk; raises ``Invalid`` for the field "document"."""
    upload = request.files.get("document")
    if upload is None or not upload.filename:
        return None
    try:
        return files.receive(runtime().store, upload.stream.read(FILE_MOST + 1), upload.filename, upload.mimetype)
    except Invalid as invalid:
        raise Invalid({"document": invalid.fields["files"]}) from invalid


def _at_hand(code: str, chosen: Whose) -> AgencyChannel:
    entry = queries.by_code(db.session, chosen.agency_id or 0, code)
    if entry is None:
        raise NotFound
    return entry


def _as_typed(entry: AgencyChannel) -> dict[str, object]:
    days = {name: format_date(day, "th") for name in _DAYS if (day := getattr(entry, name))}
    return {
        **{name: getattr(entry, name) for name in _TEXTS},
        **days,
        "audience": entry.audience.value,
        "formality": FORMAL if entry.is_formal else INFORMAL,
        "collector": entry.collector.public_id if entry.collector else "",
        "line": entry.line_url or "",
        "standard_days": str(entry.standard_days or ""),
    }


def _beyond_the_clock(agency: Agency | None, entries: Sequence[AgencyChannel]) -> int | None:
    """The shortest time that the clock gives, where an entry promises more; the clock holds."""
    promised = [entry.standard_days for entry in entries if entry.standard_days]
    if agency is None or not promised:
        return None
    rules = rules_now(db.session, agency, fiscal_year(now())).values()
    least = min((rule.days for rule in rules if not rule.working), default=None)
    return least if least is not None and max(promised) > least else None


def _back(done: str) -> Response:
    return redirect(url_for("admin.channels", agency=whose(portal=False).slug, done=done), 303)


def _page(chosen: Whose, form: ChannelForm, entry: AgencyChannel | None, *, stale: bool = False) -> str:
    assert chosen.agency
    people = queries.collectors(db.session, chosen.agency)
    nobody = SelectChoice(value="", label=_("Nobody by name, the position below"))
    form.collector.choices = [
        nobody,
        *(SelectChoice(person.public_id, pick(language(), person.name_th, person.name_en)) for person in people),
    ]
    taken = {one.channel for one in queries.register_of(db.session, chosen.agency.id)} if entry is None else set()
    form.code.choices = [SelectChoice(value=code.value, label=_(code.label)) for code in Channel if code not in taken]
    return render_template("desk/admin/channels/channel.html", whose=chosen, form=form, entry=entry, stale=stale, noindex=True)
