"""Acts in words: groups to narrow the trail by, and names of the ones that people look for most."""

from collections.abc import Mapping

from portal.casework.rules import Act
from portal.casework.service.reading import READ
from portal.kernel.messages import N_

#: Beginning of an act -> English source text; in the order of the select.
GROUPS: Mapping[str, str] = {
    "": N_("Everything"),
    READ: N_("Reading who sent a case"),
    Act.UNMASK.event: N_("Opening a closed name"),
    "case.": N_("Acts on cases"),
    "disclosure.": N_("Pages and their versions"),
    "user.sign": N_("Sign-in and sign-out"),
    "user.": N_("People, roles, sign-in"),
    "second_factor.": N_("Second factors"),
    "privacy.": N_("Privacy requests, holds, erasing"),
    "option.": N_("Settings"),
    "deadline.": N_("Deadlines"),
    "calendar.": N_("Office calendar"),
    "topic.": N_("Topics"),
    "mail_text.": N_("Texts of mails"),
    "ready_reply.": N_("Ready replies"),
    "agency.": N_("Agencies and units"),
    "audit.": N_("The trail itself: checks and exports"),
}
NAMES: Mapping[str, str] = {
    **{act.event: act.label for act in Act},
    READ: N_("Read who sent the case"),
    "audit.exported": N_("Took the trail out as a file"),
    "audit.verified": N_("Checked the chain"),
    "option.changed": N_("Changed a setting"),
    "option.reset": N_("Set a setting back to its default"),
    "user.granted": N_("Gave a role"),
    "user.revoked": N_("Took a role away"),
    "user.signed_in": N_("Signed in"),
    "user.signed_out": N_("Signed out"),
    "user.sign_in_failed": N_("Failed to sign in"),
    "mail_text.changed": N_("Changed the text of a mail"),
    "mail_text.reset": N_("Set the text of a mail back"),
    "ready_reply.added": N_("Added a ready reply"),
    "ready_reply.edited": N_("Changed a ready reply"),
    "ready_reply.closed": N_("Closed a ready reply"),
    "ready_reply.reopened": N_("Opened a ready reply again"),
    "deadline.added": N_("Added a deadline"),
    "deadline.ended": N_("Ended a deadline"),
    "calendar.day_added": N_("Added a day to the calendar"),
    "calendar.day_removed": N_("Took a day out of the calendar"),
    "topic.added": N_("Added a topic"),
    "topic.edited": N_("Renamed a topic"),
    "topic.closed": N_("Closed a topic"),
    "topic.reopened": N_("Opened a topic again"),
    "topic.ordered": N_("Put the topics in order"),
    "user.created": N_("Opened an account"),
    "user.edited": N_("Changed an account"),
    "user.disabled": N_("Closed an account"),
    "user.left": N_("Let somebody leave"),
    "user.password_changed": N_("Changed the password"),
    "mail.server_entered": N_("Entered the mail server"),
    "mail.server_tried": N_("Sent a test message"),
}
