"""The levels of participation follow the records."""

from portal.desk.checkup.findings import Finding, Patient
from portal.desk.checkup.work import LATE
from portal.kernel.messages import N_, Message
from portal.kernel.thai_calendar import BANGKOK
from portal.participation.scores.freshness import Freshness, freshness


def levels(patient: Patient) -> Finding:
    """Everybody is looked at once a day, and changes within minutes."""
    now = freshness(patient.session, patient.now)
    late = now.oldest is not None and now.oldest < patient.now - LATE
    fine = not (late or now.never or now.old)
    mend = Message(N_("start `portal worker`, it looks at everybody within a day; for all at once run `portal score --all`"))
    return Finding("levels", N_("Levels of participation"), fine, _said(now, fine), mend)


def _said(now: Freshness, fine: bool) -> Message:
    oldest, since = (f"{moment.astimezone(BANGKOK):%Y-%m-%d %H:%M}" if moment else "–" for moment in (now.oldest, now.whole_since))
    counts = {"years": now.years, "never": now.never, "old": now.old, "waiting": now.waiting, "oldest": oldest, "since": since}
    if fine:
        return Message(N_("%(years)d years of agencies, all looked at since %(since)s; changes that wait: %(waiting)d"), counts)
    return Message(
        N_(
            "of %(years)d years of agencies %(never)d never computed, %(old)d not since yesterday, all looked at since %(since)s; "
            "changes that wait: %(waiting)d, the oldest since %(oldest)s"
        ),
        counts,
    )
