"""Tables of casework."""

from portal.casework.contributing.models import Contribution
from portal.casework.exposed.models import ExposedPassage
from portal.casework.models.abuse import CaseQuarantine, IntakeTally
from portal.casework.models.apart import CaseAbout, CaseBarred
from portal.casework.models.case import Case
from portal.casework.models.clock import CasePause, ClockNotice, ClockStep
from portal.casework.models.deadlines import DeadlineRuleRow
from portal.casework.models.history import CaseEvent, CaseFile, CaseWords
from portal.casework.models.identity import CaseIdentity
from portal.casework.models.intake import CaseCounter, SubmissionKey
from portal.casework.models.left_out import CaseLeftOut
from portal.casework.models.letter import CaseLetter
from portal.casework.models.public import PublicCase
from portal.casework.models.referral import CaseReferral
from portal.casework.pictures.models import PublicPicture
from portal.casework.publication.models import PublicDraft
from portal.casework.questions.models import CaseAnswer, Question, QuestionVersion
from portal.casework.raising.models import CaseRaise
from portal.casework.signing.models import CaseProposal, PaperCounter, SignedPaper
from portal.casework.snooze.models import CaseSnooze
from portal.casework.splitting.models import CasePart
from portal.casework.tags.models import CaseTag, CaseTagged
from portal.casework.tallies import keeping as _keeping  # whoever can write a case moves the counters
from portal.casework.tallies.models import CaseTally, CaseTallyMove
from portal.casework.topics.models import Topic
from portal.casework.wording.models import MailWording, ReadyReply

assert _keeping
__all__ = [
    "Case",
    "CaseAbout",
    "CaseAnswer",
    "CaseBarred",
    "CaseCounter",
    "CaseEvent",
    "CaseFile",
    "CaseIdentity",
    "CaseLeftOut",
    "CaseLetter",
    "CasePart",
    "CasePause",
    "CaseProposal",
    "CaseQuarantine",
    "CaseRaise",
    "CaseReferral",
    "CaseSnooze",
    "CaseTag",
    "CaseTagged",
    "CaseTally",
    "CaseTallyMove",
    "CaseWords",
    "ClockNotice",
    "ClockStep",
    "Contribution",
    "DeadlineRuleRow",
    "ExposedPassage",
    "IntakeTally",
    "MailWording",
    "PaperCounter",
    "PublicCase",
    "PublicDraft",
    "PublicPicture",
    "Question",
    "QuestionVersion",
    "ReadyReply",
    "SignedPaper",
    "SubmissionKey",
    "Topic",
]
