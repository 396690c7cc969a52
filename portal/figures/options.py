"""What an administrator sets about the comparison."""

from portal.agencies.options import Option, OptionKind
from portal.kernel.messages import N_

COMPARE_LEAST = Option(
    key="figures.compare_least",
    kind=OptionKind.NUMBER,
    default=30,
    label=N_("Matters before an agency or unit is compared"),
    explains=N_("Whoever had fewer that were due is listed apart, without a place: one quick answer must not top the table"),
    least=10,
    most=1000,
    unit=N_("matters"),
)
