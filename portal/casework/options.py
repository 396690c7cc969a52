"""What an administrator sets about cases: constants beside the rules that read them, with ``value_of``."""

from portal.agencies.options import Option, OptionKind, Scope
from portal.casework.rules import CaseKind
from portal.kernel.messages import N_

#: In the order in which people need them.
KINDS_IN_ORDER = (
    CaseKind.SUGGESTION,
    CaseKind.COMPLAINT,
    CaseKind.GRIEVANCE,
    CaseKind.QUESTION,
    CaseKind.OPINION,
    CaseKind.COMPLIMENT,
    CaseKind.INFORMATION_REQUEST,
)

KINDS_OFFERED = Option(
    key="casework.kinds_offered",
    kind=OptionKind.CODES,
    default=[kind.value for kind in KINDS_IN_ORDER],
    label=N_("Kinds of matter that the form offers"),
    explains=N_(
        "Which kinds a sender can choose, in this order. A kind that is not offered is refused from the form and the API; cases of it go on"
    ),
    scope=Scope.AGENCY,
    least=1,
    choices={kind.value: kind.label for kind in KINDS_IN_ORDER},
    ordered=True,
)
