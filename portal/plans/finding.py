"""The finders of records that the registry hands to the app, for pages of the desk."""

from collections.abc import Mapping

from flask import Flask, current_app

from portal.plans.records import Finder

RECORDS = "portal_records"


def init_records(app: Flask, finders: Mapping[str, Finder]) -> None:
    """By the first part of the address."""
    app.extensions[RECORDS] = finders


def finders() -> Mapping[str, Finder]:
    """Those of this app; none in an app without a registry."""
    found: Mapping[str, Finder] = current_app.extensions.get(RECORDS, {})
    return found
