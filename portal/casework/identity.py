"""Who the citizen is: what each way to be named keeps, encryption, masking, contact index. In words: ``docs/rules/identity.md``."""

import re
from dataclasses import dataclass, fields

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from portal.casework import policy
from portal.casework.models import Case, CaseIdentity
from portal.casework.rules import Anonymity, AnswerBy
from portal.kernel.actor import Actor
from portal.kernel.keyring import Keyring
from portal.kernel.thai_text import clusters, fold_digits

PURPOSE = "identity"
_INDEX = "contact"
DOT = "•"


@dataclass(frozen=True)
class Contact:
    """Name and contacts in clear or masked text; empty where there is none."""

    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


def kept(contact: Contact, anonymity: Anonymity, answer_by: AnswerBy) -> Contact:
    """What may be stored: nothing but an e-mail for anonymous ones, an address only for letters."""
    if anonymity is Anonymity.ANONYMOUS:
        return Contact(email=contact.email)
    address = contact.address if answer_by is AnswerBy.LETTER else ""
    return Contact(contact.name, contact.email, contact.phone, address)


def sealed(keyring: Keyring, agency_id: int, contact: Contact, anonymity: Anonymity) -> CaseIdentity | None:
    """The row to store for what may be kept of a contact; None if there is nothing."""
    if not contact:
        return None
    row = CaseIdentity(**{f"{field.name}_enc": _encrypt(keyring, getattr(contact, field.name)) for field in fields(contact)})
    if anonymity is not Anonymity.ANONYMOUS:
        row.contact_key_id, row.email_index = _index(keyring, agency_id, normal_email(contact.email))
        row.contact_key_id, row.phone_index = _index(keyring, agency_id, normal_phone(contact.phone))
    return row


def reseal(keyring: Keyring, case: Case, contact: Contact) -> None:
    """Put other values into the row that is there, with its index for the agency that holds the case now."""
    assert case.identity is not None
    fresh = sealed(keyring, case.agency_id, contact, case.anonymity)
    for column in ("name_enc", "email_enc", "phone_enc", "address_enc", "email_index", "phone_index", "contact_key_id"):
        setattr(case.identity, column, getattr(fresh, column, None))


def follow(keyring: Keyring, case: Case) -> None:
    """Let the contact index be that of the agency that holds the case now; running it again changes nothing."""
    row = case.identity
    if row is None or case.anonymity is Anonymity.ANONYMOUS:
        return
    contact = opened(keyring, case)
    row.contact_key_id, row.email_index = _index(keyring, case.agency_id, normal_email(contact.email))
    row.contact_key_id, row.phone_index = _index(keyring, case.agency_id, normal_phone(contact.phone))


def opened(keyring: Keyring, case: Case) -> Contact:
    """Everything that is stored, in clear. For ``shown``, unmasking and mails only: it asks nobody's leave."""
    row = case.identity
    if row is None:
        return Contact()
    return Contact(**{field.name: _decrypt(keyring, getattr(row, f"{field.name}_enc")) for field in fields(Contact)})


def shown(actor: Actor, keyring: Keyring, case: Case) -> Contact:
    """What this officer sees without asking: clear for who handles a named case, else masked; nothing of an anonymous one."""
    if case.anonymity is Anonymity.ANONYMOUS:
        return Contact()
    contact = opened(keyring, case)
    return contact if policy.can_read_identity(actor, case) else masked(contact)


def masked(contact: Contact) -> Contact:
    """First letters and dots: ``ม•••• ส••••••••``, ``m••••@•••••.org``; of a number the last two digits; of an address nothing."""
    return Contact(masked_name(contact.name), masked_email(contact.email), masked_phone(contact.phone), DOT * 8 if contact.address else "")


def masked_name(name: str) -> str:
    """First cluster's letter of each word, and a dot for each further cluster."""
    return " ".join(_first(word) + DOT * max(len(clusters(word)) - 1, 1) for word in name.split())


def masked_email(email: str) -> str:
    """First letter, and the ending of the domain."""
    local, at, domain = email.rpartition("@")
    if not at:
        return DOT * len(email)
    host, dot, ending = domain.rpartition(".")
    return f"{local[:1]}{DOT * max(len(local) - 1, 1)}@{DOT * len(host)}{dot}{ending}"


def masked_phone(phone: str) -> str:
    """The last two digits."""
    digits = normal_phone(phone)
    return DOT * max(len(digits) - 2, 0) + digits[-2:] if digits else ""


def notice_address(keyring: Keyring, case: Case) -> str:
    """Where mails about the case go; empty if nowhere."""
    return opened(keyring, case).email


def earlier_cases(session: Session, keyring: Keyring, case: Case, wanted: ColumnElement[bool] | None = None, most: int = 10) -> list[Case]:
    """Earlier cases of the same contact at the same agency, newest first. Never for anonymous ones, neither way.

    ``wanted`` narrows them before they are counted, or a case that the reader may not see would leave its place empty.
    """
    if case.anonymity is Anonymity.ANONYMOUS or case.identity is None:
        return []
    contact = opened(keyring, case)
    emails, phones = (
        _lookups(keyring, case.agency_id, normal_email(contact.email)),
        _lookups(keyring, case.agency_id, normal_phone(contact.phone)),
    )
    same = or_(CaseIdentity.email_index.in_(emails), CaseIdentity.phone_index.in_(phones))
    found = select(Case).join(CaseIdentity).where(same, Case.agency_id == case.agency_id, Case.id < case.id)
    if wanted is not None:
        found = found.where(wanted)
    return list(session.scalars(found.where(Case.anonymity != Anonymity.ANONYMOUS).order_by(Case.id.desc()).limit(most)))


def normal_email(email: str) -> str:
    """One spelling for one address."""
    return email.strip().casefold()


def normal_phone(phone: str) -> str:
    """Digits only, the country code of Thailand as 0."""
    digits = re.sub(r"\D", "", fold_digits(phone))
    return "0" + digits[2:] if digits.startswith("66") and len(digits) > 9 else digits


def _first(word: str) -> str:
    # A leading vowel is written before its consonant: the consonant is the first letter of the word.
    return next((letter for letter in word if not "เ" <= letter <= "ไ"), word[:1])


def _encrypt(keyring: Keyring, text: str) -> str | None:
    return keyring.encrypt(PURPOSE, text) if text else None


def _decrypt(keyring: Keyring, token: str | None) -> str:
    return keyring.decrypt(PURPOSE, token) if token else ""


def _index(keyring: Keyring, agency_id: int, value: str) -> tuple[str, str | None]:
    key_id, digest = keyring.mac(_INDEX, f"{agency_id}:{value}")
    return key_id, digest if value else None


def _lookups(keyring: Keyring, agency_id: int, value: str) -> list[str]:
    return keyring.macs(_INDEX, f"{agency_id}:{value}") if value else []
