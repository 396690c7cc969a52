"""What an agency sets about its reports and improvements."""

from portal.agencies.options import Option, OptionKind, Scope
from portal.kernel.messages import N_

REPORTS_A_YEAR = Option(
    key="outcomes.reports_a_year",
    kind=OptionKind.CHOICE,
    default="2",
    label=N_("Reports on how opinions were considered"),
    explains=N_("Into how many periods the fiscal year is divided; each has a report. What is open already stays as it is"),
    scope=Scope.AGENCY,
    choices={"1": N_("Once a year"), "2": N_("Twice a year"), "4": N_("Every quarter")},
    basis=N_(
        "Participation criteria of OPDC, fiscal year 2549, level 3: a report on how opinions were considered; twice a year is our own"
    ),
)
REPORT_DAYS = Option(
    key="outcomes.report_days",
    kind=OptionKind.NUMBER,
    default=60,
    label=N_("Days until the report is due"),
    explains=N_("Counted from the end of its period; what is not published by then is shown to the public as overdue"),
    scope=Scope.AGENCY,
    least=15,
    most=180,
    unit=N_("days"),
)
CHAIN_DAYS = Option(
    key="outcomes.chain_days",
    kind=OptionKind.NUMBER,
    default=90,
    label=N_("Days until an accepted opinion has led to an improvement"),
    explains=N_("Counted from the day on which it was accepted; those that led to nothing by then are counted in public"),
    least=30,
    most=365,
    unit=N_("days"),
)
OUTCOMES_OPTIONS = (REPORTS_A_YEAR, REPORT_DAYS, CHAIN_DAYS)
