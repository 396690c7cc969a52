"""An objection and its case lead to each other: on the page of the score, on the case's public page, at the desk, beside the receipt."""

import pytest

from portal.accounts.passwords import hash_password
from portal.casework import service as casework
from portal.kernel.actor import Role
from portal.participation.objections.models import Objection
from portal.participation.objections.service import answer
from tests.client import PageClient
from tests.conftest import NOW
from tests.feedback.conftest import text_of
from tests.participation.sides import YEAR, Stage

PASSWORD = "a long enough password"
SCORE = f"/{YEAR}#objection-1"


def answered(stage: Stage, **values: object) -> Objection:
    found = stage.object(check="2549:mission_pages", level="", **values)
    stage.do(answer, stage.assessor, NOW, found, "in_part", "ตรวจแล้วจริงหนึ่งในสองข้อ", row_version=found.case.row_version)
    return found


def published(stage: Stage) -> Objection:
    found = answered(stage, publish_consent=True)
    officer = stage.person((stage.home, Role.COORDINATOR))
    stage.do(casework.publish, officer, NOW, found.case, "คัดค้านระดับ", "ตู้ไม่มีใครเปิด", "จริงหนึ่งข้อ")
    return found


def test_the_page_of_the_score_and_the_published_case_lead_to_each_other(client: PageClient, stage: Stage) -> None:
    number = published(stage).case.number
    score = client.get(f"/participation/{stage.agency.slug}/{YEAR}").get_data(as_text=True)
    assert 'id="objection-1"' in score
    assert f'href="/cases/{number}"' in score
    case = client.get(f"/en/cases/{number}").get_data(as_text=True)
    assert f'href="/en/participation/{stage.agency.slug}{SCORE}"' in case
    assert "2549, level 1" in case


def test_an_objection_that_is_not_published_tells_no_number_of_its_case(client: PageClient, stage: Stage) -> None:
    number = answered(stage).case.number
    score = client.get(f"/participation/{stage.agency.slug}/{YEAR}").get_data(as_text=True)
    assert number not in score


@pytest.mark.parametrize(("extra", "leads"), [((None, Role.ASSESSOR), True), (None, False)])
def test_the_officer_reads_what_it_objects_to_and_only_an_assessor_is_led_to_the_answer(
    client: PageClient, stage: Stage, extra: tuple[None, Role] | None, leads: bool
) -> None:
    found = stage.object()
    grants = [(stage.home, Role.COORDINATOR), *([extra] if extra else [])]
    person = stage.person(*grants, password_hash=hash_password(PASSWORD))
    client.sign_in(stage.user(person).email, PASSWORD)
    page = client.get(f"/en/desk/cases/{found.case.number}").get_data(as_text=True)
    assert f'href="/en/participation/{stage.agency.slug}{SCORE}"' in page
    assert "An assessor answers it, not this desk" in page
    assert (f"/desk/assessing/{stage.agency.slug}/{YEAR}/objections/1" in page) is leads


def test_its_sender_finds_the_score_beside_the_tracked_matter(client: PageClient, stage: Stage) -> None:
    page = client.get(f"/en/participation/{stage.agency.slug}/{YEAR}/object")
    sent = client.post_form(page, "/object", scale="2549", level="1", words="ตู้ที่ศาลากลางไม่มีใครเปิดตลอดปี")
    code = text_of(client.get(sent.location), "receipt-code")
    client.post_form(client.get("/en/feedback/track"), "/track", code=code)
    tracked = client.get("/en/feedback/case").get_data(as_text=True)
    assert f'href="/en/participation/{stage.agency.slug}{SCORE}"' in tracked
