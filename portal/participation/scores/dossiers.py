"""The dossier of an agency and a year, put together from what was kept (``docs/rules/scale.md``)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from msgspec import structs
from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.kernel.evidence import Mission, Subject
from portal.kernel.thai_calendar import fiscal_year_bounds
from portal.participation.rules.dossier import Dossier, Ruling
from portal.participation.scores.beside import lists_for, rulings_for
from portal.participation.scores.freezing import dossier_in, newest
from portal.participation.scores.keeping import kept
from portal.participation.scores.scored import first_years, frozen_on, missions_of

Rulings = Mapping[int, tuple[Ruling, ...]]


def dossier_of(session: Session, agency: Agency, year: int) -> Dossier | None:
    """What the levels of the fiscal year (B.E.) are computed from; None while nothing was gathered of it."""
    return dossiers_of(session, [agency], year).get(agency.id)


def dossiers_of(session: Session, agencies: Sequence[Agency], year: int, frozen_ids: Collection[int] | None = None) -> dict[int, Dossier]:
    """The same for many, by id, without those of which nothing was gathered; as many queries for one agency as for many.

    A frozen year stays as it was frozen, but for rulings. Else the day of the look is the last on which something was gathered, so that the
    same records always give the same dossier. ``frozen_ids`` are those whose year is frozen, if the caller knows them.
    """
    ids = [agency.id for agency in agencies]
    rulings, frozen = rulings_for(session, ids, year), newest(session, ids if frozen_ids is None else frozen_ids, year)
    found = {agency_id: structs.replace(dossier_in(row), rulings=rulings[agency_id]) for agency_id, row in frozen.items()}
    return found | _open(session, [agency for agency in agencies if agency.id not in frozen], year, rulings)


def _open(session: Session, agencies: Sequence[Agency], year: int, rulings: Rulings) -> dict[int, Dossier]:
    if not agencies:
        return {}
    ids = [agency.id for agency in agencies]
    gathered, lists = kept(session, ids, year), lists_for(agencies, year)
    missions, first = missions_of(session, ids), first_years(session, ids)
    ended = any(day > fiscal_year_bounds(year)[1] for _, day in gathered.values())  # before that nobody asks for the day of the freeze
    last_entry = frozen_on(session, year) if ended else date.max
    return {
        agency.id: Dossier(
            subject=_subject(agency, year, gathered[agency.id][1], first.get(agency.id, year), missions[agency.id]),
            lists=lists[agency.id],
            facts=gathered[agency.id][0],
            rulings=rulings[agency.id],
            frozen_on=last_entry if gathered[agency.id][1] > last_entry else None,
        )
        for agency in agencies
        if agency.id in gathered
    }


def _subject(agency: Agency, year: int, gathered_on: date, first: int, missions: tuple[Mission, ...]) -> Subject:
    return Subject(
        agency=agency.slug, name_th=agency.name_th, name_en=agency.name_en, kind=agency.kind.value, level=agency.level.value,
        fiscal_year=year, as_of=min(gathered_on, fiscal_year_bounds(year)[1]), is_compulsory=agency.is_compulsory,
        is_sample=agency.is_sample, is_first_year=year <= first, missions=missions,
    )  # fmt: skip
