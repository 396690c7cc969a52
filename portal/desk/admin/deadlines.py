"""How long an answer may take: the rules with their legal basis, what holds now, and a look ahead before a rule is added."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.agencies.rules import AgencyKind
from portal.casework import queries
from portal.casework.models import DeadlineRuleRow
from portal.casework.rules import CaseKind
from portal.casework.rules.deadlines import LAW_DAYS, longest
from portal.casework.service.deadlines import Deadline, add_deadline, checked, end_deadline, state_of
from portal.db import unit_of_work
from portal.desk.admin.index import ADMINISTRATORS, bp
from portal.desk.admin.whose import Whose, whose
from portal.kernel.clock_rule import DeadlineRule, due_on
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.messages import N_
from portal.kernel.thai_calendar import fiscal_year, office_day
from portal.kernel.workdays import office_holidays
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.database import db
from portal.web.forms import PortalForm, say
from portal.web.language import language

Answer = Response | str | tuple[str, int]
DONE = {"added": N_("The rule is added, for matters received from now on"), "ended": N_("The rule is ended; what it promised stays")}
CALENDAR, WORKING = "calendar", "working"


def _ways() -> list[SelectChoice]:
    return [SelectChoice(value=CALENDAR, label=_("Calendar days")), SelectChoice(value=WORKING, label=_("Working days of the office"))]


def _or_every(codes: type[CaseKind] | type[AgencyKind], every: str) -> list[SelectChoice]:
    return [SelectChoice(value="", label=_(every)), *(SelectChoice(value=code.value, label=_(code.label)) for code in codes)]


TYPED = ("days", "acknowledge_days", "final_days", "from_fiscal_year", "case_kind", "agency_kind", "basis_th", "basis_en")


class DeadlineForm(PortalForm):
    """A rule to be added; ``seen`` is the state of the list that the person saw."""

    case_kind = SelectField(N_("For which kind of matter"), choices=lambda: _or_every(CaseKind, N_("Every kind")), validate_choice=False)
    agency_kind = SelectField(
        N_("For which agencies"), choices=lambda: _or_every(AgencyKind, N_("Every kind of agency")), validate_choice=False
    )
    urgent = BooleanField(N_("Only where somebody's life is in danger"))
    from_fiscal_year = StringField(N_("From fiscal year (B.E.)"))
    days = StringField(N_("Days"))
    acknowledge_days = StringField(N_("Working days until an officer takes it up"))
    final_days = StringField(N_("Days until the final answer"))
    way = RadioField(N_("Counted in"), choices=_ways, default=CALENDAR, validate_choice=False)
    basis_th = TextAreaField(N_("Legal basis in Thai"))
    basis_en = TextAreaField(N_("Legal basis in English"))
    seen = HiddenField()
    sure = HiddenField()

    @property
    def state(self) -> int:
        """What ``seen`` says; a state that never was if it is damaged."""
        text = self.seen.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1

    def deadline(self) -> Deadline:
        """As it was typed."""
        texts = {name: self[name].data or "" for name in TYPED}
        return Deadline(working=self.way.data == WORKING, urgent=bool(self.urgent.data), **texts)


@dataclass(frozen=True)
class Ahead:
    """What a rule would do: the due day of a matter received today, and the longest wait in calendar days within a year."""

    due: date
    longest: int

    @property
    def beyond_law(self) -> bool:
        """Longer than the Royal Decree gives by itself."""
        return self.longest > LAW_DAYS


@dataclass(frozen=True)
class Now:
    """The rule of one kind of matter today."""

    kind: CaseKind
    rule: DeadlineRule
    due: date


@bp.get("/desk/admin/deadlines")
@audience(Audience.DESK, *ADMINISTRATORS)
def deadlines() -> str:
    """Rules of an agency or for everybody, and what follows from them today."""
    return _page(whose(), DeadlineForm(data={"from_fiscal_year": str(fiscal_year(now()))}))


@bp.post("/desk/admin/deadlines")
@audience(Audience.DESK, *ADMINISTRATORS)
def add_rule() -> Answer:
    """Look ahead, or add; a rule beyond the law's fifteen days is added when the person has read that it is."""
    form, chosen = DeadlineForm(request.form), whose()
    try:
        ahead = _ahead(db.session, now(), chosen.agency, checked(now(), chosen.agency, form.deadline()))
        if "preview" in request.form or (ahead.beyond_law and not form.sure.data):
            return _page(chosen, form, ahead, warn="preview" not in request.form)
        with unit_of_work(db.session) as session:
            add_deadline(session, current_actor(), now(), whose().agency, form.deadline(), form.state)
    except Invalid as invalid:
        form.errors_from(invalid)
        return _page(whose(), form), 422
    except Conflict as conflict:
        form.form_errors.append(say(conflict.message))
        return _page(whose(), form), 409
    return _back("added")


@bp.post("/desk/admin/deadlines/<int:place>/end")
@audience(Audience.DESK, *ADMINISTRATORS)
def end_rule(place: int) -> Answer:
    """End the rule at this place of the list, counted from 1."""
    form = DeadlineForm(request.form)
    try:
        with unit_of_work(db.session) as session:
            end_deadline(session, current_actor(), now(), whose().agency, place - 1, form.state)
    except Conflict as conflict:
        fresh = DeadlineForm()
        fresh.form_errors.append(say(conflict.message))
        return _page(whose(), fresh), 409
    return _back("ended")


def _back(done: str) -> Response:
    return redirect(url_for("admin.deadlines", agency=whose().slug, done=done), 303)


def _ahead(session: Session, moment: datetime, agency: Agency | None, row: DeadlineRuleRow) -> Ahead:
    rule, today = DeadlineRule(row.days, row.working, row.basis_th), office_day(moment)
    holidays = _holidays(session, agency, today)
    return Ahead(due_on(moment, rule, holidays), longest(rule, today, holidays))


def _holidays(session: Session, agency: Agency | None, today: date) -> frozenset[date]:
    years = (today.year, today.year + 1, today.year + 2, today.year + 3)
    return agencies.holidays_for(session, agency.id, years) if agency else frozenset().union(*map(office_holidays, years))


def _page(chosen: Whose, form: DeadlineForm, ahead: Ahead | None = None, *, warn: bool = False) -> str:
    done, moment = DONE.get(request.args.get("done", "")), now()
    return render_template(
        "desk/admin/deadlines.html",
        whose=chosen,
        form=form,
        ahead=ahead,
        warn=warn,
        rules=queries.rules_of(db.session, chosen.agency_id),
        this_year=fiscal_year(moment),
        state=state_of(db.session, chosen.agency),
        holding=_holding(db.session, moment, chosen.agency) if chosen.agency else [],
        law_days=LAW_DAYS,
        done=_(done) if done else "",
        noindex=True,
    )


def _holding(session: Session, moment: datetime, agency: Agency) -> Sequence[Now]:
    rules, holidays = queries.rules_now(session, agency, fiscal_year(moment), language()), _holidays(session, agency, office_day(moment))
    return [Now(kind, rule, due_on(moment, rule, holidays)) for kind, rule in rules.items()]
