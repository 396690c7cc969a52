"""What an administrator sets about samples. In words: ``docs/rules/samples.md``."""

from portal.agencies.options import Option, OptionKind, Scope
from portal.kernel.messages import N_

LEAST = Option(
    key="samples.least",
    kind=OptionKind.NUMBER,
    default=20,
    label=N_("Closed cases that are drawn each month for civil society"),
    explains=N_("All, where fewer were closed; published with the commitment, so a change holds for later months"),
    scope=Scope.AGENCY,
    least=5,
    most=500,
    unit=N_("cases"),
)
PERCENT = Option(
    key="samples.percent",
    kind=OptionKind.NUMBER,
    default=5,
    label=N_("Share of the closed cases that is drawn, where that is more"),
    explains=N_("Published with the commitment, so a change holds for later months"),
    scope=Scope.AGENCY,
    least=1,
    most=100,
    unit=N_("percent"),
)
SAMPLE_OPTIONS = (LEAST, PERCENT)
