"""How somebody who has lost a code was known to be the sender. In words: ``docs/rules/calls.md``."""

from enum import StrEnum

from portal.kernel.messages import N_


class Identified(StrEnum):
    """What the officer checked; the last is for the sender alone."""

    ID_CARD = "id_card"
    CALLED_BACK = "called_back"
    DETAILS = "details"
    MAIL = "mail"

    @property
    def label(self) -> str:
        """English source text."""
        return IDENTIFIED_LABELS[self]


IDENTIFIED_LABELS = {
    Identified.ID_CARD: N_("Identity card seen, the name is that of the case"),
    Identified.CALLED_BACK: N_("Called back on the number of the case"),
    Identified.DETAILS: N_("Knew what only the sender can know of the case"),
    Identified.MAIL: N_("Opened the link that was mailed to the address of the case"),
}
AT_THE_COUNTER = (Identified.ID_CARD, Identified.CALLED_BACK, Identified.DETAILS)
