from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask, Response

from portal.files.models import StoredFile
from portal.files.rules import Kind
from portal.files.serving import send_stored
from portal.files.store import LocalStore
from portal.kernel.errors import NotFound

CONTENT = b"%PDF-" + b"x" * 200_000


@pytest.fixture
def local(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path)


def stored(public_id: str, name: str = "รายงาน 2569.pdf") -> StoredFile:
    return StoredFile(
        public_id=public_id, name=name, media_type=Kind.PDF, size=len(CONTENT), sha256="c0ffee", attached_at=datetime.now(UTC)
    )


def sent(local: LocalStore, *, public: bool = False, name: str = "รายงาน 2569.pdf", **request: object) -> Response:
    app, file = Flask("serving"), stored(local.put(CONTENT), name)
    app.add_url_rule("/f", view_func=lambda: send_stored(local, file, public=public))
    return app.test_client().get("/f", **request)


def test_the_file_arrives_whole_with_type_and_length(local: LocalStore) -> None:
    with sent(local) as answer:
        assert answer.data == CONTENT
        assert answer.mimetype == "application/pdf"
        assert answer.content_length == len(CONTENT)


def test_it_is_saved_and_never_shown_and_could_run_nothing_if_it_were(local: LocalStore) -> None:
    with sent(local) as answer:
        headers = answer.headers
    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_thai_name_is_sent_as_the_standard_says(local: LocalStore) -> None:
    with sent(local) as answer:
        assert "filename*=UTF-8''%E0%B8%A3%E0%B8%B2%E0%B8%A2%E0%B8%87%E0%B8%B2%E0%B8%99%202569.pdf" in answer.headers["Content-Disposition"]


def test_no_name_breaks_the_header(local: LocalStore) -> None:
    with sent(local, name='a"; filename="evil.html.pdf') as answer:
        assert answer.headers.get("Content-Disposition") == r'attachment; filename="a\"; filename=\"evil.html.pdf"'


def test_a_private_file_is_kept_by_no_cache(local: LocalStore) -> None:
    with sent(local) as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        assert "ETag" not in answer.headers


def test_a_public_file_is_kept_for_good_and_not_sent_twice(local: LocalStore) -> None:
    with sent(local, public=True) as answer:
        assert answer.headers["Cache-Control"] == "public, max-age=300"
        etag = answer.headers["ETag"]
    with sent(local, public=True, headers={"If-None-Match": etag}) as again:
        assert (again.status_code, again.data) == (304, b"")


def test_bytes_that_are_gone_are_not_found(local: LocalStore) -> None:
    with Flask("serving").test_request_context(), pytest.raises(NotFound):
        send_stored(local, stored("0" * 32))
