"""The verbs of casework. All take (session, actor, now, …), flush and never commit; each act is one history, audit and event row.

Officers' verbs take ``row_version``, the version that the officer saw, and raise ``StaleCase`` when somebody saved first; they also raise
``NotAllowed`` (policy), ``Invalid`` by field, and ``Conflict`` when the act does not fit the status.
"""

from portal.casework.service.apart import keep_apart, mark_about, say_about, unmark_about
from portal.casework.service.aside import refuse, release
from portal.casework.service.citizen import confirm, contest, withdraw, withdraw_consent
from portal.casework.service.clock import end_what_is_over, extend, pause, resume
from portal.casework.service.collecting import owe, put_out
from portal.casework.service.correcting import correct_contact
from portal.casework.service.erasing import erase
from portal.casework.service.exposing import Reported, close_passage, let_passage_stand, report_passage, report_picture
from portal.casework.service.intake import Receipt, agency_of, repeat_of, submit
from portal.casework.service.judging import judge_anew, send_back, uphold
from portal.casework.service.leaving import Handed, hand_on, owned_by, owners, release_stranded, release_where_not_at_work
from portal.casework.service.lettering import UNTITLED, call_letter_wrong, type_letter
from portal.casework.service.mailed import add_by_mail, leave_out, note_undelivered, takes_mail
from portal.casework.service.many import Incoming, ManyPrepared, Taken, prepare_many, submit_many
from portal.casework.service.merging import merge, unmerge
from portal.casework.service.offer import BETWEEN, check_offer, closed_sentence, kinds_of, topic_of
from portal.casework.service.outcome import close, decline
from portal.casework.service.outside import close_from_outside
from portal.casework.service.ownership import assign, forward, start
from portal.casework.service.picturing import (
    Covering,
    add_photograph,
    agree_to_picture,
    check_covering,
    may_show,
    picture_due,
    prepare_picture,
    show_picture,
    take_picture_away,
)
from portal.casework.service.proposal import PublicText, propose_public_text, said_by_sender
from portal.casework.service.publishing import (
    agree_to_publication,
    confirm_publication,
    due_to_appear,
    hide_more,
    publish,
    publish_due,
    return_publication,
    withdraw_publication,
)
from portal.casework.service.reading import must_be_recorded, record_reading
from portal.casework.service.recoding import REPLACED, replace_by_mail, replace_code
from portal.casework.service.referring import note_reference, refer
from portal.casework.service.reorganising import Place, keep_away, places, reorganise
from portal.casework.service.signing import return_proposal, sign
from portal.casework.service.submission import Checked, Submission, validate
from portal.casework.service.talk import ask, citizen_add, citizen_answer, note, reply
from portal.casework.service.unmasking import unmask
from portal.casework.service.weighing import under_pressure

__all__ = [
    "BETWEEN",
    "REPLACED",
    "UNTITLED",
    "Checked",
    "Covering",
    "Handed",
    "Incoming",
    "ManyPrepared",
    "Place",
    "PublicText",
    "Receipt",
    "Reported",
    "Submission",
    "Taken",
    "add_by_mail",
    "add_photograph",
    "agency_of",
    "agree_to_picture",
    "agree_to_publication",
    "ask",
    "assign",
    "call_letter_wrong",
    "check_covering",
    "check_offer",
    "citizen_add",
    "citizen_answer",
    "close",
    "close_from_outside",
    "close_passage",
    "closed_sentence",
    "confirm",
    "confirm_publication",
    "contest",
    "correct_contact",
    "decline",
    "due_to_appear",
    "end_what_is_over",
    "erase",
    "extend",
    "forward",
    "hand_on",
    "hide_more",
    "judge_anew",
    "keep_apart",
    "keep_away",
    "kinds_of",
    "leave_out",
    "let_passage_stand",
    "mark_about",
    "may_show",
    "merge",
    "must_be_recorded",
    "note",
    "note_reference",
    "note_undelivered",
    "owe",
    "owned_by",
    "owners",
    "pause",
    "picture_due",
    "places",
    "prepare_many",
    "prepare_picture",
    "propose_public_text",
    "publish",
    "publish_due",
    "put_out",
    "record_reading",
    "refer",
    "refuse",
    "release",
    "release_stranded",
    "release_where_not_at_work",
    "reorganise",
    "repeat_of",
    "replace_by_mail",
    "replace_code",
    "reply",
    "report_passage",
    "report_picture",
    "resume",
    "return_proposal",
    "return_publication",
    "said_by_sender",
    "say_about",
    "send_back",
    "show_picture",
    "sign",
    "start",
    "submit",
    "submit_many",
    "take_picture_away",
    "takes_mail",
    "topic_of",
    "type_letter",
    "under_pressure",
    "unmark_about",
    "unmask",
    "unmerge",
    "uphold",
    "validate",
    "withdraw",
    "withdraw_consent",
    "withdraw_publication",
]
