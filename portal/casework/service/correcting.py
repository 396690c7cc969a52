"""Correcting who the citizen is: what was given can be put right or taken back, and nothing comes in that was not there."""

from dataclasses import fields, replace
from datetime import datetime

from sqlalchemy.orm import Session

from portal.casework import identity, policy
from portal.casework.identity import Contact
from portal.casework.models import Case
from portal.casework.rules import Act, Anonymity
from portal.casework.service.door import Extra, act_on, allow
from portal.casework.service.submission import checked_contact
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message


def correct_contact(session: Session, actor: Actor, now: datetime, keyring: Keyring, case: Case, wanted: Contact) -> frozenset[str]:
    """Put the contact right: ``wanted`` holds the new values of the fields that change, empty for the others.

    Returns the names of the fields that are different now. Raises ``Invalid`` by field for what cannot be an address or number or was
    never given, and ``Conflict`` where nothing is kept any more.
    """
    allow(policy.can_correct(actor, case))
    if case.identity is None:
        raise Conflict(Message(N_("No name or contact is kept for this case")))
    known, given = identity.opened(keyring, case), checked_contact(wanted)
    changed = frozenset(field.name for field in fields(Contact) if getattr(given, field.name) not in ("", getattr(known, field.name)))
    _check_was_given(case, known, changed)
    if changed:
        corrected = replace(known, **{name: getattr(given, name) for name in changed})
        identity.reseal(keyring, case, corrected)
        act_on(session, actor, now, case, Act.CORRECT_CONTACT, Extra(detail={"fields": sorted(changed)}))
    return changed


def _check_was_given(case: Case, known: Contact, changed: frozenset[str]) -> None:
    never = Message(N_("This was not given with the case, so there is nothing to correct; write it as words of the case instead"))
    hidden = {"name", "phone", "address"} if case.anonymity is Anonymity.ANONYMOUS else set()
    wrong = {name: [never] for name in sorted(changed) if not getattr(known, name) or name in hidden}
    if wrong:
        raise Invalid(wrong)
