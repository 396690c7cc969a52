"""The calls, by what they are about; importing them puts them on the blueprint."""

from portal.api.views import agencies, cases, disclosures, files, forms, receipts, submissions

__all__ = ["agencies", "cases", "disclosures", "files", "forms", "receipts", "submissions"]
