"""Where something can be seen that is not there yet: the pages on which it would stand. Without host and language."""

from portal.kernel.evidence import Subject


def of_agency(subject: Subject) -> str:
    """The agency's own page, with its missions."""
    return f"/agencies/{subject.agency}"


def of_channels(subject: Subject) -> str:
    """The register of channels."""
    return f"/agencies/{subject.agency}/channels"


def of_lists(subject: Subject) -> str:
    """The index of what laws ask to be disclosed."""
    return f"/disclosures/lists/{subject.agency}"


def of_plan(subject: Subject) -> str:
    """The listening plan of the year."""
    return f"/plans/{subject.agency}/{subject.fiscal_year}"


REPORTS = "/reports"
IMPROVEMENTS = "/improvements"
