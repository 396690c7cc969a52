"""What an administrator sets about reports of corruption."""

from portal.agencies.options import Option, OptionKind, Scope
from portal.kernel.clock_rule import DEFAULT_RULE
from portal.kernel.messages import N_

ANSWER_DAYS = Option(
    key="corruption.answer_days",
    kind=OptionKind.NUMBER,
    default=DEFAULT_RULE.days,
    label=N_("Days to the first word on a report of corruption"),
    explains=N_(
        "Calendar days; the reporter is promised the Friday at or before that day, so that nothing tells on which day a report came"
    ),
    scope=Scope.AGENCY,
    least=8,
    most=60,
    unit=N_("days"),
    basis=DEFAULT_RULE.basis,
)
KEEP_YEARS = Option(
    key="corruption.keep_years",
    kind=OptionKind.NUMBER,
    default=10,
    label=N_("Years a concluded report of corruption is kept"),
    explains=N_("After that its words, messages and files are erased; agency, month and status stay for the yearly numbers"),
    least=1,
    most=50,
    unit=N_("years"),
)
OPTIONS = (ANSWER_DAYS, KEEP_YEARS)
