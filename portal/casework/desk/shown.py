"""What stands on the page of one case, as the template reads it; ``page`` puts it together."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.accounts.absence.models import Absence
from portal.casework.clock.times import Time
from portal.casework.desk.about import Marks
from portal.casework.desk.asked import read_within
from portal.casework.desk.choices import Owners, Targets
from portal.casework.desk.contributions import Group, Part
from portal.casework.desk.due import Due
from portal.casework.desk.history import Entry
from portal.casework.desk.marking import Marked
from portal.casework.desk.proposed import SIGNING, Proposed
from portal.casework.desk.proposing import CONFIRMING, Publication
from portal.casework.desk.siblings import Sibling
from portal.casework.desk.where import Where
from portal.casework.forms import CaseForm
from portal.casework.identity import Contact
from portal.casework.models import Case, CasePause, CaseSnooze, CaseTag, ClockStep, SignedPaper
from portal.casework.queries import Filter
from portal.casework.questions.queries import Answered
from portal.casework.rules.abuse import Sign
from portal.files.models import StoredFile

#: Verbs that stand beside the case instead of among the acts under its words.
BESIDE = frozenset(
    {
        *SIGNING,
        *CONFIRMING,
        "tag",
        "snooze",
        "unsnooze",
        "untag",
        "assign",
        "start",
        "mark_about",
        "unmark_about",
        "unmask",
        "reference",
        "pause",
        "resume",
        "extend",
        "recall_contribution",
    }
)


@dataclass(frozen=True)
class Again:
    """A form that could not be saved: shown again with what was typed. ``stale`` when somebody saved first.

    ``unsaved`` when nothing is wrong: it was filled in further and waits to be sent.
    """

    verb: str
    form: CaseForm
    stale: bool = False
    unsaved: bool = False


@dataclass(frozen=True)
class Clock:
    """The clock in words; ``total`` and ``used`` days for the dots. ``times`` are the three that were promised."""

    due: Due
    words: str
    total: int
    used: int
    times: Sequence[Time] = ()
    pause: CasePause | None = None
    #: Steps of escalation that were made for the present due day, and when.
    told: Sequence[ClockStep] = ()


@dataclass(frozen=True)
class CasePage:
    """What the template shows; see ``cases_desk/show.html``."""

    case: Case
    clock: Clock
    verbs: Sequence[str]
    forms: dict[str, CaseForm]
    open_verb: str | None
    history: Sequence[Entry]
    subject: Marked
    body: Marked
    contact: Contact
    is_clear: bool
    is_opened: bool
    earlier: Sequence[Case]
    owners: Owners | None
    targets: Sequence[Targets]
    publication: Publication | None
    marks: Marks | None
    shown: Filter | None
    again: Again | None
    #: How the part that the officer came from was narrowed (``desk.asked``).
    within: str | None = None
    tags: Sequence[CaseTag] = ()
    #: While it is laid by.
    rest: CaseSnooze | None = None
    #: Why it lies in quarantine; empty if it does not.
    signs: Sequence[Sign] = ()
    #: Where a case of the pool may belong.
    where: Where | None = None
    #: Until when the owner is away, and who stands in; None while they are here.
    away: Absence | None = None
    #: The reader stands in for the owner.
    stands_in: bool = False
    #: Who else is looking, since when one's own draft is kept, and whose drafts there are; each in words.
    present: str = ""
    draft_kept: str = ""
    drafts_of_others: str = ""
    #: To the questions of the agency that received it.
    answers: Sequence[Answered] = ()
    #: An answer that waits for a signature.
    proposed: Proposed | None = None
    #: Verbs that propose an answer instead of giving it.
    signed: frozenset[str] = frozenset()
    #: Answers that were signed, by their numbers.
    papers: Sequence[SignedPaper] = ()

    #: The matters of the text, if it was divided; else whether it may be.
    siblings: Sequence[Sibling] = ()
    may_split: bool = False
    #: What was asked of others, and whom one may ask.
    parts: Sequence[Part] = ()
    askable: Sequence[Group] = ()

    @property
    def back(self) -> dict[str, str]:
        """Arguments of the part of the queue that the officer came from."""
        return {**({"filter": self.shown.value} if self.shown else {}), **read_within(self.within or "")}

    @property
    def stale_verb(self) -> str | None:
        """The verb whose form came too late."""
        return self.again.verb if self.again and self.again.stale else None

    @property
    def acts(self) -> list[str]:
        """What stands under the words of the case, in its order."""
        return [verb for verb in self.verbs if verb not in BESIDE and verb != self.stale_verb]

    @property
    def proposals(self) -> int:
        """How many places of the sender's words should be kept from the public."""
        return len(self.body.proposals) + len(self.subject.proposals)

    @property
    def first_files(self) -> Sequence[StoredFile]:
        """The files that came with the case."""
        return self.history[-1].files if self.history else ()

    @property
    def newer(self) -> list[Entry]:
        """What was saved since the form that came too late was opened, oldest first."""
        seen = self.again.form.version if self.again else 0
        return [entry for entry in reversed(self.history) if entry.version > seen]
