"""What an administrator sets about petitions. In words: ``docs/rules/petitions.md``."""

from portal.agencies.options import Option, OptionKind, Scope
from portal.kernel.messages import N_

PETITIONS_ON = Option(
    key="petitions.on",
    kind=OptionKind.SWITCH,
    default=True,
    label=N_("People may put petitions to the agency"),
    explains=N_("Off, nobody can open a new one; those that are open go on, and what is owed stays owed"),
    scope=Scope.AGENCY,
)
THRESHOLD = Option(
    key="petitions.threshold",
    kind=OptionKind.NUMBER,
    default=50,
    label=N_("Supports that oblige the agency to answer a petition in public"),
    explains=N_("Devices and verified contacts together; stored with each petition when it is accepted, so a change holds for later ones"),
    scope=Scope.AGENCY,
    least=2,
    most=100_000,
    unit=N_("supports"),
)
OPEN_DAYS = Option(
    key="petitions.open_days",
    kind=OptionKind.NUMBER,
    default=90,
    label=N_("Days for which a petition can be supported"),
    explains=N_("From the day after it is accepted; stored with each petition, so a change holds for later ones"),
    scope=Scope.AGENCY,
    least=14,
    most=365,
    unit=N_("days"),
)
REVIEW_DAYS = Option(
    key="petitions.review_days",
    kind=OptionKind.NUMBER,
    default=3,
    label=N_("Working days for reviewing a petition before publication"),
    explains=N_("After them the public page says how late the review is"),
    scope=Scope.AGENCY,
    least=1,
    most=15,
    unit=N_("working days"),
)
SUPPORTS_NETWORK = Option(
    key="petitions.supports_network",
    kind=OptionKind.NUMBER,
    default=30,
    label=N_("Supports of one petition from one network in ten minutes"),
    explains=N_(
        "Beyond this number they are taken as always, shown apart, and count when an officer has released them; "
        "a mobile carrier puts a whole province behind one address, so nobody is ever turned away"
    ),
    least=5,
    most=10_000,
    unit=N_("supports"),
)
#: On the page of settings; the last one stands there among the limits.
PETITION_OPTIONS = (PETITIONS_ON, THRESHOLD, OPEN_DAYS, REVIEW_DAYS)
