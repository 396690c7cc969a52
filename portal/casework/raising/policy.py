"""Who may raise a case."""

from portal.casework import policy
from portal.casework.models import Case
from portal.kernel.actor import Actor


def can_raise(actor: Actor, case: Case) -> bool:
    """Who decides where the case lies. A case that is about somebody goes up by its own way (``docs/rules/apart.md``)."""
    return policy.can_work(actor, case) and policy.can_assign(actor, case) and not case.guarded
