"""A fault of our own: the reader learns nothing of the inside, the log says where it happened and nothing of what was written."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from structlog.testing import capture_logs

SECRET = "somebody's words"


def break_it() -> str:
    raise ValueError(SECRET)


@pytest.fixture
def broken(app: Flask) -> FlaskClient:
    break_it.audience = app.view_functions["site.home"].audience  # type: ignore[attr-defined]
    app.view_functions["site.home"] = break_it
    return FlaskClient(app, app.response_class)


@pytest.mark.parametrize("address", ["/", "/en"])
def test_the_log_names_the_place_and_the_page_tells_nothing(broken: FlaskClient, address: str) -> None:
    with capture_logs() as logs:
        page = broken.get(address)
    assert page.status_code == 500
    assert page.headers["Cache-Control"] == "no-store"
    (entry,) = [entry for entry in logs if entry["event"] == "own_fault"]
    assert "break_it" in entry["trace"]
    assert entry["error"] == "ValueError"
    for told in (str(entry), page.get_data(as_text=True)):
        assert SECRET not in told
    assert "break_it" not in page.get_data(as_text=True)
