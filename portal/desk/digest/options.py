"""When the morning mail leaves."""

from portal.agencies.options import Option, OptionKind, Scope
from portal.desk.digest.rules import DEFAULT_HOUR
from portal.kernel.messages import N_

DIGEST_HOUR = Option(
    key="desk.digest_hour",
    kind=OptionKind.NUMBER,
    default=DEFAULT_HOUR,
    label=N_("Hour of the morning mail"),
    explains=N_("On working days officers get one mail with what needs them, from this hour on; who has nothing waiting gets none"),
    scope=Scope.AGENCY,
    least=5,
    most=18,
    unit=N_("o'clock"),
)
