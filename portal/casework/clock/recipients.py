"""Who is told at each step: of the agency's people those who may see the case, and of the agency above whoever leads it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from portal.accounts import queries as accounts
from portal.accounts.absence.queries import stood_in_for, with_substitutes
from portal.accounts.heads.queries import heads
from portal.accounts.models import User
from portal.agencies import queries as agencies
from portal.agencies.models import Agency
from portal.casework import policy
from portal.casework.clock.ladder import REMINDERS, Step
from portal.casework.models import Case
from portal.kernel.actor import Actor, Role


class Recipients:
    """Of one transaction: every person's rights, and who stands where, are read once."""

    def __init__(self, session: Session, today: date) -> None:
        self._session, self._today = session, today
        self._actors: dict[int, Actor] = {}
        self._heads: dict[int, list[User]] = {}
        self._holders: dict[tuple[int, Role], Sequence[User]] = {}

    def of(self, case: Case, step: Step) -> list[User]:
        """Nobody twice; empty where nobody stands at this level whom the case may be told to."""
        for people in self._levels(case, step):
            there = with_substitutes(self._session, people, self._today)
            if found := [user for user in there if self.may_be_told(user, case, step)]:
                return found
        return []

    def may_be_told(self, user: User, case: Case, step: Step) -> bool:
        """True for who may see the case and did not decide it before a contest.

        Whoever leads the agency above may be told of an unmarked case that they cannot open.
        """
        if user.disabled_at is not None or any(row.user_id == user.id for row in case.barred):
            return False
        return self.may_open(user, case) or (step is Step.ABOVE and not case.guarded)

    def may_open(self, user: User, case: Case) -> bool:
        """True if a link to the case leads this person somewhere."""
        if user.id not in self._actors:
            absent = stood_in_for(self._session, user.id, self._today)
            self._actors[user.id] = replace(accounts.actor_for(self._session, user), stands_in_for=absent)
        return policy.can_see(self._actors[user.id], case)

    def _levels(self, case: Case, step: Step) -> Iterable[Sequence[User]]:
        """People who come into question, the next ones only where of the ones before nobody is left."""
        holder = case.judge_agency or case.agency
        if step in REMINDERS:
            yield [case.owner] if case.owner else []
            yield self._holding(holder, Role.COORDINATOR)
        elif step is Step.HEAD:
            for unit in self._units(case) if case.judge_agency is None else []:
                yield self._head(unit)
        elif step is Step.COORDINATORS:
            yield self._holding(holder, Role.COORDINATOR)
        elif step is Step.EXECUTIVE:
            yield [*self._holding(holder, Role.EXECUTIVE), *self._head(holder)]
        else:
            for above in agencies.ancestors(self._session, holder):
                yield [*self._holding(above, Role.EXECUTIVE), *self._head(above)]

    def _units(self, case: Case) -> list[Agency]:
        """The unit where the case lies, or else the owner's, and what is above it inside the agency."""
        unit = case.unit or (case.owner.unit if case.owner else None)
        if unit is None:
            return []
        tree = [unit, *agencies.ancestors(self._session, unit)]
        return tree[: tree.index(case.agency)] if case.agency in tree else []

    def _head(self, place: Agency) -> list[User]:
        if place.id not in self._heads:
            self._heads[place.id] = [row.user for row in heads(self._session, [place.id]).values()]
        return self._heads[place.id]

    def _holding(self, place: Agency, role: Role) -> Sequence[User]:
        if (place.id, role) not in self._holders:
            self._holders[place.id, role] = accounts.holders(self._session, [place.id], [role])
        return self._holders[place.id, role]
