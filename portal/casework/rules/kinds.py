"""What a case is and how it came; codes and words are fixed by the outward contract."""

from enum import StrEnum

from portal.kernel.messages import N_


class CaseKind(StrEnum):
    """What the citizen says it is."""

    OPINION = "opinion"
    SUGGESTION = "suggestion"
    COMPLAINT = "complaint"
    GRIEVANCE = "grievance"
    QUESTION = "question"
    COMPLIMENT = "compliment"
    INFORMATION_REQUEST = "information_request"

    @property
    def label(self) -> str:
        """English source text."""
        return KIND_LABELS[self]


class Anonymity(StrEnum):
    """How the citizen wants to be named; what each keeps is told in ``docs/rules/identity.md``."""

    NAMED = "named"
    CONFIDENTIAL = "confidential"
    ANONYMOUS = "anonymous"

    @property
    def label(self) -> str:
        """English source text."""
        return ANONYMITY_LABELS[self]


class AnswerBy(StrEnum):
    """How the citizen wants to be answered."""

    CODE = "code"
    EMAIL = "email"
    PHONE = "phone"
    LETTER = "letter"

    @property
    def label(self) -> str:
        """English source text."""
        return ANSWER_BY_LABELS[self]


class Channel(StrEnum):
    """The door a case came through; all but web and API are entered by officers."""

    WEB = "web"
    WALK_IN = "walk_in"
    TELEPHONE = "telephone"
    LETTER = "letter"
    FAX = "fax"
    EMAIL = "email"
    BOX = "box"
    FORUM = "forum"
    LINE = "line"
    FACEBOOK = "facebook"
    API = "api"

    @property
    def label(self) -> str:
        """English source text."""
        return CHANNEL_LABELS[self]


class KeyScope(StrEnum):
    """Where a submission key comes from; the same key in two scopes is two keys."""

    FORM = "form"
    API = "api"
    DESK = "desk"


class WordsKind(StrEnum):
    """What a row of erasable words is."""

    QUESTION = "question"
    CITIZEN_ANSWER = "citizen_answer"
    ADDITION = "addition"
    REPLY = "reply"
    NOTE = "note"
    RESULT = "result"
    REASON = "reason"
    PROOF = "proof"
    DECLINE = "decline"
    REFERRED_TO = "referred_to"
    FORWARD = "forward"
    CONTEST = "contest"
    WITHDRAWAL = "withdrawal"
    MERGE = "merge"
    TOMBSTONE = "tombstone"
    UNMASK = "unmask"
    REVIEW = "review"
    ABOUT = "about"
    UNMARK = "unmark"
    PAUSE = "pause"
    EXTENSION = "extension"
    PART_ASKED = "part_asked"
    PART = "part"
    PART_DECLINED = "part_declined"
    UNMERGE = "unmerge"

    @property
    def label(self) -> str:
        """English source text."""
        return WORDS_LABELS[self]


#: Words that only officers read; everything else is the citizen's to see.
INTERNAL_WORDS = frozenset(
    {WordsKind.NOTE, WordsKind.UNMASK, WordsKind.MERGE, WordsKind.PART_ASKED, WordsKind.PART, WordsKind.PART_DECLINED}
)
#: What the agency tells the citizen; may be marked as fit for the public text.
ANSWER_WORDS = (WordsKind.REPLY, WordsKind.RESULT, WordsKind.REASON, WordsKind.DECLINE, WordsKind.REFERRED_TO)

KIND_LABELS = {
    CaseKind.OPINION: N_("Opinion"),
    CaseKind.SUGGESTION: N_("Suggestion"),
    CaseKind.COMPLAINT: N_("Complaint"),
    CaseKind.GRIEVANCE: N_("Grievance"),
    CaseKind.QUESTION: N_("Question"),
    CaseKind.COMPLIMENT: N_("Compliment"),
    CaseKind.INFORMATION_REQUEST: N_("Request for information"),
}
ANONYMITY_LABELS = {
    Anonymity.NAMED: N_("Show my name"),
    Anonymity.CONFIDENTIAL: N_("Keep my name confidential (officers know it)"),
    Anonymity.ANONYMOUS: N_("Do not give a name"),
}
ANSWER_BY_LABELS = {
    AnswerBy.CODE: N_("I will look with the receipt code"),
    AnswerBy.EMAIL: N_("By e-mail"),
    AnswerBy.PHONE: N_("By telephone"),
    AnswerBy.LETTER: N_("By letter"),
}
CHANNEL_LABELS = {
    Channel.WEB: N_("Website"),
    Channel.WALK_IN: N_("In person"),
    Channel.TELEPHONE: N_("Telephone"),
    Channel.LETTER: N_("Letter"),
    Channel.FAX: N_("Fax"),
    Channel.EMAIL: N_("E-mail"),
    Channel.BOX: N_("Opinion box"),
    Channel.FORUM: N_("Forum or hearing"),
    Channel.LINE: N_("LINE"),
    Channel.FACEBOOK: N_("Facebook"),
    Channel.API: N_("Another system"),
}
WORDS_LABELS = {
    WordsKind.QUESTION: N_("Question from the officer"),
    WordsKind.CITIZEN_ANSWER: N_("Answer from the sender"),
    WordsKind.ADDITION: N_("Added by the sender"),
    WordsKind.REPLY: N_("Reply from the agency"),
    WordsKind.NOTE: N_("Internal note"),
    WordsKind.RESULT: N_("Result"),
    WordsKind.REASON: N_("Reason"),
    WordsKind.PROOF: N_("Proof"),
    WordsKind.DECLINE: N_("Reason for not taking it up"),
    WordsKind.REFERRED_TO: N_("Referred to"),
    WordsKind.FORWARD: N_("Reason for forwarding"),
    WordsKind.CONTEST: N_("Why the sender contests"),
    WordsKind.WITHDRAWAL: N_("Why the sender withdraws"),
    WordsKind.MERGE: N_("Reason for merging"),
    WordsKind.TOMBSTONE: N_("Why it is no longer published"),
    WordsKind.UNMASK: N_("Reason for opening the name"),
    WordsKind.REVIEW: N_("What the outside reviewer says"),
    WordsKind.ABOUT: N_("Whom it is about, in the sender's words"),
    WordsKind.UNMARK: N_("Why it is no longer kept apart"),
    WordsKind.PAUSE: N_("Why the clock stands still"),
    WordsKind.EXTENSION: N_("Why the due day was extended"),
    WordsKind.PART_ASKED: N_("What others were asked for"),
    WordsKind.PART: N_("The part that others gave"),
    WordsKind.PART_DECLINED: N_("Why they give no part"),
    WordsKind.UNMERGE: N_("Why it goes on by itself"),
}
