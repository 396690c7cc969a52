"""What is set on a page about second factors."""

from portal.agencies.options import Option, OptionKind
from portal.kernel.actor import ROLE_LABELS, Role
from portal.kernel.messages import N_

SECOND_FACTOR_ROLES = Option(
    key="accounts.second_factor_roles",
    kind=OptionKind.CODES,
    default=sorted([Role.INTEGRITY, Role.PRIVACY, Role.ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR]),
    label=N_("Roles that need a second factor"),
    explains=N_(
        "Whoever holds one of these roles sets up an app or a passkey before the desk opens; "
        "collectors of corruption reports always do, even if left out here"
    ),
    choices={role.value: label for role, label in ROLE_LABELS.items()},
    basis=N_("Personal Data Protection Act B.E. 2562, section 37(1): security appropriate to the risk"),
)
