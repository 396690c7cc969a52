"""Forms that carry the version of what they were filled in for."""

from wtforms import HiddenField

from portal.web.forms import PortalForm


class VersionedForm(PortalForm):
    """``version`` is the one that the person saw, ``sure`` that they read what a change will do."""

    version = HiddenField()
    sure = HiddenField()

    @property
    def seen(self) -> int:
        """The version that the person saw; one that never was if the field is damaged."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
