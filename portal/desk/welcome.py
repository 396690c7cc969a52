"""The desk of people who work no cases: what they can do here instead."""

from dataclasses import dataclass

from flask import current_app, render_template, url_for
from flask_babel import gettext as _

from portal.agencies import queries as agencies
from portal.kernel.actor import Actor, Role
from portal.kernel.messages import N_
from portal.kernel.thai_text import pick
from portal.web.database import db
from portal.web.language import language


@dataclass(frozen=True)
class Way:
    """A page, and what one does there."""

    endpoint: str
    text: str
    more: str


WAYS: dict[Role, Way] = {
    Role.PUBLISHER: Way("disclosures_desk.index", N_("Pages"), N_("Write pages, keep them current and publish them")),
    Role.ADMINISTRATOR: Way("audit.index", N_("Audit trail"), N_("See who did what and when in your agency")),
    Role.SYSTEM_ADMINISTRATOR: Way("audit.index", N_("Audit trail"), N_("See who did what and when in every agency")),
    Role.INTEGRITY: Way(
        "corruption_desk.index", N_("Reports of corruption"), N_("Read them, talk with reporters without their name, refer and conclude")
    ),
    Role.REVIEWER: Way("review.index", N_("Contested cases"), N_("Judge outcomes that nobody in the agency is independent of")),
    Role.ASSESSOR: Way(
        "assessing.index", N_("Assessing levels of participation"), N_("Rule on evidence, confirm levels, answer objections")
    ),
    Role.CIVIL_SOCIETY: Way("cases.index", N_("Published answers"), N_("Follow what people said and what agencies answered")),
}


@dataclass(frozen=True)
class Held:
    """A role, and where it is held."""

    label: str
    places: list[str]


def welcome(actor: Actor) -> str:
    """A page with the person's roles and the ways that are open to them."""
    ways = [(url_for(way.endpoint), _(way.text), _(way.more)) for role, way in WAYS.items() if actor.has_role(role) and _is_there(way)]
    return render_template("desk/welcome.html", held=_held(actor), ways=ways, noindex=True)


def _is_there(way: Way) -> bool:
    return way.endpoint in current_app.view_functions


def _held(actor: Actor) -> list[Held]:
    every = agencies.by_ids(db.session, frozenset().union(*actor.roles.values()))
    names = {agency.id: pick(language(), agency.name_th, agency.name_en) for agency in every.values()}
    return [Held(_(role.label), sorted(names[id] for id in ids if id in names)) for role, ids in actor.roles.items()]
