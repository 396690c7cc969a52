"""The description is valid OpenAPI 3.1, tells everything, and is true: no call that can be made of it finds a fault."""

import io
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.specs.openapi.definitions import OPENAPI_31
from sqlalchemy.orm import Session

from portal.casework.rules import Act, Anonymity, AnswerBy, CaseKind, Disposition, Status, WordsKind
from portal.settings import Settings
from tests.api.conftest import WORDS
from tests.api.test_reading import published
from tests.casework.conftest import Office
from tests.client import PageClient
from tests.conftest import NOW
from tests.disclosures.making import make_page
from tests.files.makers import encoded

ADDRESS = "/api/v1/openapi.json"
TRUE = [not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance, response_schema_conformance]
#: Nothing grows here that a test of its own would not find sooner; this looks for what nobody thought of.
EXAMPLES = {"/api/v1/submissions": 80}
FEWER = 12
BOUNDS = bounds(deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Without limits, which would answer 429 to all that follows."""
    return replace(settings, limits=False)


@pytest.fixture
def document(client: PageClient) -> dict[str, Any]:
    told: dict[str, Any] = client.get(ADDRESS).get_json()
    return told


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        yield from ((f"{method} {path}", operation) for method, operation in methods.items() if method in ("get", "post"))


def test_it_is_valid_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    jsonschema_rs.validator_for(OPENAPI_31).validate(document)
    for schema in document["components"]["schemas"].values():
        jsonschema_rs.meta.validate({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})


def test_it_is_the_same_for_everybody_and_may_be_kept(client: PageClient) -> None:
    first = client.get(ADDRESS)
    assert (first.mimetype, first.headers["Access-Control-Allow-Origin"]) == ("application/json", "*")
    assert client.get(f"{ADDRESS}?language=en").get_data() == first.get_data()
    assert client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_every_call_is_described_and_nothing_else_is_there(app: Flask, document: dict[str, Any]) -> None:
    rules = {rule.rule.replace("<", "{").replace(">", "}") for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")}
    assert rules == {*document["paths"], ADDRESS}


def test_every_call_says_what_it_does_and_how_it_fails(document: dict[str, Any]) -> None:
    tags = {tag["name"] for tag in document["tags"]}
    for name, operation in operations(document):
        assert operation["summary"], name
        assert set(operation["tags"]) <= tags, name
        assert {"422", "503", "default"} <= set(operation["responses"]), name
    for name, response in document["components"]["responses"].items():
        assert list(response["content"]) == ["application/problem+json"], name


def test_every_field_is_described(document: dict[str, Any]) -> None:
    for name, schema in document["components"]["schemas"].items():
        for field, described in schema["properties"].items():
            assert described.get("description") or field == "items", f"{name}.{field}"
    for name, operation in operations(document):
        for parameter in operation.get("parameters", []):
            assert parameter.get("description") or parameter["in"] == "path", f"{name} {parameter['name']}"


@pytest.mark.parametrize(
    ("schema", "field", "codes"),
    [
        ("Submission", "kind", CaseKind),
        ("Submission", "anonymity", Anonymity),
        ("Submission", "answer_by", AnswerBy),
        ("CaseOfReceipt", "status", Status),
        ("CaseOfReceipt", "disposition", Disposition),
        ("History", "act", Act),
        ("Words", "kind", WordsKind),
        ("CaseBrief", "status", Status),
    ],
)
def test_codes_are_those_of_the_contract(document: dict[str, Any], schema: str, field: str, codes: type[StrEnum]) -> None:
    described = document["components"]["schemas"][schema]["properties"][field]["enum"]
    assert [code for code in described if code is not None] == [code.value for code in codes]


def test_what_must_be_given_is_what_the_contract_asks(document: dict[str, Any]) -> None:
    submission = document["components"]["schemas"]["Submission"]
    assert set(submission["required"]) == {"agency", "kind", "subject", "body", "anonymity"}
    assert submission["additionalProperties"] is False
    assert set(submission["properties"]) == {
        *("agency", "kind", "topic", "subject", "body", "anonymity", "answer_by", "name", "email", "phone", "address"),
        *("place", "lat", "lon", "publish_consent", "about", "about_above", "answers", "language"),
    }


@pytest.fixture
def described(app: Flask) -> Any:
    """The description as schemathesis reads it, able to call the portal."""
    return schemathesis.openapi.from_wsgi(ADDRESS, app)


@pytest.fixture
def contents(office: Office, session: Session) -> tuple[str, str]:
    """Number of a published case and slug of a published page."""
    return published(office).number, make_page(session, NOW, office.agency).slug


def test_answers_are_as_described(described: Any, contents: tuple[str, str]) -> None:
    number, slug = contents
    post = described["/api/v1/submissions"]["POST"]
    words = {**WORDS, "publish_consent": True, "lat": 13.7, "lon": 100.5}
    for status in (201, 200):
        sent = post.Case(body=words, headers={"Idempotency-Key": "0123456789"}, media_type="application/json")
        receipt = sent.call_and_validate(checks=TRUE)
        assert receipt.status_code == status
    code = receipt.json()["receipt"]
    parts = {"receipt": code, "file": encoded("PNG")}
    described["/api/v1/receipts/files"]["POST"].Case(body=parts, media_type="multipart/form-data").call_and_validate(checks=TRUE)
    look = described["/api/v1/receipts/lookup"]["POST"].Case(body={"receipt": code}, media_type="application/json")
    assert len(look.call_and_validate(checks=TRUE).json()["files"]) == 1
    for name, key, value in (("agencies", "slug", "opdc"), ("disclosures", "slug", slug), ("cases", "number", number)):
        listed = described[f"/api/v1/{name}"]["GET"].Case(query={"per_page": 1}).call_and_validate(checks=TRUE)
        assert listed.json()["items"]
        one = described[f"/api/v1/{name}/{{{key}}}"]["GET"].Case(path_parameters={key: value}).call_and_validate(checks=TRUE)
        assert one.status_code == 200


@pytest.mark.parametrize(("mode", "checks"), [(GenerationMode.POSITIVE, TRUE), (GenerationMode.NEGATIVE, [*TRUE, negative_data_rejection])])
def test_no_call_finds_a_fault(described: Any, contents: tuple[str, str], mode: GenerationMode, checks: list[Any]) -> None:
    for found in described.get_all_operations():
        operation = found.ok()

        @bounds(
            max_examples=EXAMPLES.get(operation.path, FEWER),
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def no_fault(case: Any) -> None:
            case.call_and_validate(checks=checks)

        no_fault()


def test_the_file_part_is_described_as_what_it_is(client: PageClient, document: dict[str, Any]) -> None:
    (body,) = document["paths"]["/api/v1/receipts/files"]["post"]["requestBody"]["content"].values()
    sent = {"receipt": "1", "file": (io.BytesIO(b""), "x")}
    answer = client.post("/api/v1/receipts/files", data=sent, content_type="multipart/form-data")
    assert set(body["schema"]["required"]) == set(sent)
    assert list(answer.get_json()["errors"]) == ["receipt"]
