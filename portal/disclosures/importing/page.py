"""What comes out of reading a page."""

from dataclasses import dataclass, field
from datetime import datetime

from portal.kernel.messages import Message


@dataclass(frozen=True)
class ImportedPage:
    """An existing page, taken apart. ``body_html`` is not cleaned yet; times are aware, in Bangkok."""

    title: str
    #: From the top of the tree down, without the start page and the page itself.
    breadcrumb: tuple[str, ...] = ()
    #: As the page names it; empty if it names nobody.
    responsible: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    body_html: str = ""
    #: One sentence for each thing found wrong or left out.
    findings: tuple[Message, ...] = field(default=())
