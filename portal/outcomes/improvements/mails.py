"""The mail to a sender whose opinion lies behind an improvement: one for each step, in the language of the case."""

from flask_babel import force_locale, gettext
from sqlalchemy.orm import Session

from portal.casework import identity
from portal.casework.mails import TRACK_PATH, finished
from portal.casework.models import Case
from portal.casework.rules import Anonymity
from portal.kernel.keyring import Keyring
from portal.kernel.messages import N_
from portal.kernel.thai_text import pick
from portal.outbox.mail import Mail
from portal.outcomes.improvements.models import Improvement, ImprovementEvent
from portal.outcomes.improvements.rules import Step

SAID = {
    Step.LINK: N_("What you wrote to {agency} lies behind an improvement now."),
    Step.BEGIN: N_("Work has begun on the improvement that rests on what you wrote to {agency}."),
    Step.FINISH: N_("The improvement that rests on what you wrote to {agency} is done. You can say whether it helped."),
    Step.ABANDON: N_("The improvement that rests on what you wrote to {agency} was given up. The reason is on the page."),
    Step.TAKE_UP: N_("The improvement that rests on what you wrote to {agency} is taken up again."),
}
#: A paragraph with nothing to say is left out, so who did not give a name openly gets no word of what it is about.
WHICH = N_("The improvement: {title}\n{address}")
WHERE = N_("Open your matter {number} with its code to see more: {track}")


def compose(session: Session, keyring: Keyring, base_url: str, case: Case, row: Improvement, event: ImprovementEvent) -> Mail | None:
    """None if the sender gave no address."""
    to = identity.notice_address(keyring, case)
    if not to:
        return None
    language = case.language
    site = base_url + ("/en" if language == "en" else "")
    openly = case.anonymity is Anonymity.NAMED
    values = {
        "agency": pick(language, row.agency.name_th, row.agency.name_en),
        "title": pick(language, row.title_th, row.title_en) if openly else "",
        "address": f"{site}/improvements/{row.slug}" if openly else "",
        "number": case.number,
        "track": site + TRACK_PATH,
    }
    with force_locale(language):
        text = "\n\n".join(gettext(part) for part in (SAID[event.step], WHICH, WHERE))
        subject = f"{case.number} {gettext(event.step.label)}"
        return Mail(to=to, subject=subject, text=finished(text, values), reference=f"improvement-event-{event.id}-{case.id}")
