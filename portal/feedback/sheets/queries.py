"""Named reads of imports, profiles, waiting files and known rows."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.casework import policy as cases
from portal.casework.models import Case
from portal.feedback.sheets import policy
from portal.feedback.sheets.models import SheetDraft, SheetImport, SheetProfile, SheetRow
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound

PUBLIC_ID = re.compile(r"[A-Za-z0-9_-]{8,32}")
_AT_ONCE = 900  # values of one question, fewer than any SQLite allows


def importing_into(session: Session, actor: Actor) -> list[Agency]:
    """Agencies that this person may import into, by name."""
    return [agency for agency in agencies.addressable(session) if policy.can_import(actor, agency)]


def imports_of(actor: Actor) -> Select[SheetImport]:
    """What this person may see, to be ordered by id; people and agencies loaded."""
    mine = select(SheetImport).where(SheetImport.agency_id.in_(sorted(actor.agencies(*policy.IMPORTERS))))
    return mine.options(joinedload(SheetImport.agency), joinedload(SheetImport.by))


def import_at_hand(session: Session, actor: Actor, public_id: str) -> SheetImport:
    """Raises ``NotFound`` for one that this person may not see."""
    found = session.scalar(imports_of(actor).where(SheetImport.public_id == public_id)) if PUBLIC_ID.fullmatch(public_id) else None
    if found is None:
        raise NotFound
    return found


def draft_at_hand(session: Session, actor: Actor, public_id: str, *, lock: bool = False) -> SheetDraft:
    """A file of this very person that waits; raises ``NotFound`` for any other, and after the right to import was taken away."""
    wanted = select(SheetDraft).where(SheetDraft.public_id == public_id, SheetDraft.by_id == actor.user_id)
    found = session.scalar(wanted.with_for_update() if lock else wanted) if PUBLIC_ID.fullmatch(public_id) else None
    if found is None or not policy.can_import(actor, found.agency):
        raise NotFound
    return found


def waiting_of(session: Session, actor: Actor) -> Sequence[SheetDraft]:
    """Files of this person that wait, the newest first."""
    mine = select(SheetDraft).where(SheetDraft.by_id == actor.user_id).options(joinedload(SheetDraft.agency))
    return session.scalars(mine.order_by(SheetDraft.id.desc())).all()


def imported_before(session: Session, agency_id: int, sha256: str, sheet: int) -> SheetImport | None:
    """The import of this very sheet of this very file."""
    same = select(SheetImport).where(SheetImport.agency_id == agency_id, SheetImport.sha256 == sha256, SheetImport.sheet == sheet)
    return session.scalar(same.order_by(SheetImport.id).limit(1))


def profiles_of(session: Session, agency_id: int) -> Sequence[SheetProfile]:
    """By name."""
    return session.scalars(select(SheetProfile).where(SheetProfile.agency_id == agency_id).order_by(SheetProfile.name)).all()


def profile_named(session: Session, agency_id: int, name: str) -> SheetProfile | None:
    """The agency's profile of this name."""
    return session.scalar(select(SheetProfile).where(SheetProfile.agency_id == agency_id, SheetProfile.name == name))


def known_references(session: Session, agency_id: int, hashes: Collection[str]) -> set[str]:
    """Those of the hashed numbers that a row of the agency has."""
    found: set[str] = set()
    for some in _in_parts(hashes):
        rows = select(SheetRow.reference_hash).where(SheetRow.agency_id == agency_id, SheetRow.reference_hash.in_(some))
        found.update(one for one in session.scalars(rows) if one)
    return found


def known_contents(session: Session, agency_id: int, hashes: Collection[str]) -> dict[str, bool]:
    """Those of the hashed words that a row of the agency has, and whether one of these rows has no number."""
    found: dict[str, bool] = {}
    for some in _in_parts(hashes):
        rows = select(SheetRow.content_hash, SheetRow.reference_hash.is_(None))
        for content, unnumbered in session.execute(rows.where(SheetRow.agency_id == agency_id, SheetRow.content_hash.in_(some))):
            found[content] = found.get(content, False) or bool(unnumbered)
    return found


def rows_of(actor: Actor, imported: SheetImport) -> Select[SheetRow]:
    """Rows whose cases this person may see, cases loaded; to be ordered by case."""
    rows = select(SheetRow).join(Case, Case.id == SheetRow.case_id).where(SheetRow.import_id == imported.id, cases.visible_to(actor))
    return rows.options(joinedload(SheetRow.case))


def _in_parts(values: Collection[str]) -> Iterator[list[str]]:
    rest = iter(values)
    while part := list(islice(rest, _AT_ONCE)):
        yield part
