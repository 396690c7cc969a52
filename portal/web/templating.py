"""What every template may use: translation, dates of the reader's language, assets, who and where."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from flask import Flask, g, request
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from portal.kernel import thai_calendar
from portal.kernel.thai_text import excerpt, pick
from portal.web.actor import current_actor, session_token
from portal.web.csrf import csrf_token
from portal.web.forms import say
from portal.web.language import language, other_language_path
from portal.web.runtime import runtime


def init_templating(app: Flask, identity: Callable[[], Any], asset: Callable[[str], str]) -> None:
    """Set loaders, filters and globals. ``identity`` gives the home agency as the header shows it."""
    app.jinja_env.add_extension("jinja2.ext.do")
    assert app.jinja_loader is not None
    app.jinja_loader = ChoiceLoader([app.jinja_loader, PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})])
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(_filters())
    app.jinja_env.globals.update(asset=asset, say=say, pick=lambda th, en: pick(language(), th, en))

    @app.context_processor
    def _context() -> dict[str, Any]:
        code = language()
        return {
            "language": code,
            "other_language_url": g.get("other_language_url", other_language_path()),
            "home_agency": identity(),
            "actor": current_actor() if _knows_actor() else None,
            "csrf_token": csrf_token() if _knows_actor() else None,
            "release": runtime().release,
            "section": None,
            "stamp": None,
            "noindex": False,
        }


def _knows_actor() -> bool:
    """Public pages never look at the session, so that they are the same for everybody."""
    return session_token() is not None and request.path.startswith("/desk")


def _filters() -> dict[str, Callable[..., Any]]:
    def formatted(formatter: Callable[[Any, str], str]) -> Callable[[Any], str]:
        return lambda value: formatter(value, language()) if value is not None else ""

    return {
        "datetime": formatted(thai_calendar.format_datetime),
        "date": formatted(thai_calendar.format_date),
        "date_short": formatted(thai_calendar.format_date_short),
        "month": formatted(thai_calendar.format_month),
        "time": formatted(thai_calendar.format_time),
        "day": thai_calendar.office_day,
        "iso": iso,
        "excerpt": excerpt,
    }


def iso(value: datetime | date | None) -> str:
    """Machine-readable, in Bangkok time with its zone."""
    if isinstance(value, datetime):
        return value.astimezone(thai_calendar.BANGKOK).isoformat(timespec="seconds")
    return value.isoformat() if value else ""
