"""The verbs of petitions. All take (session, …, now, …), flush and never commit; each act is one history, audit and event row."""

from portal.feedback.petitions.service.answering import case_changed, note_answer
from portal.feedback.petitions.service.confirming import (
    LinkState,
    ask_by_mail,
    confirm,
    make_link,
    standing,
    stop_telling,
    take_back_by_link,
)
from portal.feedback.petitions.service.keeping import lapse, sweep
from portal.feedback.petitions.service.merging import merge
from portal.feedback.petitions.service.opening import Proposal, SameAlready, judge, open_petition
from portal.feedback.petitions.service.reviewing import accept, refuse
from portal.feedback.petitions.service.supporting import Outcome, drop_held, release_held, support, take_back

__all__ = [
    "LinkState",
    "Outcome",
    "Proposal",
    "SameAlready",
    "accept",
    "ask_by_mail",
    "case_changed",
    "confirm",
    "drop_held",
    "judge",
    "lapse",
    "make_link",
    "merge",
    "note_answer",
    "open_petition",
    "refuse",
    "release_held",
    "standing",
    "stop_telling",
    "support",
    "sweep",
    "take_back",
    "take_back_by_link",
]
