"""What an administrator sets about cases; each is read where it acts, with ``value_of``. In words: ``docs/rules/topics.md``."""

from portal.agencies.options import Option, OptionKind, Scope
from portal.casework.rules import CaseKind
from portal.files.rules import FILES_MOST as FILES_EVER
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
SENTENCE_MOST = 300  # characters

FORM_OPEN = Option(
    key="casework.form_open",
    kind=OptionKind.SWITCH,
    default=True,
    label=N_("The feedback form takes matters"),
    explains=N_("Off, nobody can send this agency a new matter on the website; open cases, tracking and what officers enter go on"),
    scope=Scope.AGENCY,
    basis=N_(
        "Royal Decree on Good Governance B.E. 2546, section 41: an agency that receives complaints and opinions has to deal with them"
    ),
)
CLOSED_SENTENCE_TH = Option(
    key="casework.closed_sentence_th",
    kind=OptionKind.TEXT,
    default="",
    label=N_("What the public reads while the form is closed, in Thai"),
    explains=N_("Why it is closed, until when, and how one reaches the agency meanwhile; empty shows a sentence of the portal"),
    scope=Scope.AGENCY,
    most=SENTENCE_MOST,
)
CLOSED_SENTENCE_EN = Option(
    key="casework.closed_sentence_en",
    kind=OptionKind.TEXT,
    default="",
    label=N_("What the public reads while the form is closed, in English"),
    explains=N_("Why it is closed, until when, and how one reaches the agency meanwhile; empty shows the Thai one"),
    scope=Scope.AGENCY,
    most=SENTENCE_MOST,
)
API_OPEN = Option(
    key="casework.api_open",
    kind=OptionKind.SWITCH,
    default=True,
    label=N_("Other systems may send matters"),
    explains=N_("Off, the API refuses new matters for this agency; reading published data and looking up receipts go on"),
    scope=Scope.AGENCY,
)
PUBLICATION_ON = Option(
    key="casework.publication_on",
    kind=OptionKind.SWITCH,
    default=True,
    label=N_("Answered cases may be published"),
    explains=N_("Off, officers cannot publish a case; what is published already stays until somebody withdraws it"),
    scope=Scope.AGENCY,
    basis=N_("Royal Decree on Good Governance B.E. 2546, section 41, and the consent of the sender (PDPA section 19)"),
)
KINDS_OFFERED = Option(
    key="casework.kinds_offered",
    kind=OptionKind.CODES,
    default=[kind.value for kind in KINDS_IN_ORDER],
    label=N_("Kinds of matter that the form offers"),
    explains=N_(
        "Which kinds a sender can choose, in this order; another kind is refused from the form and the API, open cases of it go on"
    ),
    scope=Scope.AGENCY,
    least=1,
    choices={kind.value: kind.label for kind in KINDS_IN_ORDER},
    ordered=True,
)
SHOWN_BEFORE = Option(
    key="casework.shown_before_days",
    kind=OptionKind.NUMBER,
    default=0,
    label=N_("Days in which the sender sees the public text before it appears"),
    explains=N_(
        "The tracking page shows the text as it will appear; the sender lets it appear at once or has more hidden, and silence "
        "lets it appear. 0: it appears when an officer confirms it; 3 are recommended"
    ),
    scope=Scope.AGENCY,
    most=30,
    unit=N_("days"),
)
SIGNED_KINDS = Option(
    key="casework.signed_kinds",
    kind=OptionKind.CODES,
    default=[],
    label=N_("Kinds of matter whose answer somebody signs"),
    explains=N_(
        "An officer's answer is then a proposal: an executive of the agency, or the head of the unit, signs it before it reaches the "
        "sender; the due day does not wait for the signature"
    ),
    scope=Scope.AGENCY,
    choices={kind.value: kind.label for kind in KINDS_IN_ORDER},
)
PAPER_PREFIX = Option(
    key="casework.paper_prefix",
    kind=OptionKind.TEXT,
    default="",
    label=N_("What stands before the number of a signed paper"),
    explains=N_("The letters and digits of the agency's papers, such as นร 1200; empty takes the agency's short name"),
    scope=Scope.AGENCY,
    most=40,
    basis=N_("Regulation of the Office of the Prime Minister on Correspondence B.E. 2526"),
)
FILES_MOST = Option(
    key="casework.files_most",
    kind=OptionKind.NUMBER,
    default=FILES_EVER,
    label=N_("Files that a sender may add at once"),
    explains=N_("More than five of ten megabytes would not fit into one sending of sixty"),
    least=1,
    most=FILES_EVER,
    unit=N_("files"),
)
SUBMISSIONS_NETWORK = Option(
    key="casework.submissions_network",
    kind=OptionKind.NUMBER,
    default=600,
    label=N_("Matters from one network in ten minutes"),
    explains=N_(
        "Beyond this number they are taken as always and looked at first, unless the browser has done a small sum for each; "
        "a mobile carrier puts a whole province behind one address, so nobody is ever turned away"
    ),
    least=60,
    most=10_000,
    unit=N_("matters"),
)
PRESSURE_FROM = Option(
    key="casework.pressure_from",
    kind=OptionKind.NUMBER,
    default=100,
    label=N_("Matters from everybody in ten minutes"),
    explains=N_(
        "Beyond this number the form asks the browser for a small sum, which costs an honest sender a second and a flood a great deal; "
        "what comes without it is taken as always and looked at first"
    ),
    least=50,
    most=100_000,
    unit=N_("matters"),
)
CASEWORK_OPTIONS = (
    FORM_OPEN,
    CLOSED_SENTENCE_TH,
    CLOSED_SENTENCE_EN,
    KINDS_OFFERED,
    PUBLICATION_ON,
    SHOWN_BEFORE,
    SIGNED_KINDS,
    PAPER_PREFIX,
    API_OPEN,
    FILES_MOST,
    SUBMISSIONS_NETWORK,
    PRESSURE_FROM,
)
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
