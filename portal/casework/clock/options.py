"""What an administrator sets about the clock; each is read where it acts, with ``value_of``. In words: ``docs/rules/clock.md``."""

from portal.agencies.options import Option, OptionKind, Scope
from portal.kernel.messages import N_

EXTENSION_DAYS = Option(
    key="casework.extension_days",
    kind=OptionKind.NUMBER,
    default=15,
    label=N_("Days by which a due day may be extended at once"),
    explains=N_("Counted like the clock of the case; the figures go on judging by the first promise"),
    scope=Scope.AGENCY,
    least=1,
    most=60,
    unit=N_("days"),
)
EXTENSIONS_MOST = Option(
    key="casework.extensions_most",
    kind=OptionKind.NUMBER,
    default=1,
    label=N_("How often the due day of a case may be extended"),
    explains=N_("Each time with a reason and a notice to the sender; 0 means that nobody may extend"),
    scope=Scope.AGENCY,
    most=3,
    unit=N_("times"),
)
_STEPS_EXPLAIN = N_("Each level is told once for a due day, one level a day; 0 leaves this one out")
REMIND_BEFORE = Option(
    key="casework.remind_before",
    kind=OptionKind.NUMBER,
    default=3,
    label=N_("Days before the due day on which the owner is reminded"),
    explains=N_("Owner and substitute get a mail then and on the due day itself; 0 leaves out the first of the two"),
    scope=Scope.AGENCY,
    most=14,
    unit=N_("days"),
)
ESCALATE_HEAD = Option(
    key="casework.escalate_head",
    kind=OptionKind.NUMBER,
    default=1,
    label=N_("Days after the due day on which the head of the unit is told"),
    explains=_STEPS_EXPLAIN,
    scope=Scope.AGENCY,
    most=90,
    unit=N_("days"),
)
ESCALATE_COORDINATORS = Option(
    key="casework.escalate_coordinators",
    kind=OptionKind.NUMBER,
    default=3,
    label=N_("Days after the due day on which the coordinators are told"),
    explains=_STEPS_EXPLAIN,
    scope=Scope.AGENCY,
    most=90,
    unit=N_("days"),
)
ESCALATE_EXECUTIVE = Option(
    key="casework.escalate_executive",
    kind=OptionKind.NUMBER,
    default=7,
    label=N_("Days after the due day on which the executives are told"),
    explains=_STEPS_EXPLAIN,
    scope=Scope.AGENCY,
    most=90,
    unit=N_("days"),
)
ESCALATE_ABOVE = Option(
    key="casework.escalate_above",
    kind=OptionKind.NUMBER,
    default=15,
    label=N_("Days after the due day on which the agency above is told"),
    explains=_STEPS_EXPLAIN,
    scope=Scope.AGENCY,
    most=90,
    unit=N_("days"),
)
CLOCK_OPTIONS = (
    REMIND_BEFORE,
    ESCALATE_HEAD,
    ESCALATE_COORDINATORS,
    ESCALATE_EXECUTIVE,
    ESCALATE_ABOVE,
    EXTENSION_DAYS,
    EXTENSIONS_MOST,
)
