"""Shape of the forms by which a publisher says what serves an item."""

from collections.abc import Sequence

from wtforms import SelectField
from wtforms.fields import SelectChoice

from portal.disclosures.models import Disclosure
from portal.kernel.messages import N_
from portal.kernel.thai_text import excerpt
from portal.web.forms import PortalForm, Required


class PageForm(PortalForm):
    """The page that serves the item; ``offer`` sets the choices."""

    disclosure = SelectField(N_("Page that serves the item"), choices=list, validators=[Required()])

    def offer(self, pages: Sequence[Disclosure], none: str) -> None:
        """Set the choices; ``none`` is the translated word for none of them."""
        named = [SelectChoice(one.slug, f"{excerpt(one.translations[0].title or one.slug, 90)} ({one.slug})") for one in pages]
        self.disclosure.choices = [SelectChoice("", none), *named]
