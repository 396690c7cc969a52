"""The page that a publisher has at hand; what the actor may not write is not found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from portal.accounts import queries as accounts
from portal.accounts.models import User
from portal.agencies import queries as agencies
from portal.agencies.models import Agency, Mission, StrategyNode
from portal.disclosures import queries
from portal.disclosures.forms import EditForm, filled
from portal.disclosures.missions.queries import choosable
from portal.disclosures.models import Disclosure, DisclosureTranslation
from portal.kernel.actor import Role
from portal.kernel.errors import NotFound
from portal.web.actor import current_actor
from portal.web.database import db

#: Everybody who may be named as responsible: whoever holds a role that works or answers in the agency.
RESPONSIBLE_ROLES = (Role.PUBLISHER, Role.COORDINATOR, Role.OFFICER, Role.EXECUTIVE, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class AtHand:
    """The page that is being written, one of its texts (``None`` before it is begun), and what its selects offer."""

    page: Disclosure
    language: str
    translation: DisclosureTranslation | None
    people: Sequence[User]
    units: Sequence[Agency]
    nodes: Sequence[StrategyNode]
    missions: Mapping[str, Mission]
    related: Sequence[str]

    @property
    def saved(self) -> DisclosureTranslation:
        """The text; raises ``NotFound`` before it is begun."""
        if self.translation is None:
            raise NotFound
        return self.translation

    def form(self, given: object) -> EditForm:
        """The edit form with its choices."""
        form = EditForm(given, data=filled(self.page, self.translation, self.nodes, self.missions, self.related))
        form.offer(self.people, self.units, self.nodes, self.missions, _("Not chosen"))
        return form


def page_at_hand(slug: str) -> Disclosure:
    page = queries.for_desk(db.session, current_actor(), slug)
    if page is None:
        raise NotFound
    return page


def at_hand(slug: str, text_language: str) -> AtHand:
    session, page = db.session, page_at_hand(slug)
    people = list(accounts.workers_of(session, page.agency_id, RESPONSIBLE_ROLES))
    if page.responsible_user and page.responsible_user not in people:
        people.append(page.responsible_user)
    units = list(agencies.by_ids(session, agencies.subtree_ids(session, [page.agency_id])).values())
    if page.responsible_unit and page.responsible_unit not in units:
        units.append(page.responsible_unit)
    return AtHand(
        page=page,
        language=text_language,
        translation=next((one for one in page.translations if one.language == text_language), None),
        people=people,
        units=units,
        nodes=agencies.strategy_nodes(session, page.agency_id),
        missions=choosable(session, page.agency),
        related=queries.related_slugs(session, page),
    )
