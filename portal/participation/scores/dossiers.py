"""The dossier of an agency and a year, put together from what was kept (``docs/rules/scale.md``)."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.kernel.evidence import Subject
from portal.kernel.thai_calendar import fiscal_year_bounds
from portal.participation.rules.dossier import Dossier
from portal.participation.scores.beside import lists_for, rulings_for
from portal.participation.scores.keeping import kept
from portal.participation.scores.scored import first_years, frozen_on, missions_of


def dossier_of(session: Session, agency: Agency, year: int) -> Dossier | None:
    """What the levels of the fiscal year (B.E.) are computed from; None while nothing was gathered of it."""
    return dossiers_of(session, [agency], year).get(agency.id)


def dossiers_of(session: Session, agencies: Sequence[Agency], year: int) -> dict[int, Dossier]:
    """The same for many, by id, without those of which nothing was gathered; as many queries for one agency as for many.

    The day of the look is the last on which something was gathered, so that the same records always give the same dossier.
    """
    ids = [agency.id for agency in agencies]
    facts = kept(session, ids, year)
    missions, first, lists = missions_of(session, ids), first_years(session, ids), lists_for(session, agencies, year)
    rulings, last_entry = rulings_for(session, ids, year), frozen_on(session, year)
    last = fiscal_year_bounds(year)[1]
    return {
        agency.id: Dossier(
            subject=Subject(
                agency=agency.slug, name_th=agency.name_th, name_en=agency.name_en, kind=agency.kind.value, level=agency.level.value,
                fiscal_year=year, as_of=min(facts[agency.id][1], last), is_compulsory=agency.is_compulsory, is_sample=agency.is_sample,
                is_first_year=year <= first.get(agency.id, year), missions=missions[agency.id],
            ),
            lists=lists[agency.id], facts=facts[agency.id][0], rulings=rulings[agency.id],
            frozen_on=last_entry if facts[agency.id][1] > last_entry else None,
        )
        for agency in agencies
        if agency.id in facts
    }  # fmt: skip
