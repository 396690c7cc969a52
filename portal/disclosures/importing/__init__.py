"""Reading existing pages (นำเข้าหน้าเดิม): HTML, or text as one gets by copying a page from a browser.

Pure Python: text in, ``ImportedPage`` out. The way: ``frame`` tells title, breadcrumb, officer and times from the body and from
what surrounds the page; ``blocks`` finds headings and lists in plain lines; ``markup`` does the same work on HTML;
``faults`` says what the page itself gets wrong.
"""

from portal.disclosures.importing.page import ImportedPage
from portal.disclosures.importing.parse import parse_page

__all__ = ["ImportedPage", "parse_page"]
