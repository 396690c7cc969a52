"""Verbs on providers and links."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import User
from portal.accounts.oidc import queries
from portal.accounts.oidc.fetching import Client, is_safe_address
from portal.accounts.oidc.models import IdentityProvider, LinkedIdentity
from portal.accounts.oidc.rules import Claimed, domains_in
from portal.audit import service as audit
from portal.kernel.actor import Actor, ActorKind, Role
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_, Message

PURPOSE = "oidc client secret"
_SLUG = re.compile(r"[a-z0-9](-?[a-z0-9]){1,39}")
_MOST = {"name_th": 120, "name_en": 120, "issuer": 300, "client_id": 300, "client_secret": 500}


@dataclass(frozen=True)
class ProviderValues:
    """What an administrator typed. An empty ``client_secret`` keeps the present one."""

    slug: str
    name_th: str
    name_en: str
    issuer: str
    client_id: str
    client_secret: str
    domains: str
    trusted_second_factor: bool
    enabled: bool


def save(
    session: Session,
    actor: Actor,
    now: datetime,
    keyring: Keyring,
    provider: IdentityProvider | None,
    values: ProviderValues,
    *,
    version: int = 0,
    http_here: bool = False,
) -> IdentityProvider:
    """Name a provider, or change one. Raises ``NotAllowed``, ``Invalid`` by field, and ``Conflict`` for a form of an earlier version."""
    if not (actor.has_role(Role.SYSTEM_ADMINISTRATOR) or actor.kind is ActorKind.SYSTEM):
        raise NotAllowed
    domains = _checked(session, provider, values, http_here)
    if provider is not None and provider.row_version != version:
        raise Conflict(Message(N_("Somebody else has changed this since you opened the page; look at it again")))
    if provider is None:
        provider = IdentityProvider(slug=values.slug)
        session.add(provider)
    provider.name_th, provider.name_en = values.name_th, values.name_en
    provider.issuer, provider.client_id, provider.domains = values.issuer, values.client_id, domains
    provider.trusted_second_factor, provider.enabled = values.trusted_second_factor, values.enabled
    if values.client_secret:
        provider.client_secret_enc = keyring.encrypt(PURPOSE, values.client_secret)
    provider.changed_at, provider.changed_by_id = now, actor.user_id
    session.flush()
    audit.record(session, actor, now, "provider.saved", "identity_provider", provider.slug, detail={"enabled": provider.enabled})
    return provider


def client_of(keyring: Keyring, provider: IdentityProvider, http_here: bool) -> Client:
    """What we are to the provider, the secret in clear."""
    return Client(provider.issuer, provider.client_id, keyring.decrypt(PURPOSE, provider.client_secret_enc), http_here)


def link(session: Session, actor: Actor, now: datetime, provider: IdentityProvider, user: User, claimed: Claimed) -> LinkedIdentity:
    """Let the person sign in by this identity. Raises ``Conflict`` where it is somebody else's, or the person has another one there."""
    found = queries.person_behind(session, provider.id, claimed.subject)
    own = queries.links_of(session, user.id).get(provider.id)
    if found is not None and found.user_id == user.id:
        return found
    if found is not None or own is not None:
        raise Conflict(Message(N_("This identity is linked to another account, or your account to another identity there")))
    row = LinkedIdentity(provider_id=provider.id, subject=claimed.subject, user_id=user.id, linked_at=now)
    session.add(row)
    session.flush()
    audit.record(
        session, actor, now, "user.identity_linked", "user", str(user.id), agency_id=user.unit_id, detail={"provider": provider.slug}
    )
    return row


def unlink(session: Session, actor: Actor, now: datetime, user: User, provider: IdentityProvider) -> None:
    """Take the link away. Raises ``Conflict`` where it is the only way in."""
    row = queries.links_of(session, user.id).get(provider.id)
    if row is None:
        return
    if not user.password_hash and len(queries.links_of(session, user.id)) == 1:
        raise Conflict(Message(N_("This is your only way to sign in; set a password first")))
    session.delete(row)
    session.flush()
    audit.record(
        session, actor, now, "user.identity_unlinked", "user", str(user.id), agency_id=user.unit_id, detail={"provider": provider.slug}
    )


def refused(session: Session, actor: Actor, now: datetime, provider: str, why: str) -> None:
    """Write down that somebody came back from the provider and was not let in; only the kind of reason is kept."""
    audit.record(session, actor, now, "user.oidc_refused", "identity_provider", provider, detail={"why": why})


def _checked(session: Session, provider: IdentityProvider | None, values: ProviderValues, http_here: bool) -> list[str]:
    """The list of domains; raises ``Invalid`` with every field at fault."""
    wrong: dict[str, list[Message]] = {}
    for name, most in _MOST.items():
        if len(getattr(values, name)) > most:
            wrong[name] = [Message(N_("At most %(most)s characters"), {"most": str(most)})]
    if provider is None and not _SLUG.fullmatch(values.slug):
        wrong["slug"] = [Message(N_("An address has small letters a to z, digits and single hyphens only"))]
    for name, empty in _empty(provider, values).items():
        wrong[name] = [Message(empty)]
    if "issuer" not in wrong and not _is_issuer(values.issuer, http_here):
        wrong["issuer"] = [Message(N_("Write the provider's address as it gives it, beginning with https://"))]
    taken = select(IdentityProvider.slug, IdentityProvider.issuer).where(IdentityProvider.id != (provider.id if provider else 0))
    for slug, issuer in session.execute(taken):
        if provider is None and slug == values.slug:
            wrong["slug"] = [Message(N_("Another provider already has this address"))]
        if issuer == values.issuer:
            wrong["issuer"] = [Message(N_("This provider is there already"))]
    try:
        domains = domains_in(values.domains)
    except ValueError as error:
        domains, wrong["domains"] = (
            [],
            [Message(N_("“%(domain)s” is no domain; write them like agency.go.th"), {"domain": str(error)[:60]})],
        )
    if wrong:
        raise Invalid(wrong)
    return domains


def _empty(provider: IdentityProvider | None, values: ProviderValues) -> Mapping[str, str]:
    asked = {
        "name_th": (values.name_th, N_("Write the name that people know it by")),
        "issuer": (values.issuer, N_("Write the provider's address as it gives it, beginning with https://")),
        "client_id": (values.client_id, N_("Write the client id that the provider gave")),
        "client_secret": (values.client_secret or provider, N_("Write the client secret that the provider gave")),
    }
    return {name: message for name, (value, message) in asked.items() if not value}


def _is_issuer(url: str, http_here: bool) -> bool:
    return is_safe_address(url, http_here) and not urlsplit(url).query
