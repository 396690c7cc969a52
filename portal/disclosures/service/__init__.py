"""The verbs on pages. Each checks the policy, applies the rules, writes rows, audit and events together; flush, never commit."""

from portal.disclosures.service.drafting import PageSettings, TextDraft, add_language, create_draft, edit
from portal.disclosures.service.handing import answered_for, hand_on
from portal.disclosures.service.hanging import attach, detach, set_figures, set_related
from portal.disclosures.service.importing import import_page
from portal.disclosures.service.publishing import missing, publish, send_back, submit_for_review, withdraw

__all__ = [
    "PageSettings",
    "TextDraft",
    "add_language",
    "answered_for",
    "attach",
    "create_draft",
    "detach",
    "edit",
    "hand_on",
    "import_page",
    "missing",
    "publish",
    "send_back",
    "set_figures",
    "set_related",
    "submit_for_review",
    "withdraw",
]
