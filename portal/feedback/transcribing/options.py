"""What an administrator sets about transcribing. In words: ``docs/rules/letters.md``."""

from portal.agencies.options import Option, OptionKind, Scope
from portal.kernel.messages import N_

TWO_PEOPLE = Option(
    key="transcribing.two_people",
    kind=OptionKind.SWITCH,
    default=False,
    label=N_("A second officer checks what was typed from letters and slips"),
    explains=N_(
        "On, what one officer typed becomes a case only when another has seen picture and text and confirmed it; "
        "off, saving makes the case at once. The day of receipt and the clock are the same either way"
    ),
    scope=Scope.AGENCY,
)
OPTIONS = (TWO_PEOPLE,)
