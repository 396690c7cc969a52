"""Every option of every room, in the groups of the page. A room declares its options beside the rule that reads them; here they meet."""

from collections.abc import Mapping

from portal.accounts.invitation.options import INVITATION_DAYS
from portal.accounts.second_factor.options import SECOND_FACTOR_ROLES
from portal.agencies.options import Option
from portal.casework.clock.options import CLOCK_OPTIONS
from portal.casework.options import (
    API_OPEN,
    CLOSED_SENTENCE_EN,
    CLOSED_SENTENCE_TH,
    FILES_MOST,
    FORM_OPEN,
    KINDS_OFFERED,
    PAPER_PREFIX,
    PRESSURE_FROM,
    PUBLICATION_ON,
    RATE_LEAST,
    SHOWN_BEFORE,
    SIGNED_KINDS,
    SUBMISSIONS_NETWORK,
)
from portal.corruption import options as corruption
from portal.desk.digest.options import DIGEST_HOUR
from portal.feedback.mail_in.rules import KEEP_DAYS
from portal.feedback.petitions.options import PETITION_OPTIONS, SUPPORTS_NETWORK
from portal.feedback.sheets.rules import ROWS_MOST
from portal.feedback.transcribing.options import TWO_PEOPLE
from portal.figures.options import COMPARE_LEAST
from portal.kernel.messages import N_
from portal.monitoring.samples.options import SAMPLE_OPTIONS
from portal.outcomes.options import OUTCOMES_OPTIONS
from portal.participation.scores.options import FREEZE_AFTER
from portal.privacy.rules import retention

#: In the order of the page.
GROUPS: Mapping[str, tuple[Option, ...]] = {
    N_("Taking matters"): (FORM_OPEN, CLOSED_SENTENCE_TH, CLOSED_SENTENCE_EN, KINDS_OFFERED, API_OPEN, TWO_PEOPLE),
    N_("Answering"): (SIGNED_KINDS, PAPER_PREFIX),
    N_("Reminders, escalation, extension"): CLOCK_OPTIONS,
    N_("Publication and figures"): (PUBLICATION_ON, SHOWN_BEFORE, RATE_LEAST, COMPARE_LEAST),
    N_("Petitions"): PETITION_OPTIONS,
    N_("Reports and improvements"): OUTCOMES_OPTIONS,
    N_("Samples for civil society"): SAMPLE_OPTIONS,
    N_("Levels of participation"): (FREEZE_AFTER,),
    N_("Limits"): (FILES_MOST, SUBMISSIONS_NETWORK, PRESSURE_FROM, ROWS_MOST, SUPPORTS_NETWORK),
    N_("People and sign-in"): (SECOND_FACTOR_ROLES, INVITATION_DAYS, DIGEST_HOUR),
    N_("Reports of corruption"): corruption.OPTIONS,
    N_("Keeping and erasing"): (*retention.PRIVACY_OPTIONS, KEEP_DAYS),
}
BY_KEY: Mapping[str, Option] = {option.key: option for options in GROUPS.values() for option in options}
