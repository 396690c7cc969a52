"""What a reader may ask: words, a kind of record, an agency."""

from collections.abc import Iterable

from flask_babel import gettext
from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice

from portal.agencies.models import Agency
from portal.kernel.messages import N_
from portal.kernel.thai_text import pick
from portal.search.sources import SOURCES
from portal.web.forms import PortalForm
from portal.web.language import language


class SearchForm(PortalForm):
    """A GET form: its fields are the address of the page."""

    q = StringField(N_("Search"))
    kind = SelectField(N_("What to look for"), default="")
    agency = SelectField(N_("Agency"), default="")

    def offer(self, agencies: Iterable[Agency]) -> None:
        """Fill in the choices."""
        everything = SelectChoice(value="", label=gettext("Everything"))
        everywhere = SelectChoice(value="", label=gettext("All agencies"))
        self.kind.choices = [everything, *(SelectChoice(value=source.kind, label=gettext(source.label)) for source in SOURCES)]
        self.agency.choices = [everywhere, *(SelectChoice(value=one.slug, label=_name(one)) for one in agencies)]

    @property
    def is_narrowed(self) -> bool:
        """True if something other than the words was chosen."""
        return bool(self.kind.data or self.agency.data)


def _name(agency: Agency) -> str:
    return pick(language(), agency.name_th, agency.name_en)
