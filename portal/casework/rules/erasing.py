"""Parts of a case that can be erased. In words: ``docs/rules/privacy.md``."""

from enum import StrEnum

from portal.kernel.messages import N_

#: What stands where a citizen's subject and text were; Thai, like the marks of a redaction.
ERASED = "[ลบแล้ว]"


class Part(StrEnum):
    """What goes by itself, whatever becomes of the rest."""

    IDENTITY = "identity"
    WORDS = "words"
    FILES = "files"
    PUBLIC_TEXT = "public_text"

    @property
    def label(self) -> str:
        """English source text."""
        return PART_LABELS[self]


PART_LABELS = {
    Part.IDENTITY: N_("Name and contacts"),
    Part.WORDS: N_("The words of the matter and everything written about it"),
    Part.FILES: N_("Files"),
    Part.PUBLIC_TEXT: N_("The published text"),
}
