"""How long things are kept, as data. The defaults are what ``config/data_register.toml`` promises; in words: ``docs/rules/privacy.md``."""

from collections.abc import Mapping

from portal.agencies.options import Option, OptionKind
from portal.kernel.messages import N_
from portal.privacy.rules.rights import ErasedPart

_DAYS = N_("days")
_BASIS = N_("PDPA section 37 (3): a system that erases when the time is over; how long is for the agency's lawyer to say")

RETENTION_ON = Option(
    key="privacy.retention",
    kind=OptionKind.SWITCH,
    default=True,
    label=N_("Erase what is no longer to be kept"),
    explains=N_("Off, nothing goes by itself, and the promise of the privacy notice is not kept; requests are carried out all the same"),
    basis=_BASIS,
)
IDENTITY_DAYS = Option(
    key="privacy.identity_days",
    kind=OptionKind.NUMBER,
    default=365,
    label=N_("Keep names and contacts"),
    explains=N_("Counted from the last act of a case that is not open any more; then the case stays and nobody knows whose it was"),
    least=30,
    most=3650,
    unit=_DAYS,
    basis=_BASIS,
)
WORDS_DAYS = Option(
    key="privacy.words_days",
    kind=OptionKind.NUMBER,
    default=3650,
    label=N_("Keep words and files of cases"),
    explains=N_("Counted from the last act of a case that is not open any more; number, kind, dates, decisions and published texts stay"),
    least=365,
    most=36500,
    unit=_DAYS,
    basis=_BASIS,
)
REFUSED_TEXT_DAYS = Option(
    key="privacy.refused_text_days",
    kind=OptionKind.NUMBER,
    default=1,
    label=N_("Keep public texts whose consent was withdrawn"),
    explains=N_("Nobody but officers can read them in that time; then only the notice that the text was withdrawn stays"),
    least=1,
    most=90,
    unit=_DAYS,
    basis=N_("PDPA section 33 (2)"),
)
REQUEST_DAYS_KEPT = Option(
    key="privacy.request_days",
    kind=OptionKind.NUMBER,
    default=1825,
    label=N_("Keep the words of privacy requests"),
    explains=N_("Counted from the end of a request; what was asked, decided and on what ground stays"),
    least=365,
    most=3650,
    unit=_DAYS,
    basis=N_("PDPA section 39: refusals are recorded with their reasons"),
)
ACCOUNT_DAYS = Option(
    key="privacy.account_days",
    kind=OptionKind.NUMBER,
    default=365,
    label=N_("Keep e-mail and sign-in of people who have left"),
    explains=N_("Counted from the day on which the account was closed; name and position stay where they answered for something"),
    least=30,
    most=3650,
    unit=_DAYS,
    basis=_BASIS,
)
#: The options that the administration's pages show.
PRIVACY_OPTIONS = (RETENTION_ON, IDENTITY_DAYS, WORDS_DAYS, REFUSED_TEXT_DAYS, REQUEST_DAYS_KEPT, ACCOUNT_DAYS)
#: What goes when; files go with the words.
PERIODS: Mapping[ErasedPart, Option] = {
    ErasedPart.IDENTITY: IDENTITY_DAYS,
    ErasedPart.WORDS: WORDS_DAYS,
    ErasedPart.FILES: WORDS_DAYS,
    ErasedPart.PUBLIC_TEXT: REFUSED_TEXT_DAYS,
    ErasedPart.REQUEST: REQUEST_DAYS_KEPT,
    ErasedPart.ACCOUNT: ACCOUNT_DAYS,
}
#: Category of the data register that promises it.
CATEGORIES: Mapping[ErasedPart, str] = {
    ErasedPart.IDENTITY: "case_identity",
    ErasedPart.WORDS: "case_words",
    ErasedPart.FILES: "handed_in_file",
    ErasedPart.PUBLIC_TEXT: "case_public_text",
    ErasedPart.REQUEST: "privacy_words",
    ErasedPart.ACCOUNT: "officer",
}
