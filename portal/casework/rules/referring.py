"""Places outside the portal to which a citizen is referred by name. In words: ``docs/rules/channels.md``."""

from enum import StrEnum

from portal.kernel.messages import N_
from portal.kernel.thai_text import pick


class ReferralPlace(StrEnum):
    """Where a matter was referred to."""

    GCC_1111 = "1111"
    DAMRONGTHAM_1567 = "1567"
    OTHER = "other"

    @property
    def label(self) -> str:
        """English source text."""
        return PLACE_LABELS[self]

    def told(self, language: str) -> str:
        """Name and how to reach it, as the sender reads it in the language of the case; empty for a place that is written by hand."""
        return pick(language, *_TOLD[self])


PLACE_LABELS = {
    ReferralPlace.GCC_1111: N_("1111 Government Contact Center"),
    ReferralPlace.DAMRONGTHAM_1567: N_("1567 Damrongtham Center"),
    ReferralPlace.OTHER: N_("Another place, written below"),
}
_TOLD = {
    ReferralPlace.GCC_1111: (
        "ศูนย์บริการข้อมูลภาครัฐเพื่อประชาชน สำนักงานปลัดสำนักนายกรัฐมนตรี โทร 1111",
        "Government Contact Center, Office of the Permanent Secretary, Prime Minister's Office, telephone 1111",
    ),
    ReferralPlace.DAMRONGTHAM_1567: (
        "ศูนย์ดำรงธรรม กระทรวงมหาดไทย โทร 1567",
        "Damrongtham Center, Ministry of Interior, telephone 1567",
    ),
    ReferralPlace.OTHER: ("", ""),
}
