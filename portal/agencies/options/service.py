"""Setting an option."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.agencies.models import Agency
from portal.agencies.options.models import OptionValue
from portal.agencies.options.queries import rows_of
from portal.agencies.options.rules import Option, OptionKind, Scope
from portal.audit import service as audit
from portal.db.revision import raise_public_revision
from portal.kernel.actor import Actor, Role
from portal.kernel.errors import Conflict, Invalid, NotAllowed
from portal.kernel.messages import N_, Message

CHANGED = Message(N_("Somebody else has changed this setting since you opened the page; look at it again"))


def set_option(session: Session, actor: Actor, now: datetime, option: Option, agency: Agency | None, value: Any, version: int) -> None:
    """Set the option for an agency, or for the whole portal without one.

    ``version`` is the ``row_version`` that the person saw, 0 where nothing was set. Raises ``NotAllowed``, ``Invalid`` (field
    ``value``), and ``Conflict`` when somebody else has changed it since.
    """
    _allow(actor, option, agency)
    stored = option.checked(value)
    row = rows_of(session, [option.key], agency.id if agency else None).get(option.key)
    if (row.row_version if row else 0) != version:
        raise Conflict(CHANGED)
    before = row.value if row else option.default
    if row is None:
        session.add(
            OptionValue(agency_id=agency.id if agency else None, key=option.key, value=stored, changed_by_id=actor.user_id, changed_at=now)
        )
    else:
        row.value, row.changed_by_id, row.changed_at = stored, actor.user_id, now
    session.flush()
    # Words are no business of the trail; what they replaced stays out of it as well.
    values = {} if option.kind is OptionKind.TEXT else {"from": before, "to": stored}
    audit.record(session, actor, now, "option.changed", "option", option.key, agency_id=agency.id if agency else None, detail=values)
    raise_public_revision(session)


def reset_option(session: Session, actor: Actor, now: datetime, option: Option, agency: Agency | None, version: int) -> None:
    """Forget what was set, so that the portal's value, or the default, holds again. Raises as ``set_option`` does."""
    _allow(actor, option, agency)
    row = rows_of(session, [option.key], agency.id if agency else None).get(option.key)
    if row is None:
        return
    if row.row_version != version:
        raise Conflict(CHANGED)
    values = {} if option.kind is OptionKind.TEXT else {"from": row.value}
    session.delete(row)
    session.flush()
    audit.record(session, actor, now, "option.reset", "option", option.key, agency_id=agency.id if agency else None, detail=values)
    raise_public_revision(session)


def _allow(actor: Actor, option: Option, agency: Agency | None) -> None:
    if agency is None:
        allowed = actor.has_role(Role.SYSTEM_ADMINISTRATOR)
    else:
        allowed = actor.has_role(Role.SYSTEM_ADMINISTRATOR) or actor.holds(Role.ADMINISTRATOR, agency.id)
    if agency is not None and option.scope is Scope.PORTAL:
        raise Invalid({"value": [Message(N_("This setting holds for the whole portal"))]})
    if not (allowed or actor.kind.value == "system"):
        raise NotAllowed
