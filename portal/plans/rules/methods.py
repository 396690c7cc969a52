"""Ways of listening, and which of them are formal."""

from enum import StrEnum

from portal.kernel.messages import N_


class Method(StrEnum):
    """How people are heard."""

    HEARING = "hearing"
    FOCUS_GROUP = "focus_group"
    SURVEY = "survey"
    INTERVIEW = "interview"
    BOX_ROUND = "box_round"
    ONLINE = "online"
    SITE_VISIT = "site_visit"
    LETTERS = "letters"
    CALL_IN = "call_in"

    @property
    def label(self) -> str:
        """English source text."""
        return METHOD_LABELS[self]

    @property
    def is_formal(self) -> bool:
        """True for what is called, announced and minuted."""
        return self in FORMAL


METHOD_LABELS = {
    Method.HEARING: N_("Public hearing or forum"),
    Method.FOCUS_GROUP: N_("Focus group"),
    Method.SURVEY: N_("Survey"),
    Method.INTERVIEW: N_("Interviews"),
    Method.BOX_ROUND: N_("Round of the suggestion boxes"),
    Method.ONLINE: N_("Online consultation"),
    Method.SITE_VISIT: N_("Visit on site"),
    Method.LETTERS: N_("Review of letters and hotline calls"),
    Method.CALL_IN: N_("Call-in programme"),
}
#: Boxes and hearings are the source's own examples of the informal and the formal way; the rest is our division.
FORMAL = frozenset({Method.HEARING, Method.FOCUS_GROUP, Method.SURVEY, Method.ONLINE})
