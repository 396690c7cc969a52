"""The table of fates, line by line. In words: ``docs/rules/mail-in.md``."""

from dataclasses import replace

import pytest

from portal.feedback.mail_in.reading import Attachment, Letter, Report, Trouble
from portal.feedback.mail_in.reading.letter import Machine
from portal.feedback.mail_in.rules import Facts, Fate, Reason, Token, judge

LETTER = Letter(subject="ไฟดับ", senders=(("", "a@b.example"),), text="ไฟดับ")
ANSWERS = Facts(token=Token.VALID)
W = Fate.WAITING


@pytest.mark.parametrize(
    ("letter", "facts", "fate", "reason"),
    [
        ({}, Facts(), Fate.NEW_CASE, None),
        ({}, ANSWERS, Fate.ADDED, None),
        ({"senders": ()}, ANSWERS, Fate.ADDED, None),  # who writes is never asked
        ({"to_many": True}, ANSWERS, Fate.ADDED, None),
        ({"text": "", "attachments": (Attachment("a", "b", b"c"),)}, ANSWERS, Fate.ADDED, None),
        ({}, Facts(is_repeat=True, token=Token.VALID), Fate.REPEAT, None),
        ({"report": Report(failed=True)}, Facts(is_own=True), Fate.BOUNCE, None),
        ({"machine": Machine.ANSWERS}, Facts(is_own=True), Fate.OWN, None),
        ({"machine": Machine.ANSWERS}, Facts(), Fate.AUTO_REPLY, None),
        ({"machine": Machine.ANSWERS, "trouble": Trouble.ENCRYPTED}, ANSWERS, Fate.AUTO_REPLY, None),
        ({"machine": Machine.SENDS}, ANSWERS, Fate.AUTO_REPLY, None),
        ({"no_return_path": True}, ANSWERS, Fate.AUTO_REPLY, None),
        ({"subject": "ตอบกลับอัตโนมัติ: ไฟดับ"}, ANSWERS, Fate.AUTO_REPLY, None),
        ({"subject": "Out of the office"}, replace(ANSWERS, token=Token.BAD), Fate.AUTO_REPLY, None),
        ({"subject": "Automatic reply: x"}, Facts(), W, Reason.MACHINE),
        ({"machine": Machine.SENDS}, Facts(), W, Reason.MACHINE),
        ({"no_return_path": True}, Facts(), W, Reason.MACHINE),
        ({"to_many": True}, Facts(), W, Reason.TO_MANY),
        ({"trouble": Trouble.ENCRYPTED}, ANSWERS, W, Reason.ENCRYPTED),
        ({"trouble": Trouble.TNEF}, Facts(), W, Reason.TNEF),
        ({"trouble": Trouble.TOO_COMPLEX}, Facts(), W, Reason.TOO_COMPLEX),
        ({"trouble": Trouble.UNREADABLE}, ANSWERS, W, Reason.UNREADABLE),
        ({"text": " \n "}, ANSWERS, W, Reason.EMPTY),
        ({"text": "ก" * 10_001}, ANSWERS, W, Reason.TOO_LONG),
        ({"text": "ก" * 10_000}, Facts(), Fate.NEW_CASE, None),
        ({}, Facts(token=Token.BAD), W, Reason.BAD_TOKEN),
        ({}, Facts(token=Token.OVER), W, Reason.CASE_OVER),
        ({}, Facts(has_sender=False), W, Reason.NO_SENDER),
        ({}, Facts(from_sender_this_hour=20), W, Reason.MANY_FROM_SENDER),
        ({}, replace(ANSWERS, from_sender_this_hour=20), W, Reason.MANY_FROM_SENDER),
        ({}, Facts(from_sender_this_hour=19), Fate.NEW_CASE, None),
        ({}, Facts(cases_of_sender_today=5), W, Reason.MANY_CASES_OF_SENDER),
        ({}, replace(ANSWERS, cases_of_sender_today=5, cases_this_hour=200, agency_closed=True), Fate.ADDED, None),
        ({}, Facts(cases_this_hour=200), W, Reason.MANY_CASES),
        ({}, Facts(agency_closed=True), W, Reason.AGENCY_CLOSED),
    ],
)
def test_the_first_line_that_fits_is_taken(letter: dict[str, object], facts: Facts, fate: Fate, reason: Reason | None) -> None:
    verdict = judge(replace(LETTER, **letter), facts)  # type: ignore[arg-type]
    assert (verdict.fate, verdict.reason) == (fate, reason)


def test_every_fate_and_reason_has_its_words() -> None:
    assert all(one.label for one in (*Fate, *Reason))
