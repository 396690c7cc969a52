"""Level 1 of 2549: pages about each mission, the lists of the law, channels for everybody and for target groups."""

from datetime import timedelta
from typing import Literal

from msgspec import Struct

from portal.kernel.evidence import ChannelFact, LegalItem, LegalList, Mission, MissionPage
from portal.kernel.messages import N_
from portal.participation.rules.predicates.amounts import Count, Share, found, needed
from portal.participation.rules.predicates.base import Held, missing, predicate, said
from portal.participation.rules.predicates.places import of_agency, of_channels, of_lists
from portal.participation.rules.results import Finding, Missing, Verdict
from portal.participation.rules.saying import day, named


class FreshPages(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``share`` per cent of the missions need a page updated within ``days`` before the day of the look."""

    days: Count
    share: Share


@predicate(FreshPages)
def mission_pages(held: Held, given: FreshPages) -> Finding:
    """Each mission has a current page; a page is about one mission only."""
    missions, since = held.subject.missions, held.subject.as_of - timedelta(days=given.days)
    if not missions:
        said_none = said(N_("The agency has entered no missions"))
        return found(False, said_none, missing=[missing(N_("Enter the missions of the agency"), of_agency(held.subject))])
    pages = {page.mission: page for page in held.counting(MissionPage)}  # by day: the newest stays
    fresh = [pages[one.code] for one in missions if one.code in pages and pages[one.code].on >= since]
    need = needed(given.share, len(missions))
    told = said(
        N_("%(have)d of %(all)d missions have a page updated within %(days)d days (needed: %(need)d)"),
        have=len(fresh), all=len(missions), days=given.days, need=need,
    )  # fmt: skip
    return found(len(fresh) >= need, told, fresh, [_page_missing(held, one, pages) for one in missions if pages.get(one.code) not in fresh])


def _page_missing(held: Held, mission: Mission, pages: dict[str, MissionPage]) -> Missing:
    name, page = named(mission.name_th, mission.name_en), pages.get(mission.code)
    if page is None:
        return missing(N_("The mission “%(mission)s” has no page"), of_agency(held.subject), mission=name)
    text = N_("The page about the mission “%(mission)s” was last updated on %(day)s")
    return missing(text, page.path, mission=name, day=day(page.on))


class PartOfList(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``share`` per cent of the items that ``law`` asks for, of each of its lists."""

    law: Literal["s7", "s9", "oit"]
    share: Share


@predicate(PartOfList)
def legal_lists(held: Held, given: PartOfList) -> Finding:
    """What a law asks to be disclosed is; unknown where the portal does not know the whole list for this agency and year."""
    lists = [one for one in held.lists if one.law == given.law]
    if not lists or not all(one.is_complete and one.items for one in lists):
        return Finding(
            verdict=Verdict.UNKNOWN, said=said(N_("The portal does not know the whole list for this kind of agency and this year"))
        )
    served = [fact for fact in held.counting(LegalItem) if any(_asks(one, fact) for one in lists)]
    there = {(fact.list_code, fact.item) for fact in served}
    every, need = sum(len(one.items) for one in lists), sum(needed(given.share, len(one.items)) for one in lists)
    passes = all(_have(one, there) >= needed(given.share, len(one.items)) for one in lists)
    text = N_("%(have)d of %(all)d items are disclosed (needed: %(need)d)")
    gaps = [_item_missing(held, one, item) for one in lists for item in one.items if (one.code, item) not in there]
    return found(passes, said(text, have=len(there), all=every, need=need), served, gaps)


def _asks(legal: LegalList, fact: LegalItem) -> bool:
    return fact.list_code == legal.code and fact.item in legal.items


def _have(legal: LegalList, there: set[tuple[str, str]]) -> int:
    return sum((legal.code, item) in there for item in legal.items)


def _item_missing(held: Held, legal: LegalList, item: str) -> Missing:
    name = named(legal.name_th, legal.name_en)
    return missing(N_("Item %(item)s of “%(list)s” is not disclosed"), of_lists(held.subject), item=item, list=name)


class ForWhom(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom the channel is for."""

    audience: Literal["general_public", "target_group"]


#: What is said of the channels there are, and of the one that is not.
_AUDIENCES = {
    "general_public": (N_("Open channels for the general public: %(have)d"), N_("Enter a channel for the general public")),
    "target_group": (N_("Open channels for a target group: %(have)d"), N_("Enter a channel for a target group")),
}


@predicate(ForWhom)
def channel_for(held: Held, given: ForWhom) -> Finding:
    """A channel for this audience is open on the day of the look."""
    there = [one for one in held.counting(ChannelFact) if one.audience == given.audience and one.goes_on(held.subject.as_of)]
    told, wanted = _AUDIENCES[given.audience]
    return found(bool(there), said(told, have=len(there)), there, [missing(wanted, of_channels(held.subject))])
