"""Lines to be pasted into the agency's other website: the form in a frame, a link that passes the address on in LINE."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import escape

from portal.agencies.models import Agency
from portal.casework.questions.rules import Asked
from portal.feedback.poster import door_of
from portal.kernel.thai_text import pick
from portal.web.language import LANGUAGES
from portal.web.runtime import runtime

#: Pixels at a width of 320, measured with Thai words: the form alone, and each question more. A frame that is lower scrolls.
HEIGHT_ALONE, HEIGHT_EACH, HEIGHT_CHOICE = 1500, 130, 40


@dataclass(frozen=True)
class Snippet:
    """Lines in one language; ``url`` is what they lead to."""

    language: str
    url: str
    html: str


def frames_of(agency: Agency, questions: Sequence[Asked], topic: str = "") -> list[Snippet]:
    """The form in a frame, in each language."""
    height = HEIGHT_ALONE + sum(HEIGHT_EACH + HEIGHT_CHOICE * len(question.options) for question in questions)
    return [_frame(agency, code, topic, height) for code in LANGUAGES]


def line_shares_of(agency: Agency, topic: str = "") -> list[Snippet]:
    """A link that opens LINE with the form's address ready to be sent on; LINE is asked for nothing before it is followed."""
    return [_line_share(agency, code, topic) for code in LANGUAGES]


def _frame(agency: Agency, code: str, topic: str, height: int) -> Snippet:
    prefix = "" if code == "th" else f"/{code}"
    query = f"?topic={quote(topic)}" if topic else ""
    url = f"{runtime().settings.base_url}{prefix}/frame/{agency.slug}{query}"
    title = _title(agency, code)
    lines = (
        f'<iframe src="{escape(url)}" title="{escape(title)}" width="100%" height="{height}" style="border:0;min-width:320px"></iframe>',
        f'<p><a href="{escape(door_of(agency, topic, code).url)}">{escape(title)}</a></p>',
    )
    return Snippet(code, url, "\n".join(lines))


def _line_share(agency: Agency, code: str, topic: str) -> Snippet:
    title = _title(agency, code)
    url = f"https://line.me/R/share?text={quote(f'{title} {door_of(agency, topic, code).url}')}"
    with force_locale(code):
        text = _("Send by LINE")
    return Snippet(code, url, f'<a href="{escape(url)}" rel="noopener noreferrer nofollow">{escape(text)}</a>')


def _title(agency: Agency, code: str) -> str:
    with force_locale(code):
        return str(_("Write to %(agency)s", agency=pick(code, agency.name_th, agency.name_en)))
