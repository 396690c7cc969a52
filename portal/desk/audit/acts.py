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
}
