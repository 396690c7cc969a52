"""Which facts count (``docs/rules/scale.md``, "What counts")."""

from collections.abc import Mapping

from portal.kernel.evidence import ENTERED_WITHIN, Fact, Lasting
from portal.kernel.thai_calendar import fiscal_year_bounds
from portal.participation.rules.dossier import Dossier, Ruling
from portal.participation.rules.results import Standing


def kind_of(fact: Fact) -> str:
    """The tag that names the shape in a file."""
    return str(type(fact).__struct_config__.tag)


def standing_of(fact: Fact, dossier: Dossier, ruling: Ruling | None) -> Standing:
    """Whether the fact counts in the dossier's year; the first reason against it is told."""
    first, last = fiscal_year_bounds(dossier.subject.fiscal_year)
    lasting = isinstance(fact, Lasting)
    ended = isinstance(fact, Lasting) and fact.until is not None and fact.until < first
    outside = fact.on > last or (not lasting and fact.on < first) or ended
    since = max(fact.on, first) if lasting else fact.on
    reasons = (
        (fact.withdrawn, Standing.WITHDRAWN),
        (not fact.public, Standing.NOT_PUBLIC),
        (not fact.responsible.strip(), Standing.NOBODY_RESPONSIBLE),
        (outside, Standing.OUTSIDE_YEAR),
        (dossier.frozen_on is not None and fact.recorded_on > dossier.frozen_on, Standing.AFTER_FREEZE),
        (fact.by_scorer, Standing.BY_SCORER),
        (ruling is not None and not ruling.accepted, Standing.REFUSED),
        (fact.recorded_on - since > ENTERED_WITHIN, Standing.ACCEPTED if ruling is not None else Standing.LATE),
    )
    return next((reason for holds, reason in reasons if holds), Standing.COUNTS)


def rulings_by_fact(dossier: Dossier) -> Mapping[tuple[str, str], Ruling]:
    """The last ruling on each fact."""
    return {(ruling.kind, ruling.key): ruling for ruling in sorted(dossier.rulings, key=lambda one: one.on)}
