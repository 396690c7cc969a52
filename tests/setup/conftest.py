"""A portal on its first day."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from portal.agencies.rules import AgencyKind, AgencyLevel
from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM, Actor
from portal.kernel.keyring import Keyring
from portal.setup import queries, service
from portal.setup.models import SetupState
from portal.setup.service import Hand

NAMES = {"name_th": "อบต.บ้านใหม่", "name_en": "Ban Mai", "short_th": "", "short_en": "", "slug": "", "code": ""}


@dataclass
class Beginning:
    """The first day through its services. ``hand()`` is the browser that saved last."""

    session: Session
    now: datetime
    keyring: Keyring
    actor: Actor = SYSTEM

    @property
    def state(self) -> SetupState:
        self.session.expire_all()
        row = queries.state(self.session)
        assert row
        return row

    def hand(self, browser: str = "phone", version: int | None = None) -> Hand:
        return Hand(self.actor, browser, self.state.row_version if version is None else version)

    def do(self, verb: Callable[..., Any], hand: Hand | None = None, *args: Any, **values: Any) -> Any:
        """A verb in a unit of work of its own."""
        hand = hand or self.hand()
        with unit_of_work(self.session):
            return verb(self.session, self.now, hand, *args, **values)

    def agency(self, hand: Hand | None = None, **texts: str) -> Any:
        return self.do(service.save_agency, hand, {**NAMES, **texts}, AgencyLevel.LOCAL, AgencyKind.LOCAL)

    def later(self, **ahead: float) -> "Beginning":
        return replace(self, now=self.now + timedelta(**ahead))


@pytest.fixture
def beginning(session: Session, now: datetime, keyring: Keyring) -> Beginning:
    """A token has been made; nothing else."""
    with unit_of_work(session):
        assert service.begin(session, now, keyring)
    return Beginning(session, now, keyring)
