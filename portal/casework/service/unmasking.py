"""Opening a masked name: asks a reason, and is written down before anything is shown."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.casework import identity, policy
from portal.casework.models import Case
from portal.casework.rules import Act, WordsKind
from portal.casework.service.door import Extra, Said, act_on, allow
from portal.casework.texts import required
from portal.kernel.actor import Actor
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message


def unmask(session: Session, actor: Actor, now: datetime, keyring: Keyring, case: Case, reason: str) -> identity.Contact:
    """Name and contacts of a confidential case, in clear. Show them only after the unit of work has committed."""
    allow(policy.can_unmask(actor, case))
    words = required("reason", reason, Message(N_("Write why you need to know the name")))
    act_on(session, actor, now, case, Act.UNMASK, Extra([Said(WordsKind.UNMASK, words)]))
    return identity.opened(keyring, case)
