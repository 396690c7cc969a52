"""Where matters go inside an agency: the table of rules, another line, another order, and a matter to try it with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.rules import ADDRESSABLE
from portal.casework.options import KINDS_IN_ORDER
from portal.casework.queries.deadlines import promise
from portal.casework.routing import Matter
from portal.casework.routing_rules import queries, service
from portal.casework.routing_rules.models import RoutingRule
from portal.casework.routing_rules.placing import facts_of, sooner, unit_of
from portal.casework.routing_rules.rules import Condition, first_fitting, lacking, unreachable
from portal.casework.rules import CaseKind, Channel
from portal.casework.topics import queries as topics
from portal.db import unit_of_work
from portal.desk.admin.index import ADMINISTRATORS, bp
from portal.desk.admin.whose import Whose, whose
from portal.kernel import places
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.messages import N_
from portal.kernel.thai_text import excerpt, pick
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import PortalForm, labelled, say
from portal.web.language import language

Answer = Response | str | tuple[str, int]
PLACE = "place-"
DONE = {
    "added": N_("The rule is added, for matters received from now on"),
    "ended": N_("The rule is ended; what it placed stays"),
    "ordered": N_("The order is kept"),
}


class RuleForm(PortalForm):
    """A rule to be added; ``seen`` is the state of the table that the person saw."""

    kinds = SelectMultipleField(N_("Kinds (none: every kind)"), choices=labelled(KINDS_IN_ORDER), validate_choice=False)
    channels = SelectMultipleField(N_("Channels (none: every channel)"), choices=labelled(Channel), validate_choice=False)
    topic = SelectField(N_("Topic"), choices=list, validate_choice=False)
    mission = SelectField(N_("Mission"), choices=list, validate_choice=False)
    words = TextAreaField(N_("Words, one a line"))
    places = TextAreaField(N_("Places, one a line"))
    urgent = BooleanField(N_("Only where somebody's life is in danger"))
    unit = SelectField(N_("Goes to"), choices=list, validate_choice=False)
    officer = SelectField(N_("Is given to"), choices=list, validate_choice=False)
    days = StringField(N_("Standard time in days (may be empty)"))
    note = StringField(N_("Why (may be empty)"))
    place = StringField(N_("Place in the order (empty: at the end)"))
    seen = HiddenField()

    def typed(self) -> service.Typed:
        """As it was typed."""
        texts = {
            name: self[name].data or "" for name in ("topic", "mission", "words", "places", "unit", "officer", "days", "note", "place")
        }
        return service.Typed(kinds=self.kinds.data or (), channels=self.channels.data or (), urgent=bool(self.urgent.data), **texts)


class TryForm(PortalForm):
    """An invented matter."""

    kind = SelectField(N_("What kind of matter is it"), choices=labelled(KINDS_IN_ORDER), validate_choice=False)
    channel = SelectField(N_("How it came"), choices=labelled(Channel), validate_choice=False)
    about = SelectField(N_("Topic"), choices=list, validate_choice=False)
    text = TextAreaField(N_("Subject and details"))
    where = StringField(N_("Place"))
    danger = BooleanField(N_("Somebody's life is in danger"))


@dataclass(frozen=True)
class Outcome:
    """What would happen: the rule that decides, where it leads, until when, and for each rule by id what it lacks."""

    rule: RoutingRule | None
    unit: Agency | None
    due: date
    lacks: dict[int, list[Condition]]


def _seen() -> int:
    text = request.form.get("seen", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 11 else -1


@bp.get("/desk/admin/routing")
@audience(Audience.DESK, *ADMINISTRATORS)
def routing() -> str:
    """The table, with what each rule did, and a matter to try it with."""
    return _page(whose(portal=False), RuleForm(MultiDict()), TryForm(MultiDict()))


@bp.post("/desk/admin/routing")
@audience(Audience.DESK, *ADMINISTRATORS)
def add_routing_rule() -> Answer:
    """One more line."""
    form = RuleForm(request.form)
    try:
        with unit_of_work(db.session) as session:
            service.add_rule(session, current_actor(), now(), _agency(), form.typed(), _seen())
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(whose(portal=False), form, TryForm(MultiDict())), 422
    except Conflict as conflict:
        return _late(conflict, form)
    return _back("added")


@bp.post("/desk/admin/routing/order")
@audience(Audience.DESK, *ADMINISTRATORS)
def order_routing_rules() -> Answer:
    """Put the lines in the order of the numbers that were written beside them."""
    written = {name.removeprefix(PLACE): text for name, text in request.form.items() if name.startswith(PLACE)}
    old = [place for place in written if place.isascii() and place.isdecimal() and len(place) < 4]
    try:
        with unit_of_work(db.session) as session:
            order = sorted((int(place) for place in old), key=lambda place: (_number(written[str(place)]), place))
            service.order_rules(session, current_actor(), now(), _agency(), order, _seen())
    except Conflict as conflict:
        return _late(conflict, RuleForm(MultiDict()))
    return _back("ordered")


@bp.post("/desk/admin/routing/<int:place>/end")
@audience(Audience.DESK, *ADMINISTRATORS)
def end_routing_rule(place: int) -> Answer:
    """End the line at this place."""
    try:
        with unit_of_work(db.session) as session:
            service.end_rule(session, current_actor(), now(), _agency(), place, _seen())
    except Conflict as conflict:
        return _late(conflict, RuleForm(MultiDict()))
    return _back("ended")


@bp.post("/desk/admin/routing/try")
@audience(Audience.DESK, *ADMINISTRATORS)
def try_routing() -> Answer:
    """What would happen to an invented matter. Reads only; what was typed stands in no address."""
    chosen, tried = whose(portal=False), TryForm(request.form)
    return _page(chosen, RuleForm(MultiDict()), tried, _outcome(tried))


def _agency() -> Agency:
    agency = whose(portal=False).agency
    assert agency
    return agency


def _back(done: str) -> Response:
    return redirect(url_for("admin.routing", agency=whose(portal=False).slug, done=done), 303)


def _late(conflict: Conflict, form: RuleForm) -> tuple[str, int]:
    return _page(whose(portal=False), form, TryForm(MultiDict()), late=say(conflict.message)), 409


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) < 4 else 999


def _outcome(tried: TryForm) -> Outcome:
    agency, moment = _agency(), now()
    kind = CaseKind(tried.kind.data) if tried.kind.data in list(CaseKind) else CaseKind.COMPLAINT
    channel = Channel(tried.channel.data) if tried.channel.data in list(Channel) else Channel.WEB
    topic = topics.by_slug(db.session, agency.id, tried.about.data or "")
    urgent = bool(tried.danger.data)
    matter = Matter(tried.text.data or "", tried.where.data or "")
    facts = facts_of(db.session, kind, channel, topic.id if topic else None, matter, urgent=urgent)
    held = queries.rules_of(db.session, agency.id)
    rule = first_fitting(((rule, rule.conditions) for rule in held), facts)
    unit_id = unit_of(db.session, rule)
    promised, _basis = promise(db.session, agency, kind, moment, language(), urgent=urgent)
    return Outcome(
        rule=rule,
        unit=db.session.get(Agency, unit_id) if unit_id else None,
        due=sooner(rule, moment, promised),
        lacks={rule.id: lacking(rule.conditions, facts) for rule in held},
    )


def _page(chosen: Whose, form: RuleForm, tried: TryForm, outcome: Outcome | None = None, *, late: str = "") -> str:
    agency = _agency()
    every = queries.told(db.session, agency.id)
    held = [rule for rule in every if rule.ended_at is None]
    _choices(agency, form, tried)
    done = DONE.get(request.args.get("done", ""))
    return render_template(
        "desk/admin/routing.html",
        whose=chosen,
        held=list(zip(held, unreachable([rule.conditions for rule in held]), strict=True)),
        ended=[rule for rule in every if rule.ended_at is not None],
        use=queries.use_of(db.session, agency.id, now()),
        kinds={code.value: code.label for code in CaseKind},
        channels={code.value: code.label for code in Channel},
        place_name=_place_name,
        state=queries.state_of(db.session, agency.id),
        form=form,
        tried=tried,
        outcome=outcome,
        late=late,
        done=_(done) if done else "",
        noindex=True,
    )


def _choices(agency: Agency, form: RuleForm, tried: TryForm) -> None:
    about = [(topic.slug, pick(language(), topic.name_th, topic.name_en)) for topic in topics.open_topics(db.session, agency.id)]
    form.topic.choices = [SelectChoice(value="", label=_("Any topic or none")), *_as_choices(about)]
    tried.about.choices = [SelectChoice(value="", label=_("None")), *_as_choices(about)]
    codes = [
        (mission.code, excerpt(pick(language(), mission.text_th, mission.text_en), 80))
        for mission in agencies.missions(db.session, agency.id)
    ]
    form.mission.choices = [SelectChoice(value="", label=_("Any mission or none")), *_as_choices(codes)]
    units = agencies.in_order(_units(agency))
    names = [(unit.slug, pick(language(), unit.name_th, unit.name_en)) for unit in units]
    form.unit.choices = [SelectChoice(value="", label=_("The agency, no unit")), *_as_choices(names)]
    people = [(user.email, pick(language(), user.name_th, user.name_en)) for user in service.officers_of(db.session, agency)]
    form.officer.choices = [SelectChoice(value="", label=_("Nobody yet")), *_as_choices(people)]


def _as_choices(pairs: Sequence[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(value=value, label=label) for value, label in pairs]


def _units(agency: Agency) -> list[Agency]:
    """Open units below the agency that are no agencies of their own."""
    below = agencies.by_ids(db.session, agencies.subtree_ids(db.session, [agency.id]))
    return [unit for unit in below.values() if unit.id != agency.id and not unit.is_closed and _holder(below, unit) == agency.id]


def _holder(below: dict[int, Agency], unit: Agency) -> int:
    while unit.level not in ADDRESSABLE and unit.parent_id in below:
        unit = below[unit.parent_id]
    return unit.id


def _place_name(code: str) -> str:
    place = places.by_code(code)
    if place is None:
        return code
    return place.whole_th if language() == "th" else place.whole_en
