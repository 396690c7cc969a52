"""The home agency as header and footer show it."""

from dataclasses import dataclass

from portal.agencies.home import home_agency
from portal.agencies.models import Agency
from portal.agencies.theme import theme_url
from portal.kernel.thai_text import pick
from portal.web.language import language


@dataclass(frozen=True)
class Identity:
    """In the reader's language."""

    slug: str
    name: str
    full_name: str
    short: str
    address: str
    phone: str
    seal_url: str | None = None
    #: Style sheet of its colour; None for the portal's own.
    theme_url: str | None = None


def identity() -> Identity | None:
    """Whose portal this is; ``None`` in a database without agencies."""
    agency = home_agency()
    return _identity_of(agency, language()) if agency else None


def _identity_of(agency: Agency, code: str) -> Identity:
    full, short = pick(code, agency.name_th, agency.name_en), pick(code, agency.short_th, agency.short_en)
    return Identity(
        slug=agency.slug,
        name=short or full,
        full_name=full,
        short=short,
        address=pick(code, agency.address_th, agency.address_en),
        phone=agency.phone,
        seal_url=f"/files/seals/{agency.seal.public_id}" if agency.seal else None,
        theme_url=theme_url(agency.colour),
    )
