"""What an act is told by afterwards: a notice needs neither a cookie nor a session, ``?done=`` is enough."""

from portal.kernel.messages import N_

DONE = {
    "assign": N_("The case has its owner"),
    "start": N_("Work on the case has begun"),
    "reply": N_("The answer is with the sender"),
    "propose": N_("The answer waits for a signature; the sender does not see it yet"),
    "sign": N_("The answer is signed and with the sender"),
    "return_proposal": N_("The proposal was returned"),
    "ask": N_("The question is with the sender"),
    "note": N_("The note is kept"),
    "close": N_("The case is closed"),
    "refer": N_("The sender was referred and the case is closed"),
    "reference": N_("The number is kept, the sender sees it too"),
    "decline": N_("The case was not taken up, and the sender was told why"),
    "forward": N_("The case was forwarded"),
    "merge": N_("The case goes on in the other one"),
    "mark_about": N_("The case is kept from those it is about and from everybody near them"),
    "unmark_about": N_("The mark is gone"),
    "publish": N_("Everybody can read the public text now"),
    "propose_publication": N_("The public text waits for a second officer"),
    "show_publication": N_("The sender sees the public text now, before it appears"),
    "confirm_publication": N_("Everybody can read the public text now"),
    "return_publication": N_("The public text was stopped"),
    "withdraw_publication": N_("The public text was withdrawn"),
    "snooze": N_("The case is laid by until its day"),
    "unsnooze": N_("The case is back in the queue"),
    "tag": N_("The tags are on the case"),
    "untag": N_("The tag is off the case"),
    "view_kept": N_("The view stands in the left column"),
}
