"""What an administrator sets about the scores."""

from portal.agencies.options import Option, OptionKind
from portal.kernel.evidence import FREEZE_DAYS
from portal.kernel.messages import N_

FREEZE_AFTER = Option(
    key="scores.freeze_days",
    kind=OptionKind.NUMBER,
    default=FREEZE_DAYS,
    label=N_("Days until a fiscal year is frozen"),
    explains=N_("Counted from its end; what is entered later changes the levels of that year no more. Years that are frozen stay so"),
    least=30,
    most=180,
    unit=N_("days"),
)
