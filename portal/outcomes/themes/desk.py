"""Officers' pages about themes: the list, one theme, and giving cases their theme, many at once."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField

from portal.casework.models import Case
from portal.db import unit_of_work
from portal.kernel.errors import Conflict, Invalid, NotFound
from portal.kernel.messages import N_
from portal.outcomes import policy
from portal.outcomes.at_hand import Mine, mine
from portal.outcomes.themes import queries, service
from portal.outcomes.themes.models import Theme
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.clock import now
from portal.web.cursor import Key, next_url, paginate, per_page
from portal.web.database import db
from portal.web.forms import PortalForm, say

bp = Blueprint("themes_desk", __name__)
Answer = Response | str | tuple[str, int]
DONE = {
    "added": N_("The theme is on the list"),
    "edited": N_("The theme has its new name"),
    "closed": N_("The theme is no longer offered; its cases keep it"),
    "reopened": N_("The theme is offered again"),
    "given": N_("The themes are kept"),
}
GIVEN, SHOWN = "theme-", "was-"
PAGE_MOST = 50
#: The order of the index of an agency's years.
_NEWEST_FIRST: Sequence[Key] = [(Case.fiscal_year, "desc"), (Case.received_at, "desc"), (Case.id, "desc")]


class ThemeForm(PortalForm):
    """Names of a theme. ``version`` is the one that the person saw."""

    name_th = StringField(N_("Name in Thai"))
    name_en = StringField(N_("Name in English (may be empty)"))
    version = HiddenField()

    @property
    def seen(self) -> int:
        """One that never was if the field is damaged."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


@bp.get("/desk/themes")
@audience(Audience.DESK, *policy.IMPROVERS)
def index() -> str:
    """The agency's themes, how many cases have each, and a form for one more."""
    return _list(mine(*policy.IMPROVERS), ThemeForm())


@bp.post("/desk/themes")
@audience(Audience.DESK, *policy.THEME_KEEPERS)
def add() -> Answer:
    """One more theme."""
    form = ThemeForm(request.form)
    try:
        with unit_of_work(db.session) as session:
            agency = mine(*policy.THEME_KEEPERS).agency
            service.add_theme(session, current_actor(), now(), agency, form.name_th.data or "", form.name_en.data or "")
    except Invalid as invalid:
        form.errors_from(invalid)
        return _list(mine(*policy.THEME_KEEPERS), form), 422
    return _back("added")


@bp.get("/desk/themes/<slug>")
@audience(Audience.DESK, *policy.THEME_KEEPERS)
def show(slug: str) -> str:
    """One theme and its names."""
    chosen = mine(*policy.THEME_KEEPERS)
    theme = _at_hand(chosen, slug)
    return _page(chosen, theme, ThemeForm(data={"name_th": theme.name_th, "name_en": theme.name_en}))


@bp.post("/desk/themes/<slug>")
@audience(Audience.DESK, *policy.THEME_KEEPERS)
def edit(slug: str) -> Answer:
    """Other names."""
    form = ThemeForm(request.form)
    try:
        with unit_of_work(db.session) as session:
            theme = _at_hand(mine(*policy.THEME_KEEPERS), slug)
            service.edit_theme(session, current_actor(), now(), theme, form.name_th.data or "", form.name_en.data or "", form.seen)
    except Invalid as invalid:
        form.errors_from(invalid)
        return _again(slug, form), 422
    except Conflict as conflict:
        form.form_errors.append(say(conflict.message))
        return _again(slug, form), 409
    return _back("edited")


@bp.post("/desk/themes/<slug>/<any(close, reopen):verb>")
@audience(Audience.DESK, *policy.THEME_KEEPERS)
def set_open(slug: str, verb: str) -> Answer:
    """Offer it no longer, or again."""
    form = ThemeForm(request.form)
    try:
        with unit_of_work(db.session) as session:
            theme = _at_hand(mine(*policy.THEME_KEEPERS), slug)
            service.set_open(session, current_actor(), now(), theme, form.seen, is_open=verb == "reopen")
    except (Conflict, Invalid) as refused:
        found = _at_hand(mine(*policy.THEME_KEEPERS), slug)
        form = ThemeForm(data={"name_th": found.name_th, "name_en": found.name_en})
        if isinstance(refused, Invalid):
            form.errors_from(refused)
        else:
            form.form_errors.append(say(refused.message))
        return _again(slug, form), 422 if isinstance(refused, Invalid) else 409
    return _back("reopened" if verb == "reopen" else "closed")


@bp.get("/desk/themes/cases")
@audience(Audience.DESK, *policy.IMPROVERS)
def cases() -> str:
    """Cases without a theme, or with the one that ``?theme=`` asks for; a select for each."""
    return _cases(mine(*policy.IMPROVERS), {}, PortalForm())


@bp.post("/desk/themes/cases")
@audience(Audience.DESK, *policy.IMPROVERS)
def give() -> Answer:
    """Keep what was chosen; all of it or nothing."""
    chosen = {name.removeprefix(GIVEN): value for name, value in request.form.items() if name.startswith(GIVEN)}
    shown = {name.removeprefix(SHOWN): value for name, value in request.form.items() if name.startswith(SHOWN)}
    form = PortalForm()
    try:
        with unit_of_work(db.session) as session:
            service.give_themes(session, current_actor(), now(), mine(*policy.IMPROVERS).agency, chosen, shown)
    except Invalid as invalid:
        form.errors_from(invalid)
        return _cases(mine(*policy.IMPROVERS), chosen, form), 422
    except Conflict as conflict:
        form.form_errors.append(say(conflict.message))
        return _cases(mine(*policy.IMPROVERS), chosen, form), 409
    form_of = request.form
    return redirect(url_for("themes_desk.cases", agency=form_of.get("agency"), theme=form_of.get("theme") or None, done="given"), 303)


def _cases(chosen: Mine, typed: dict[str, str], form: PortalForm) -> str:
    session, actor, wanted = db.session, current_actor(), request.values.get("theme", "")
    theme = _at_hand(chosen, wanted) if wanted else None
    query = queries.with_theme(actor, chosen.agency.id, theme).options(joinedload(Case.unit), joinedload(Case.topic))
    page = paginate(session, query, _NEWEST_FIRST, min(per_page(), PAGE_MOST), request.args.get("cursor"))
    every = queries.themes_of(session, chosen.agency.id)
    return render_template(
        "themes/cases.html",
        whose=chosen,
        theme=theme,
        themes=every,
        offered=[one for one in every if one.closed_at is None or one is theme],
        page=page,
        next_url=next_url(page) if request.method == "GET" else None,
        typed=typed,
        form=form,
        done=_said(),
        noindex=True,
    )


def _again(slug: str, form: ThemeForm) -> str:
    chosen = mine(*policy.THEME_KEEPERS)
    return _page(chosen, _at_hand(chosen, slug), form)


def _page(chosen: Mine, theme: Theme, form: ThemeForm) -> str:
    count = queries.counts(db.session, chosen.agency.id).get(theme.id, 0)
    return render_template("themes/theme.html", whose=chosen, theme=theme, form=form, count=count, noindex=True)


def _list(chosen: Mine, form: ThemeForm) -> str:
    every = queries.themes_of(db.session, chosen.agency.id)
    return render_template(
        "themes/index.html",
        whose=chosen,
        offered=[theme for theme in every if theme.closed_at is None],
        closed=[theme for theme in every if theme.closed_at is not None],
        counts=queries.counts(db.session, chosen.agency.id),
        keeps=policy.can(current_actor(), policy.THEME_KEEPERS, chosen.agency.id),
        form=form,
        done=_said(),
        noindex=True,
    )


def _at_hand(chosen: Mine, slug: str) -> Theme:
    found = queries.by_slug(db.session, chosen.agency.id, slug)
    if found is None:
        raise NotFound
    return found


def _back(done: str) -> Response:
    return redirect(url_for("themes_desk.index", agency=mine(*policy.THEME_KEEPERS).slug, done=done), 303)


def _said() -> str:
    done = DONE.get(request.args.get("done", ""))
    return _(done) if done else ""
