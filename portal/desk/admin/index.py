"""The first page: everything that can be set, in groups, for those who may."""

from dataclasses import dataclass

from flask import Blueprint, render_template, url_for
from flask_babel import gettext as _

from portal.kernel.actor import Actor, Role
from portal.kernel.messages import N_
from portal.setup import queries as setup
from portal.web.actor import current_actor
from portal.web.audience import Audience, audience
from portal.web.database import db

bp = Blueprint("admin", __name__)
ADMINISTRATORS = (Role.ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR)


@dataclass(frozen=True)
class Way:
    """A page of the administration, and what one does there."""

    endpoint: str
    text: str
    more: str
    roles: tuple[Role, ...] = ADMINISTRATORS


#: Groups in the order of the page; each room adds its own line here.
GROUPS: dict[str, tuple[Way, ...]] = {
    N_("Agency"): (
        Way("admin.look", N_("Colour and identity"), N_("The colour of the page head, and which agency the portal wears")),
        Way("admin.door", N_("Keep your site"), N_("Address of the form, poster with QR code, button, LINE, the form inside your website")),
        Way("admin.mail", N_("Mail server"), N_("Where mails leave, with a test message"), (Role.SYSTEM_ADMINISTRATOR,)),
        Way("agencies_desk.index", N_("Agencies and units"), N_("Names, contacts, missions, strategy; add, move, merge and close")),
        Way("admin.calendar", N_("Office calendar"), N_("Holidays of the year, with the days that the agency adds or works on")),
        Way("admin.options", N_("Settings"), N_("What the form takes, publication, limits, sign-in, how long things are kept")),
    ),
    N_("People"): (
        Way("people.index", N_("People"), N_("Who works here, what they may do, and what happens when they leave")),
        Way("people.invitations", N_("Invitations"), N_("Ask somebody to come, send again, withdraw")),
        Way("people.heads", N_("Heads of units"), N_("Who heads which agency or unit, so that cases about them are kept apart")),
        Way(
            "oidc_desk.index",
            N_("Accounts of the agency"),
            N_("People of the agency sign in by the accounts that they have already"),
            (Role.SYSTEM_ADMINISTRATOR,),
        ),
    ),
    N_("Listening and answering"): (
        Way("admin.channels", N_("Channels"), N_("How people reach the agency, who collects what comes, and until when each way is open")),
        Way(
            "sheets.index",
            N_("Import from a spreadsheet"),
            N_("Matters that people handed in elsewhere become cases"),
            (Role.ADMINISTRATOR,),
        ),
        Way("boxes_desk.index", N_("Suggestion boxes"), N_("Where they hang, who holds the keys, openings, slips and posters")),
        Way("admin.mailbox", N_("E-mail that comes in"), N_("The mailbox that the portal reads, and what became of what came")),
        Way("admin.topics", N_("Topics"), N_("What a matter may be about, in the agency's words")),
        Way("admin.questions", N_("Questions of the form"), N_("What the agency asks beside the fields that every form has, and when")),
        Way(
            "admin.routing",
            N_("Routing rules"),
            N_("Which unit or officer gets what, with a matter to try it"),
        ),
        Way(
            "admin.deadlines",
            N_("Deadlines"),
            N_("How long an answer may take, by kind of matter and for danger to life, with the legal basis"),
        ),
        Way(
            "admin.templates", N_("Templates of mails and replies"), N_("What senders read in mails, and replies that officers start from")
        ),
    ),
    N_("Watching over it"): (
        Way(
            "privacy_desk.retention",
            N_("How long things are kept"),
            N_("What would be erased now, how long each kind is kept and why, and what was erased"),
            (Role.SYSTEM_ADMINISTRATOR,),
        ),
        Way("audit.index", N_("Audit trail"), N_("See who did what and when, and whether the chain is whole")),
        Way(
            "checkup.index",
            N_("Is everything right"),
            N_("What could be wrong with settings, stores and people, and what mends it"),
            (Role.SYSTEM_ADMINISTRATOR,),
        ),
    ),
}


@bp.get("/desk/admin")
@audience(Audience.DESK, *ADMINISTRATORS)
def index() -> str:
    """What the person may set."""
    actor = current_actor()
    groups = [(_(name), found) for name, ways in GROUPS.items() if (found := _open_to(actor, ways))]
    begun = actor.has_role(Role.SYSTEM_ADMINISTRATOR) and setup.goes_on(setup.state(db.session))
    return render_template("desk/admin/index.html", groups=groups, first_day_goes_on=begun, noindex=True)


def _open_to(actor: Actor, ways: tuple[Way, ...]) -> list[tuple[str, str, str]]:
    return [(url_for(way.endpoint), _(way.text), _(way.more)) for way in ways if actor.has_role(*way.roles)]
