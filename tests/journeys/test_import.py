"""A spreadsheet is brought in on a telephone without scripts, and every page on the way fits it."""

from pathlib import Path

from tests.feedback.sheets.making import GOOGLE_HEADINGS, GOOGLE_ROWS, text_file
from tests.journeys.conftest import Visit
from tests.journeys.test_pages import faults_of
from tests.journeys.visitor import PHONE


def test_a_form_of_google_is_brought_in_on_a_telephone(visit: Visit, tmp_path: Path) -> None:
    path = tmp_path / "แบบสอบถาม.csv"
    path.write_bytes(text_file((*GOOGLE_HEADINGS, "หมายเหตุ"), [(row[0].replace("2569", "2567"), *row[1:], "") for row in GOOGLE_ROWS]))
    officer = visit(PHONE)
    officer.sign_in("coordinator")
    officer.open("/desk/imports")
    officer.one("#file").set_input_files(path)
    officer.send("/imports", agency="meknoi")
    for step in ("columns", "values"):
        assert officer.path.endswith(step)
        assert faults_of(officer) == []
        officer.send(f"/{step}")
    assert faults_of(officer) == []
    assert officer.text("#fresh-count") == "3"
    officer.send("/import")
    assert officer.text("#case-count") == "3"
    assert faults_of(officer) == []
