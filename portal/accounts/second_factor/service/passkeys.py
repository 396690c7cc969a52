"""Passkeys: asked for, added, shown."""

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from webauthn.helpers import bytes_to_base64url

from portal.accounts.models import User
from portal.accounts.rules import Proof
from portal.accounts.second_factor import ceremony, rules
from portal.accounts.second_factor.ceremony import NewKey, RefusedAnswer, Site
from portal.accounts.second_factor.models import Passkey
from portal.accounts.second_factor.queries import passkeys_of
from portal.accounts.second_factor.rules import Purpose
from portal.accounts.second_factor.service.challenges import give_challenge, take_challenge
from portal.accounts.second_factor.service.gaining import gained
from portal.audit import service as audit
from portal.kernel.actor import Actor
from portal.kernel.errors import Conflict, Invalid
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message

REFUSED = Message(N_("The passkey was not accepted, please try once more"))


def ask_for_new_passkey(session: Session, now: datetime, keyring: Keyring, site: Site, user: User) -> str:
    """JSON with which the browser asks a device for a new key."""
    known = passkeys_of(session, user.id)
    challenge = give_challenge(session, now, Purpose.ADD, user.id)
    handle = known[0].handle if known else _handle(keyring, user.id)
    return ceremony.ask_new(site, challenge, handle, user.email, user.name_th, [one.credential_id for one in known])


def ask_for_passkey(session: Session, now: datetime, site: Site, purpose: Purpose, user_id: int | None) -> str:
    """JSON with which the browser asks for a key of the person; without person, for any that the device has for this site."""
    known = [one.credential_id for one in passkeys_of(session, user_id)] if user_id else []
    challenge = give_challenge(session, now, purpose, user_id)
    return ceremony.ask(site, challenge, known, alone=user_id is None)


def add_passkey(
    session: Session, actor: Actor, now: datetime, keyring: Keyring, site: Site, user: User, name: str, answer: str, token_hash: str
) -> list[str]:
    """Keep the key that a device made; returns recovery codes with a first factor. Raises ``Invalid`` (``passkey``), ``Conflict``."""
    known = passkeys_of(session, user.id)
    if len(known) >= rules.PASSKEYS_MOST:
        raise Conflict(Message(N_("There are %(most)d passkeys already, remove one first"), {"most": rules.PASSKEYS_MOST}))
    key = _made(session, now, site, user.id, answer)
    if _by_credential(session, key.credential_id):
        raise Invalid({"passkey": [Message(N_("This passkey is here already"))]})
    codes = gained(session, now, keyring, user, token_hash, Proof.PASSKEY)
    handle = known[0].handle if known else _handle(keyring, user.id)
    session.add(_row(user.id, handle, key, name, now))
    session.flush()
    audit.record(session, actor, now, "second_factor.passkey_added", "user", str(user.id), agency_id=user.unit_id)
    return codes


def show_passkey(session: Session, now: datetime, site: Site, purpose: Purpose, user_id: int | None, answer: str) -> Passkey | None:
    """The passkey that answered rightly a challenge of this purpose, its counter moved on; None for anything else.

    Without person the key alone says who it is, and its device must have asked: user verification.
    """
    try:
        challenge = ceremony.challenge_in(answer)
        passkey = _by_credential(session, ceremony.credential_in(answer))
        if not take_challenge(session, now, purpose, user_id, challenge) or passkey is None or not _fits(passkey, user_id, answer):
            return None
        alone = user_id is None
        passkey.sign_count = ceremony.accept(site, challenge, answer, passkey.public_key, passkey.sign_count, alone=alone)
    except RefusedAnswer:
        return None
    passkey.used_at = now
    session.flush()
    return passkey


def _fits(passkey: Passkey, user_id: int | None, answer: str) -> bool:
    handle = ceremony.handle_in(answer)
    if user_id is None:
        return handle == passkey.handle
    return passkey.user_id == user_id and handle in ("", passkey.handle)


def _made(session: Session, now: datetime, site: Site, user_id: int, answer: str) -> NewKey:
    try:
        challenge = ceremony.challenge_in(answer)
        if take_challenge(session, now, Purpose.ADD, user_id, challenge):
            return ceremony.accept_new(site, challenge, answer)
    except RefusedAnswer:
        pass
    raise Invalid({"passkey": [REFUSED]})


def _by_credential(session: Session, credential_id: str) -> Passkey | None:
    """Locked, because its counter moves."""
    query = select(Passkey).where(Passkey.credential_id == credential_id)
    return session.scalar(query.with_for_update().execution_options(populate_existing=True))


def _row(user_id: int, handle: str, key: NewKey, name: str, now: datetime) -> Passkey:
    return Passkey(
        public_id=secrets.token_urlsafe(16),
        user_id=user_id,
        handle=handle,
        credential_id=key.credential_id,
        public_key=key.public_key,
        sign_count=key.sign_count,
        name=name,
        created_at=now,
    )


def _handle(keyring: Keyring, user_id: int) -> str:
    """What devices call the person from the first passkey on: it says nothing to anybody else."""
    return bytes_to_base64url(bytes.fromhex(keyring.mac("passkey handle", str(user_id))[1]))
