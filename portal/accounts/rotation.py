"""What accounts keep under a key: secrets of apps and of providers, addresses that asked for a link, recovery codes as hashes."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts.oidc.models import IdentityProvider
from portal.accounts.oidc.service import PURPOSE as PROVIDER
from portal.accounts.reset.models import PasswordReset
from portal.accounts.reset.service import PURPOSE as RESET
from portal.accounts.second_factor.models import AuthenticatorApp, RecoveryCode
from portal.accounts.second_factor.service.app import PURPOSE as APP
from portal.db.rotation import Batch, Rotation, encrypted
from portal.kernel.keyring import Keyring


def _nothing(_session: Session, _keyring: Keyring, _after: int, _most: int) -> Batch:
    """Hashes of codes cannot be made anew: only their holders know them, and each is used once."""
    return Batch(None)


def _unused(session: Session) -> dict[str, int]:
    counted = select(RecoveryCode.key_id, func.count()).where(RecoveryCode.used_at.is_(None)).group_by(RecoveryCode.key_id)
    return {row[0]: row[1] for row in session.execute(counted)}


ROTATIONS = (
    encrypted(IdentityProvider.client_secret_enc, PROVIDER),
    encrypted(AuthenticatorApp.secret, APP),
    encrypted(PasswordReset.asked_for, RESET),
    Rotation("recovery_code.code_mac", _nothing, remaining=_unused),
)
