"""What a ladder says in one sentence."""

from collections.abc import Mapping
from typing import Any

from flask import g
from flask_babel import gettext as _

from portal.kernel.thai_text import pick
from portal.participation.rules.results import Missing, Said
from portal.participation.rules.saying import message_of
from portal.participation.shown.ladder import Ladder
from portal.web.forms import say
from portal.web.language import language


def told(said: Said) -> str:
    """A finding in the reader's language."""
    return say(message_of(said, _spoken()))


def _spoken() -> str:
    """The language of the answer: feeds, badges and the API are asked for it, pages have it in their address."""
    return str(g.get("language", language()))


def lacking(missing: Missing, ladder: Ladder) -> str:
    """What is not there, after the name of the record that lacks it."""
    about = ladder.named([missing.about]) if missing.about else []
    return " · ".join([*(pick(_spoken(), fact.name_th, fact.name_en) for fact in about), told(missing.said)])


def reason(ladder: Ladder) -> str:
    """Why it stops where it stops; a finding without a number says little without the words of its check."""
    check = ladder.because
    if check is None:
        return str(_("Every level holds"))
    said = check.result.finding.said
    if said.values:
        return told(said)
    return str(_("of “%(check)s”: %(said)s", check=pick(_spoken(), check.check.words.th, check.check.words.en), said=told(said)))


def standing(ladder: Ladder) -> str:
    """Where the agency stands on it, and why not higher."""
    result, why = ladder.result, reason(ladder)
    if result.stops_at is None:
        return str(_("Level 5 of 5, every level holds"))
    if result.level is None and not result.reached:
        return str(_("Cannot be computed yet: %(why)s", why=why))
    if result.level is None:
        return str(_("Cannot be computed yet beyond level %(reached)s: %(why)s", reached=result.reached, why=why))
    return str(_("Level %(level)s of 5, it stops at level %(stop)s: %(why)s", level=result.level, stop=result.stops_at, why=why))


def brief(level: int | None, reached: int) -> str:
    """The same in a few words, where the reason does not fit."""
    if level is None and not reached:
        return str(_("Cannot be computed yet"))
    if level is None:
        return str(_("Cannot be computed yet, holds up to level %(reached)s", reached=reached))
    return str(_("Level %(level)s of 5", level=level))


def figure(level: int | None) -> str:
    """A level as a figure, or a dash."""
    return "–" if level is None else str(level)


def helpers() -> Mapping[str, Any]:
    """What templates of these pages call."""
    return {"told": told, "lacking": lacking, "reason": reason, "standing": standing, "brief": brief, "figure": figure}
