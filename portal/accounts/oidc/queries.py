"""Named reads of providers and links."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager

from portal.accounts.models import User
from portal.accounts.oidc.models import IdentityProvider, LinkedIdentity


def enabled(session: Session) -> Sequence[IdentityProvider]:
    """Providers that the sign-in page offers."""
    return session.scalars(select(IdentityProvider).where(IdentityProvider.enabled).order_by(IdentityProvider.id)).all()


def all_providers(session: Session) -> Sequence[IdentityProvider]:
    """Every provider, those that are switched off as well."""
    return session.scalars(select(IdentityProvider).order_by(IdentityProvider.id)).all()


def by_slug(session: Session, slug: str) -> IdentityProvider | None:
    """The provider with this slug; anything may be asked for."""
    return session.scalar(select(IdentityProvider).where(IdentityProvider.slug == slug)) if slug.isascii() and slug.isprintable() else None


def person_behind(session: Session, provider_id: int, subject: str) -> LinkedIdentity | None:
    """The link of this subject, with its person."""
    link = select(LinkedIdentity).join(LinkedIdentity.user).options(contains_eager(LinkedIdentity.user))
    return session.scalar(link.where(LinkedIdentity.provider_id == provider_id, LinkedIdentity.subject == subject))


def links_of(session: Session, user_id: int) -> dict[int, LinkedIdentity]:
    """A person's links by provider."""
    return {link.provider_id: link for link in session.scalars(select(LinkedIdentity).where(LinkedIdentity.user_id == user_id))}


def without_another_way(session: Session, provider_id: int) -> int:
    """How many people could not sign in any more without this provider: linked, not disabled, no password."""
    people = select(func.count()).select_from(LinkedIdentity).join(User, LinkedIdentity.user_id == User.id)
    lost = people.where(LinkedIdentity.provider_id == provider_id, User.disabled_at.is_(None), User.password_hash == "")
    return session.scalar(lost) or 0
