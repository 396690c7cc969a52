"""The door of an agency as it is shown outside the portal: a short address, its QR, a button for other sites, an A4 poster."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup, escape

from portal.agencies.models import Agency
from portal.agencies.theme import theme_url
from portal.feedback.offer import days_of
from portal.feedback.qr import svg
from portal.web.clock import now
from portal.web.database import db
from portal.web.language import LANGUAGES
from portal.web.runtime import runtime

#: Names above these lengths are set smaller, so that 200 characters still stand on the poster.
LONG, VERY_LONG = 45, 90
#: Mangosteen, the portal's own.
OWN_COLOUR = "#5a1e46"
#: A quarter of the drawing may be dirty or torn.
ERROR = "q"
#: Hosts that are this very machine, where nobody else arrives.
LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Door:
    """Where people write to the agency."""

    url: str

    @property
    def short(self) -> str:
        """As one would say or type it."""
        parts = urlsplit(self.url)
        return parts.netloc + parts.path

    @property
    def leads_nowhere(self) -> bool:
        """True while the portal has no address that another device could reach: then nothing should be printed yet."""
        return urlsplit(self.url).hostname in LOCAL_HOSTS

    @property
    def qr(self) -> Markup:
        """The address as a drawing."""
        return svg(self.url, ERROR)


def door_of(agency: Agency, topic: str = "", language: str = "th") -> Door:
    """The agency's door, or that to one of its topics (a slug)."""
    prefix = "" if language == "th" else f"/{language}"
    return Door(f"{runtime().settings.base_url}{prefix}/write/{agency.slug}{f'/{topic}' if topic else ''}")


@dataclass(frozen=True)
class Button:
    """A link for the agency's other website, in one language."""

    language: str
    text: str
    ground: str
    html: str


def buttons_of(agency: Agency, topic: str = "") -> list[Button]:
    """One in each language."""
    return [_button(agency, code, topic) for code in LANGUAGES]


def _button(agency: Agency, code: str, topic: str) -> Button:
    with force_locale(code):
        text = _("Write to the agency")
    ground = agency.colour or OWN_COLOUR
    return Button(code, text, ground, button_html(door_of(agency, topic, code).url, text, ground))


def button_html(url: str, text: str, ground: str) -> str:
    """A plain link that looks like a button, to be pasted into another site: no script, no style sheet, nothing that asks us."""
    look = (
        f"display:inline-block;padding:12px 20px;border-radius:4px;background:{ground};color:#ffffff;font-weight:bold;text-decoration:none"
    )
    return f'<a href="{escape(url)}" style="{look}">{escape(text)}</a>'


def poster(agency: Agency, back: str, topic_names: tuple[str, str] = ("", ""), topic: str = "") -> str:
    """The page of the poster: one sheet of A4 in both languages, and on the screen the way back."""
    length = len(agency.name_th)
    return render_template(
        "feedback/poster.html",
        agency=agency,
        door=door_of(agency, topic),
        topic_names=topic_names,
        back=back,
        size="very-long" if length > VERY_LONG else "long" if length > LONG else "",
        seal_url=f"/files/seals/{agency.seal.public_id}" if agency.seal else None,
        theme_url=theme_url(agency.colour),
        days=days_of(db.session, now(), agency),
        noindex=True,
    )
