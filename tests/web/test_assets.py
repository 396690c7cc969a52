"""Static files: names that change with the content, and how long each may be kept."""

import gzip
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from portal.web.assets import HASHED, NAMES, STATIC, asset, fingerprints, static_files

STYLE = "body{color:red}" * 40


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """What stands behind the static files."""
    start_response("404 Not Found", [("Content-Type", "text/plain")])
    return [b"application"]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A style sheet and a font."""
    (tmp_path / "fonts").mkdir()
    (tmp_path / "a.css").write_text(STYLE)
    (tmp_path / "a.css.gz").write_bytes(gzip.compress(STYLE.encode()))
    (tmp_path / "fonts" / "f.woff2").write_bytes(b"wOF2")
    return tmp_path


def get(root: Path, path: str, **headers: str) -> TestResponse:
    """Ask through the wrapper."""
    client = Client(static_files(application, root))
    with client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()}) as answer:
        answer.get_data()  # read before the file is closed
        return answer


def test_the_hash_follows_the_content(root: Path) -> None:
    before = fingerprints(root)["a.css"]
    (root / "a.css").write_text("body{color:blue}")
    after = fingerprints(root)["a.css"]
    assert HASHED.fullmatch(before)
    assert HASHED.fullmatch(after)
    assert before != after


def test_compressed_twins_have_no_name_of_their_own(root: Path) -> None:
    assert set(fingerprints(root)) == {"a.css", "fonts/f.woff2"}


def test_a_hashed_name_is_kept_for_a_year_and_never_asked_again(root: Path) -> None:
    answer = get(root, f"/static/{fingerprints(root)['a.css']}")
    assert answer.text == STYLE
    assert answer.headers["Cache-Control"] == "max-age=31536000, public, immutable"
    assert answer.headers["Content-Type"].startswith("text/css")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_plain_name_is_kept_for_an_hour(root: Path) -> None:
    assert get(root, "/static/a.css").headers["Cache-Control"] == "max-age=3600, public"


def test_a_hashed_name_of_an_earlier_release_gives_todays_file_for_an_hour(root: Path) -> None:
    answer = get(root, "/static/a.00000000.css")
    assert answer.text == STYLE
    assert answer.headers["Cache-Control"] == "max-age=3600, public"


def test_a_font_keeps_its_plain_name_for_a_year(root: Path) -> None:
    names = fingerprints(root)
    assert asset("fonts/f.woff2", names) == "/static/fonts/f.woff2"
    assert get(root, "/static/fonts/f.woff2").headers["Cache-Control"] == "max-age=31536000, public"


def test_a_browser_that_understands_gzip_gets_the_small_twin(root: Path) -> None:
    answer = get(root, "/static/a.css", Accept_Encoding="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize(
    "path", ["/", "/static/", "/static/none.css", "/static/../pyproject.toml", "/static/a.css.gz", "/static/%2e%2e/x", "/en/x"]
)
def test_everything_else_is_left_to_the_application(root: Path, path: str) -> None:
    assert get(root, path).text == "application"


def test_asking_for_a_file_that_is_not_there_fails_where_it_is_asked() -> None:
    with pytest.raises(KeyError):
        asset("none.css")


def test_the_style_sheet_and_its_compressed_twin_are_the_same() -> None:
    assert gzip.decompress((STATIC / "suanruam.css.gz").read_bytes()) == (STATIC / "suanruam.css").read_bytes()


def test_every_file_that_the_style_sheet_names_is_there_and_none_is_elsewhere() -> None:
    style = (STATIC / "suanruam.css").read_text()
    named = set(re.findall(r"url\(\"?([^)\"]+)\"?\)", style))
    assert len([name for name in named if name.endswith(".woff2")]) == 6
    assert not [name for name in named if not name.startswith("data:") and name not in NAMES]


def test_the_style_sheet_holds_nothing_of_the_united_kingdoms_government() -> None:
    assert not re.search(r"GDS Transport|govuk-crest|crown", (STATIC / "suanruam.css").read_text(), re.IGNORECASE)


def test_every_class_of_ours_in_a_template_has_a_style_and_no_template_writes_one_inline() -> None:
    style = (STATIC / "suanruam.css").read_text()
    for template in sorted((STATIC.parent / "templates").rglob("*.html")):
        text = template.read_text()
        assert " style=" not in text, template
        drawn = re.findall(r"\bsr-[a-z_-]*[a-z]\b(?![-{])", " ".join(re.findall(r'class="([^"]*)"', text)))
        unknown = {name for name in drawn if f".{name}" not in style and name not in WITHOUT_STYLE}
        assert not unknown, f"{template}: {unknown}"


#: Names that only group or are read by the script.
WITHOUT_STYLE = {"sr-conflict__side--theirs", "sr-ask", "sr-timeline__who"}
