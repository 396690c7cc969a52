"""An anonymous form is taken from our own pages and from programs, never from another site."""

import pytest

from tests.client import PageClient


@pytest.mark.parametrize(
    "origin", ["https://elsewhere.example", "null", "http://[broken", "http://", "//", "x" * 5000, "http://localhost:1"]
)
def test_a_form_from_anywhere_else_is_refused_and_makes_no_fault(client: PageClient, origin: str) -> None:
    assert client.post("/feedback/track", data={"code": "1"}, headers={"Origin": origin}).status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site", "x"])
def test_a_form_that_the_browser_says_comes_from_another_site_is_refused(client: PageClient, site: str) -> None:
    assert client.post("/feedback/track", data={"code": "1"}, headers={"Sec-Fetch-Site": site}).status_code == 403


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin"}])
def test_a_form_from_our_own_page_or_from_a_program_is_taken(client: PageClient, headers: dict[str, str]) -> None:
    assert client.post("/feedback/track", data={"code": "1"}, headers=headers).status_code == 422
