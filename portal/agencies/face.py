"""The face of an agency: its colour, and which agency's face the portal's own pages wear (``docs/rules/first-day.md``)."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.agencies.policy import can_administer
from portal.agencies.service.acts import changed
from portal.kernel.actor import Actor
from portal.kernel.colour import LEAST_CONTRAST, WHITE, contrast, is_readable, nearest_readable, parse_colour, shown_ratio
from portal.kernel.errors import Invalid, NotAllowed
from portal.kernel.messages import N_, Message


def set_colour(session: Session, actor: Actor, now: datetime, agency: Agency, text: str) -> None:
    """Show the agency in this colour; an empty text gives the portal's own back. Raises ``NotAllowed``, ``Invalid`` (field ``colour``)."""
    if not can_administer(actor, agency):
        raise NotAllowed
    agency.colour = checked_colour(text) if text.strip() else ""
    changed(session, actor, now, agency, "agency.colour_set", {"colour": agency.colour})


def checked_colour(text: str) -> str:
    """The colour as it is stored. Raises ``Invalid`` for what is no colour, and for one that cannot be read on white."""
    colour = parse_colour(text)
    if colour is None:
        raise Invalid({"colour": [Message(N_("Write a colour as # and six digits or letters a to f, for example #1f5c49"))]})
    if not is_readable(colour):
        words = N_("This colour has a contrast of %(ratio)s to 1 on white and needs %(least)s; the nearest that can be read is %(offered)s")
        values = {"ratio": shown_ratio(contrast(colour, WHITE)), "least": LEAST_CONTRAST, "offered": nearest_readable(colour)}
        raise Invalid({"colour": [Message(words, values)]})
    return colour


def make_home(session: Session, actor: Actor, now: datetime, agency: Agency) -> None:
    """Let the portal's own pages wear this agency's identity, unless the environment says another. Raises ``NotAllowed``."""
    if not can_administer(actor, None):
        raise NotAllowed
    session.execute(update(Agency).where(Agency.is_home, Agency.id != agency.id).values(is_home=False))
    agency.is_home = True
    changed(session, actor, now, agency, "agency.made_home")
