"""What can go wrong in a way that a person should be told about.

Services raise these; ``portal.web.errors`` and ``portal.api`` turn them into answers, so that a
rule never needs to know a status code.
"""

from collections.abc import Mapping, Sequence

from portal.kernel.messages import N_, Message


class PortalError(Exception):
    """Base of all errors that are shown to people; ``message`` says what happened and what to do."""

    message = Message(N_("Something could not be done"))

    def __init__(self, message: Message | None = None) -> None:
        if message is not None:
            self.message = message
        super().__init__(str(self.message))


class NotFound(PortalError):
    """There is no such thing, or this actor may not know that there is."""

    message = Message(N_("We cannot find that"))


class NotAllowed(PortalError):
    """The actor is known and may not do this."""

    message = Message(N_("You may not do this"))


class Invalid(PortalError):
    """Input breaks a rule; ``fields`` holds the messages by the name of the field at fault."""

    message = Message(N_("There is a problem with what was filled in"))

    def __init__(self, fields: Mapping[str, Sequence[Message]]) -> None:
        super().__init__()
        self.fields = fields


class Conflict(PortalError):
    """Somebody else changed it first, or the act does not fit the present state."""

    message = Message(N_("This has changed since you opened it"))


class TooMany(PortalError):
    """A limit was reached; ``retry_after`` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        minutes = -(-retry_after // 60)
        super().__init__(Message(N_("Too many attempts, please try again in %(minutes)d minutes or less"), {"minutes": minutes}))
        self.retry_after = retry_after


class Unavailable(PortalError):
    """Database, disk or another server cannot take it now; nothing was stored."""

    message = Message(N_("We cannot store this right now, please try again in a moment"))
