"""Files that a program adds to a case."""

import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from portal.casework import service
from portal.casework.models import Case, CaseEvent
from portal.casework.rules import Act
from portal.files.models import StoredFile
from portal.kernel.receipt_code import format_code, new_code
from portal.settings import Settings
from tests.api.conftest import Send, problem
from tests.casework.conftest import Office
from tests.client import PageClient
from tests.files.makers import encoded, picture

FILES = "/api/v1/receipts/files"


def add(client: PageClient, code: str, data: bytes, name: str = "ภาพ.png", **parts: Any) -> TestResponse:
    return post(client, {"receipt": code, "file": FileStorage(io.BytesIO(data), name), **parts})


def post(client: PageClient, parts: dict[str, Any]) -> TestResponse:
    """Encoded here, because the test client leaves the temporary file of a large form open."""
    boundary, body = encode_multipart(parts)
    return client.post(FILES, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def png(number: int = 1) -> bytes:
    return encoded("PNG", picture((40 + number, 30)))


def stored_bytes(settings: Settings) -> list[Path]:
    return [path for path in settings.files.rglob("*") if path.is_file()]


@pytest.fixture
def code(submit: Send) -> str:
    """A code that opens a case."""
    receipt: str = submit().get_json()["receipt"]
    return receipt


def test_a_file_becomes_part_of_the_case(client: PageClient, code: str, session: Session) -> None:
    data = png()
    response = add(client, code, data, "../../ภาพ ถ่าย.png")
    assert response.status_code == 201
    told = response.get_json()
    assert (told["name"], told["original_sha256"]) == ("ภาพ ถ่าย.png", hashlib.sha256(data).hexdigest())
    seen = client.post("/api/v1/receipts/lookup", json={"receipt": code}).get_json()
    assert seen["files"] == [told]
    assert [act["act"] for act in seen["history"]] == ["submit", "citizen_add"]
    stored = session.scalars(select(StoredFile)).one()
    assert stored.attached_at
    assert (stored.sha256, stored.size) == (told["sha256"], told["size"])


def test_the_same_file_again_adds_nothing(client: PageClient, code: str, session: Session, settings: Settings) -> None:
    first, again = add(client, code, png()), add(client, code, png(), "other name.png")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.get_json() == again.get_json()
    assert session.scalar(select(func.count()).select_from(CaseEvent).where(CaseEvent.act == Act.CITIZEN_ADD)) == 1
    assert len(stored_bytes(settings)) == 1


def test_five_files_are_enough_until_the_agency_says_something(
    client: PageClient, code: str, office: Office, session: Session, settings: Settings
) -> None:
    for number in range(5):
        assert add(client, code, png(number)).status_code == 201
    assert list(problem(add(client, code, png(9)), 422)["errors"]) == ["file"]
    assert len(stored_bytes(settings)) == 5
    case = session.scalars(select(Case)).one()
    office.do(service.assign, office.coordinator, case, office.users["officer"])
    problem(add(client, code, png(9)), 422)
    office.do(service.ask, office.officer, case, "มีภาพอีกหรือไม่")
    assert add(client, code, png(9)).status_code == 201


def test_a_closed_case_takes_no_file(client: PageClient, code: str, office: Office, session: Session, settings: Settings) -> None:
    case = session.scalars(select(Case)).one()
    office.do(service.decline, office.coordinator, case, "ไม่อยู่ในอำนาจ")
    problem(add(client, code, png()), 409)
    assert stored_bytes(settings) == []


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty.png"),
        (b"MZ\x90\x00 program", "virus.exe"),
        (b"<html><script>", "page.pdf"),
        (b"\x89PNG\r\n\x1a\n", "half.png"),
        (encoded("JPEG"), "lie.png"),
        (b"plain words", "words.txt"),
    ],
)
def test_what_is_not_taken_is_422_with_the_field_named(client: PageClient, code: str, settings: Settings, data: bytes, name: str) -> None:
    assert list(problem(add(client, code, data, name), 422)["errors"]) == ["file"]
    assert stored_bytes(settings) == []


def test_a_file_of_more_than_ten_megabytes_is_413(client: PageClient, code: str, settings: Settings) -> None:
    assert list(problem(add(client, code, b"\x89PNG\r\n\x1a\n" + bytes(10 * 1024 * 1024)), 413)["errors"]) == ["file"]
    assert stored_bytes(settings) == []


def test_a_body_of_more_is_413(client: PageClient, code: str) -> None:
    problem(add(client, code, bytes(12 * 1024 * 1024)), 413)
    problem(post(client, {"receipt": "1" * 2_000_000}), 413)


def test_a_wrong_code_takes_no_file(client: PageClient, code: str, settings: Settings) -> None:
    problem(add(client, format_code(new_code()), png()), 404)
    assert list(problem(add(client, code[:-1], png()), 422)["errors"]) == ["receipt"]
    assert stored_bytes(settings) == []


def test_parts_that_are_missing_or_too_many_are_named(client: PageClient, code: str) -> None:
    nothing = client.post(FILES, data={}, content_type="multipart/form-data; boundary=x")
    assert set(problem(nothing, 422)["errors"]) == {"receipt", "file"}
    words = client.post(FILES, data={"receipt": code, "file": "no file"}, content_type="multipart/form-data")
    assert set(problem(words, 422)["errors"]) == {"file"}
    assert set(problem(add(client, code, png(), note="x"), 422)["errors"]) == {"note"}
    two = [(io.BytesIO(png(number)), f"{number}.png") for number in range(2)]
    both = client.post(FILES, data={"receipt": code, "file": two}, content_type="multipart/form-data")
    assert set(problem(both, 422)["errors"]) == {"file"}


@pytest.mark.parametrize("content_type", ["application/json", "application/octet-stream", "image/png"])
def test_another_content_type_is_415(client: PageClient, content_type: str) -> None:
    problem(client.post(FILES, data=b"{}", content_type=content_type), 415)


@pytest.mark.parametrize("body", [b"", b"--x", b"\x00" * 100, b"--x\r\nContent-Disposition: form-data\r\n\r\nno name\r\n--x--"])
def test_a_broken_form_is_refused(client: PageClient, body: bytes) -> None:
    for content_type in ("multipart/form-data", "multipart/form-data; boundary=x"):
        response = client.post(FILES, data=body, content_type=content_type)
        assert response.status_code in (400, 422)
        problem(response, response.status_code)
