"""Named reads of batches and sheets; what officers read is scoped by ``policy.visible_to`` and ``casework.policy``."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, case, func, or_, select, union_all
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.casework import policy as cases
from portal.casework.models import Case, CaseFile
from portal.feedback.transcribing import policy
from portal.feedback.transcribing.models import Batch, Sheet, SheetPage
from portal.feedback.transcribing.rules import OVER, WAITING, SheetState
from portal.files.models import StoredFile
from portal.kernel.actor import Actor
from portal.kernel.errors import NotFound

#: More are shown as "100+".
COUNTED_MOST = 100


@dataclass(frozen=True)
class Standing:
    """How far a batch is: ``sheets`` = ``cases`` + ``set_aside`` + ``waiting``; ``to_check`` are among the waiting."""

    sheets: int = 0
    cases: int = 0
    set_aside: int = 0
    waiting: int = 0
    to_check: int = 0

    @property
    def is_done(self) -> bool:
        """Nothing is left to do."""
        return self.waiting == 0


@dataclass(frozen=True)
class Twin:
    """Where the very bytes of a page are already: in another sheet, or in a case."""

    sheet: Sheet | None = None
    case: Case | None = None


def standing(session: Session, batch_ids: Collection[int]) -> dict[int, Standing]:
    """The counts of each batch in one query; a batch without sheets has zeros."""
    wanted = sorted(set(batch_ids))
    counted = (func.sum(case((Sheet.state.in_(states), 1), else_=0)) for states in _COUNTED)
    rows = session.execute(select(Sheet.batch_id, func.count(), *counted).where(Sheet.batch_id.in_(wanted)).group_by(Sheet.batch_id)).all()
    found = {row[0]: Standing(*map(int, row[1:])) for row in rows}
    return {batch_id: found.get(batch_id, Standing()) for batch_id in wanted}


_COUNTED = ((SheetState.CASE,), (SheetState.SET_ASIDE,), WAITING, (SheetState.TO_CHECK,))


def batches(actor: Actor) -> Select[Batch]:
    """Batches of the actor's agencies, people and agency loaded; to be ordered by id."""
    return select(Batch).where(policy.visible_to(actor)).options(joinedload(Batch.agency), joinedload(Batch.made_by))


def batch(session: Session, actor: Actor, public_id: str, *, lock: bool = False) -> Batch:
    """The batch if the officer may see it; raises ``NotFound`` otherwise."""
    wanted = select(Batch).where(Batch.public_id == public_id, policy.visible_to(actor))
    found = session.scalar(wanted.with_for_update().execution_options(populate_existing=True) if lock else wanted)
    if found is None:
        raise NotFound
    return found


def sheets(batch: Batch) -> Select[Sheet]:
    """The sheets of a batch, cases and people loaded; to be ordered by (position, id)."""
    of_case = joinedload(Sheet.case).selectinload(Case.about)
    loaded = of_case, joinedload(Sheet.held_by), joinedload(Sheet.typed_by), joinedload(Sheet.checked_by), joinedload(Sheet.aside_by)
    pages = selectinload(Sheet.pages).joinedload(SheetPage.file)
    return select(Sheet).where(Sheet.batch_id == batch.id).options(*loaded, pages)


def sheet(session: Session, actor: Actor, public_id: str, *, lock: bool = False) -> Sheet:
    """The sheet if the officer may type it; raises ``NotFound`` otherwise. ``lock`` before doing anything with it."""
    wanted = select(Sheet).where(Sheet.public_id == public_id)
    found = session.scalar(wanted.with_for_update().execution_options(populate_existing=True) if lock else wanted)
    if found is None or not policy.can_type(actor, found):
        raise NotFound
    return found


def pictured(actor: Actor) -> Select[Sheet]:
    """Cases that the officer sees and whose words are in a picture still; to be ordered by id."""
    of_case = select(Sheet).join(Case, Case.id == Sheet.case_id)
    return of_case.where(*_pictured(actor)).options(joinedload(Sheet.case).joinedload(Case.agency), joinedload(Sheet.held_by))


def _pictured(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    goes_on = Case.status.not_in(OVER), Case.words_erased_at.is_(None)
    return Sheet.batch_id.is_(None), Sheet.state.in_(WAITING), *goes_on, cases.visible_to(actor)


def next_free(session: Session, actor: Actor, now: datetime, batch: Batch, *, after: int = 0) -> Sheet | None:
    """The next sheet of the batch that this officer could begin: nobody else has it, and it is not their own to check.

    After that position first, then from the beginning, so that what was left comes up again.
    """
    free = or_(Sheet.held_until.is_(None), Sheet.held_until <= now, Sheet.held_by_id == actor.user_id)
    mine_typed = (Sheet.state == SheetState.TO_CHECK) & (Sheet.typed_by_id == actor.user_id)
    wanted = select(Sheet).where(Sheet.batch_id == batch.id, Sheet.state.in_(WAITING), free, ~mine_typed)
    later_first = case((Sheet.position > after, 0), else_=1)
    return session.scalars(wanted.order_by(later_first, Sheet.position, Sheet.id).limit(1)).first()


def paper(session: Session, now: datetime, batch: Batch, most: int) -> Sequence[Sheet]:
    """Sheets that have no picture, are nobody's at the moment and have no words yet, in their order."""
    free = or_(Sheet.held_until.is_(None), Sheet.held_until <= now)
    bare = ~Sheet.pages.any(), Sheet.draft_enc.is_(None), Sheet.state == SheetState.WAITING, free
    wanted = select(Sheet).where(Sheet.batch_id == batch.id, *bare).options(selectinload(Sheet.pages))
    return session.scalars(wanted.order_by(Sheet.position, Sheet.id).limit(most)).all()


def following(session: Session, sheet: Sheet) -> Sheet | None:
    """The sheet that comes next in the stack, whatever its state; under a lock."""
    later = select(Sheet).where(Sheet.batch_id == sheet.batch_id, Sheet.position > sheet.position)
    return session.scalar(later.order_by(Sheet.position, Sheet.id).limit(1).with_for_update())


def numbered(session: Session, agency_id: int, year: int, key: str) -> Sheet | None:
    """The sheet that has this registry number."""
    wanted = select(Sheet).where(Sheet.agency_id == agency_id, Sheet.registry_year == year, Sheet.registry_key == key)
    return session.scalar(wanted.options(joinedload(Sheet.case), joinedload(Sheet.batch)))


def files_of(session: Session, sheet: Sheet) -> Sequence[StoredFile]:
    """The pages to be read: the sheet's own, or of a photographed letter the files that its sender gave with it."""
    if sheet.batch_id is not None:
        pages = select(StoredFile).join(SheetPage, SheetPage.stored_file_id == StoredFile.id).where(SheetPage.sheet_id == sheet.id)
        return session.scalars(pages.order_by(SheetPage.position)).all()
    first = select(func.min(CaseFile.event_id)).where(CaseFile.case_id == sheet.case_id).scalar_subquery()
    given = select(StoredFile).join(CaseFile, CaseFile.stored_file_id == StoredFile.id)
    return session.scalars(given.where(CaseFile.case_id == sheet.case_id, CaseFile.event_id == first).order_by(CaseFile.id)).all()


def twins(session: Session, actor: Actor, sheet: Sheet) -> list[Twin]:
    """Where the very bytes of its pages are already in the same agency; of cases only those that the officer sees. Two queries."""
    hashes = {file.original_sha256 for file in files_of(session, sheet)}
    if not hashes or sheet.batch is None:
        return []
    same = StoredFile.original_sha256.in_(hashes)
    others = select(Sheet).join(SheetPage, SheetPage.sheet_id == Sheet.id).join(StoredFile, StoredFile.id == SheetPage.stored_file_id)
    there = others.where(same, Sheet.id != sheet.id, Sheet.agency_id == sheet.agency_id).distinct().options(joinedload(Sheet.batch))
    of_cases = select(Case).join(CaseFile, CaseFile.case_id == Case.id).join(StoredFile, StoredFile.id == CaseFile.stored_file_id)
    taken = of_cases.where(same, Case.agency_id == sheet.agency_id, cases.visible_to(actor)).distinct()
    return [*(Twin(sheet=one) for one in session.scalars(there)), *(Twin(case=one) for one in session.scalars(taken))]


def count_waiting(session: Session, actor: Actor) -> int:
    """How many sheets and photographed letters wait for this officer's agencies, at most ``COUNTED_MOST + 1``; one query."""
    of_batches = select(Sheet.id).join(Batch, Batch.id == Sheet.batch_id).where(Sheet.state.in_(WAITING), policy.visible_to(actor))
    some = (few.limit(COUNTED_MOST + 1).subquery() for few in (of_batches, _ids_pictured(actor)))
    found = session.scalar(select(func.count()).select_from(union_all(*(select(few.c.id) for few in some)).subquery()))
    return min(found or 0, COUNTED_MOST + 1)


def count_pictured(session: Session, actor: Actor) -> int:
    """How many photographed letters wait, at most ``COUNTED_MOST + 1``."""
    few = _ids_pictured(actor).limit(COUNTED_MOST + 1).subquery()
    return session.scalar(select(func.count()).select_from(few)) or 0


def _ids_pictured(actor: Actor) -> Select[int]:
    return select(Sheet.id).join(Case, Case.id == Sheet.case_id).where(*_pictured(actor))


def batch_of_form(session: Session, under: str) -> Batch | None:
    """The batch that the pages of this form went into already; ``under`` as files wait under it. Under the lock of the agency or batch."""
    sent = select(StoredFile.id).where(StoredFile.staged_under == under, StoredFile.attached_at.is_not(None))
    pages = select(Batch).join(Sheet, Sheet.batch_id == Batch.id).join(SheetPage, SheetPage.sheet_id == Sheet.id)
    return session.scalars(pages.where(SheetPage.stored_file_id.in_(sent)).limit(1)).first()


def case_of(session: Session, actor: Actor, public_id: str) -> Sheet | None:
    """The sheet with its case, if it became one that the officer sees."""
    wanted = select(Sheet).join(Case, Case.id == Sheet.case_id).where(Sheet.public_id == public_id, cases.visible_to(actor))
    return session.scalar(wanted.options(joinedload(Sheet.case)))


def made_by(actor: Actor, batch: Batch) -> Select[Sheet]:
    """Sheets of the batch that became cases by this officer's saving, and that they see; to be ordered by (position, id)."""
    mine = func.coalesce(Sheet.checked_by_id, Sheet.typed_by_id) == actor.user_id
    of_batch = select(Sheet).join(Case, Case.id == Sheet.case_id).where(Sheet.batch_id == batch.id, mine, cases.visible_to(actor))
    return of_batch.options(joinedload(Sheet.case).joinedload(Case.agency))
