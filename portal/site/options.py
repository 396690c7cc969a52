"""What an administrator sets about the first page."""

from portal.agencies.options import Option, OptionKind
from portal.kernel.messages import N_

RATE_LEAST = Option(
    key="site.rate_least",
    kind=OptionKind.NUMBER,
    default=30,
    label=N_("Matters before a percentage is shown"),
    explains=N_("Of fewer matters the first page shows how many were answered in time, and no share: a rate of a few says too little"),
    least=1,
    most=1000,
    unit=N_("matters"),
)
