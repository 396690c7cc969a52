"""Every route × role × method: whoever is not meant gets in nowhere, whatever ids are in the address."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import AnyConverter, BaseConverter, Rule
from werkzeug.routing.converters import NumberConverter

from portal.accounts.passwords import hash_password
from portal.db import unit_of_work
from portal.kernel.actor import ABOVE_AGENCIES, Role
from portal.web.audience import Audience, rule_of, undeclared
from tests.client import PageClient
from tests.factories import make_agency, make_user

PASSWORD = "a long enough password"
HASH = hash_password(PASSWORD)
STRANGE = (
    "/no-such-page",
    "/en/no-such-page",
    "/desk/no-such-page",
    "/api/v1/no-such-thing",
    "/%00",
    "/cases/%F0%9F",
    "//",
    "/en/api/v1/cases",
)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@pytest.fixture
def people(session: Session) -> dict[Role, str]:
    """One person of each role in an agency that owns nothing."""
    with unit_of_work(session):
        make_agency(session, slug="opdc")
        stranger = make_agency(session)
        return {role: make_user(session, [(None if role in ABOVE_AGENCIES else stranger, role)], password_hash=HASH).email for role in Role}


def addresses(app: Flask) -> Iterator[tuple[Rule, str]]:
    """Each route with an address that fits it and names nothing that exists."""
    for rule in app.url_map.iter_rules():
        values = {name: _nothing(converter) for name, converter in rule._converters.items()}
        yield rule, app.url_map.bind("localhost").build(rule.endpoint, values, method=next(iter(rule.methods or {"GET"})))


def _nothing(converter: BaseConverter) -> object:
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return 7 if isinstance(converter, NumberConverter) else "no-such-thing"


def test_every_route_says_whom_it_is_for(app: Flask) -> None:
    assert undeclared(app) == []


def test_strangers_are_kept_from_every_desk_route(app: Flask, client: PageClient, people: dict[Role, str]) -> None:
    for rule, address in addresses(app):
        declared = rule_of(app, rule.endpoint)
        assert declared
        if declared.audience in (Audience.PUBLIC, Audience.CITIZEN):
            continue
        for method in METHODS:
            answer = client.open(address, method=method)
            allowed = method in (rule.methods or ())
            expected = {303} if allowed and method == "GET" else {403} if allowed else {303, 403, 405}
            assert answer.status_code in expected, f"{method} {address}: {answer.status_code}"


@pytest.mark.parametrize("role", list(Role))
def test_a_role_enters_only_where_it_is_named(app: Flask, client: PageClient, people: dict[Role, str], role: Role) -> None:
    assert client.sign_in(people[role], PASSWORD).status_code == 303
    for rule, address in addresses(app):
        declared = rule_of(app, rule.endpoint)
        assert declared
        if declared.audience is not Audience.DESK:
            continue
        for method in set(METHODS) & (rule.methods or set()):
            answer = client.open(address, method=method)
            if role not in declared.roles or method != "GET":  # a POST without the page's token is forged
                assert answer.status_code == 403, f"{role} {method} {address}: {answer.status_code}"
            else:
                assert answer.status_code in (200, 303, 404, 422), f"{role} {method} {address}: {answer.status_code}"


def test_no_route_answers_an_unknown_method_or_address_with_a_fault(app: Flask, client: PageClient, people: dict[Role, str]) -> None:
    for rule, address in addresses(app):
        for method in METHODS:
            answer = client.open(address, method=method)
            assert answer.status_code < 500, f"{method} {address} ({rule.endpoint}): {answer.status_code}"
    for address in STRANGE:
        assert client.get(address).status_code in (308, 400, 404), address
