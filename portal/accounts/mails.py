"""Mails to people with an account, or on their way to one: Thai first, English beneath, never an address or a name in the subject."""

from datetime import date
from functools import partial
from typing import Any

from flask import current_app
from flask_babel import force_locale, gettext

from portal.kernel.thai_calendar import format_date
from portal.outbox.mail import Mail

LANGUAGES = ("th", "en")


def compose(to: str, subject: str, template: str, reference: str, **facts: Any) -> Mail:
    """The mail in both languages, because whom it reaches has not chosen one yet. ``subject`` is English source text.

    ``template`` stands in ``templates/mail/``; it is given ``language`` and ``day`` (a date in words) besides the facts.
    """
    parts, subjects = [], []
    for language in LANGUAGES:
        with force_locale(language):
            subjects.append(gettext(subject))
            # Not flask.render_template: its context processors want a request, and the worker has none.
            text = current_app.jinja_env.get_template(f"mail/{template}.txt").render(
                language=language, day=partial(_day, language), **facts
            )
            parts.append(text.strip())
    return Mail(to=to, subject=" / ".join(subjects), text="\n\n--\n\n".join(parts) + "\n", reference=reference)


def _day(language: str, value: date) -> str:
    return format_date(value, language)
