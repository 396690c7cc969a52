"""Letters in the browser: nothing that was chosen or typed is lost, and two officers do not get in each other's way."""

import io

import pytest
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from portal.agencies.options import models as option_models
from portal.casework.models import Case
from portal.db import unit_of_work
from portal.feedback.transcribing.models import Batch, Sheet
from portal.feedback.transcribing.options import TWO_PEOPLE
from portal.feedback.transcribing.rules import SheetState
from tests.client import find_form, form_fields, parse
from tests.conftest import NOW
from tests.desk.people import counted_queries, open_desk
from tests.feedback.transcribing.making import Room
from tests.files import makers

TYPED = {"kind": "grievance", "subject": "ถนนเป็นหลุม", "body": "รถล้มสองครั้งแล้ว", "anonymity": "named", "name": "มาลี", "address": "1 ถนนสมมติ"}


@pytest.fixture
def desk(app, session, keyring):
    with open_desk(app, session, keyring) as desk:
        yield desk


def picture(name, size, data=None):
    return FileStorage(io.BytesIO(makers.encoded("JPEG", makers.picture(size)) if data is None else data), name, "files", "image/jpeg")


def upload(client, page, ending, files, **values):
    fields = {**form_fields(find_form(page.get_data(as_text=True), ending)), **values}
    fields["kept_files"] = parse(page.get_data(as_text=True)).xpath("//input[@name='kept_files'][@checked]/@value")
    boundary, body = encode_multipart(MultiDict({**fields, "files": files}))
    action = find_form(page.get_data(as_text=True), ending).get("action")
    return client.post(action, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def fresh(desk, model):
    desk.office.session.rollback()
    desk.office.session.expire_all()
    return desk.office.session.query(model).order_by(model.id).all()


def test_a_batch_is_put_in_typed_and_printed(desk):
    client = desk.browser("officer")
    page = upload(client, client.get("/desk/letters/new"), "/new", [picture("a.jpg", (60, 40)), picture("b.jpg", (50, 40), b"")])
    assert page.status_code == 422
    assert "b.jpg" in page.get_data(as_text=True)
    # the empty one is named, the good one waits; a bad day comes back with it, too
    page = upload(client, page, "/new", [picture("c.jpg", (40, 40))], received_on="1/1/2599")
    assert page.status_code == 422
    assert len(parse(page.get_data(as_text=True)).xpath("//input[@name='kept_files']")) == 2
    answer = upload(client, page, "/new", [], received_on="๑๙/๑๑/๒๕๖๙", reference="รอบเช้า")
    assert answer.status_code == 303
    assert upload(client, page, "/new", [], received_on="๑๙/๑๑/๒๕๖๙").location.split("?")[0] == answer.location.split("?")[0]
    (batch,) = fresh(desk, Batch)
    assert [sheet.position for sheet in fresh(desk, Sheet)] == [1, 2]
    shown = client.get(answer.location)
    assert "รอบเช้า" in shown.get_data(as_text=True)
    sheet = client.post_form(shown, "/next", follow_redirects=True)
    (image, _second) = (*parse(sheet.get_data(as_text=True)).xpath("//img/@src[contains(., '/pages/')]"), None)
    with client.get(image) as shown_picture:
        assert (shown_picture.status_code, shown_picture.mimetype) == (200, "image/jpeg")
        assert "sandbox" in shown_picture.headers["Content-Security-Policy"]
    ending = sheet.request.path
    refused = client.post_form(sheet, ending, **{**TYPED, "kind": "", "registry_number": "๗"})
    assert refused.status_code == 422
    assert "รถล้มสองครั้งแล้ว" in refused.get_data(as_text=True)
    nothing = client.post_form(refused, ending, **{**TYPED, "address": ""}, registry_number="๗", letter="yes")  # a letter to nowhere
    assert nothing.status_code == 422
    following = client.post_form(nothing, ending, **TYPED, registry_number="๗", letter="yes", follow_redirects=True)
    (case,) = fresh(desk, Case)
    assert case.number in following.get_data(as_text=True)
    assert following.request.path != ending
    assert client.get(image).status_code == 404  # it is the case's now
    aside = client.post_form(following, following.request.path, aside="yes", aside_why="blank", follow_redirects=True)
    assert aside.request.path == f"/desk/letters/{batch.public_id}"
    printed = client.get(f"/desk/letters/{batch.public_id}/acknowledgements").get_data(as_text=True)
    assert case.number in printed
    assert "มาลี" not in printed
    assert "ถนนเป็นหลุม" not in printed
    other = desk.browser("colleague").get(f"/desk/letters/{batch.public_id}/acknowledgements").get_data(as_text=True)
    assert case.number not in other
    page = upload(
        client, client.get(f"/desk/letters/{batch.public_id}"), "/pages", [picture("x.jpg", (60, 40)), picture("y.jpg", (1, 1), b"no")]
    )
    assert page.status_code == 422
    assert len(fresh(desk, Sheet)) == 3
    assert "/desk/letters" in client.get("/desk").get_data(as_text=True)


def test_the_second_officer_is_told_who_has_the_sheet_and_keeps_the_words(desk):
    room = Room(desk.office)
    batch = room.batch(1)
    (sheet,) = room.sheets(batch)
    path = f"/desk/letters/sheets/{sheet.public_id}"
    first, second = desk.browser("officer"), desk.browser("colleague")
    mine = first.post_form(first.get(path), "/begin", follow_redirects=True)
    page = second.get(path).get_data(as_text=True)
    assert desk.office.users["officer"].name_th in page
    assert 'name="body"' not in page
    token = form_fields(find_form(page, "/sign-out"))["csrf_token"]
    late = second.post(path, data={**TYPED, "csrf_token": token, "row_version": "1"})
    assert late.status_code == 409
    assert "รถล้มสองครั้งแล้ว" in late.get_data(as_text=True)
    assert second.post(f"{path}/draft", data={**TYPED, "csrf_token": token}).status_code == 409
    own = form_fields(find_form(mine.get_data(as_text=True), path))["csrf_token"]
    assert first.post(f"{path}/draft", data={**TYPED, "csrf_token": own}).get_json() == {"kept": True}
    left = first.post_form(first.get(path), path, **{**TYPED, "draft": "yes"})
    assert left.status_code == 303
    taken = second.post_form(second.get(path), "/begin", follow_redirects=True).get_data(as_text=True)
    assert "รถล้มสองครั้งแล้ว" in taken
    stranger = desk.browser("stranger")
    for address in (path, f"/desk/letters/{batch.public_id}", f"{path}/pages/{'0' * 32}"):
        assert stranger.get(address).status_code == 404
    for verb in (path, f"{path}/begin", f"{path}/draft", f"/desk/letters/{batch.public_id}/next"):
        token = form_fields(find_form(stranger.get("/desk").get_data(as_text=True), "/sign-out"))["csrf_token"]
        assert stranger.post(verb, data={**TYPED, "csrf_token": token}).status_code == 404


def test_the_checker_sees_both_texts_before_their_own_counts(desk):
    room = Room(desk.office)
    with unit_of_work(desk.office.session) as session:
        session.add(option_models.OptionValue(agency_id=desk.office.agency.id, key=TWO_PEOPLE.key, value=True, changed_at=NOW))
    (sheet,) = room.sheets(room.batch(1))
    path = f"/desk/letters/sheets/{sheet.public_id}"
    typist, checker = desk.browser("officer"), desk.browser("colleague")
    typist.post_form(typist.post_form(typist.get(path), "/begin", follow_redirects=True), path, **TYPED)
    assert fresh(desk, Sheet)[0].state is SheetState.TO_CHECK
    page = checker.post_form(checker.get(path), "/begin", follow_redirects=True)
    asked = checker.post_form(page, path, body="รถล้มสามครั้งแล้ว")
    assert asked.status_code == 200
    words = asked.get_data(as_text=True)
    assert words.index("changes-title") < words.index("รถล้มสองครั้งแล้ว") < words.index("รถล้มสามครั้งแล้ว")
    assert fresh(desk, Case) == []
    assert checker.post_form(asked, path).status_code == 303
    assert fresh(desk, Case)[0].body == "รถล้มสามครั้งแล้ว"


def test_lists_cost_the_same_number_of_queries_however_long_they_are(desk, app):
    room = Room(desk.office)
    client = desk.browser("officer")
    first = room.batch(3)
    room.save(room.sheets(first)[0])
    addresses = ("/desk/letters", f"/desk/letters/{first.public_id}")
    client.get(addresses[0])
    costs = []
    for _round in range(2):
        for address in addresses:
            with counted_queries(app) as seen:
                client.get(address)
            costs.append(len(seen))
        batch = room.batch(5)
        for sheet in room.sheets(batch)[:2]:
            room.save(sheet)
        with unit_of_work(desk.office.session):
            room.sheets(first)
            for sheet in room.sheets(batch):
                sheet.batch_id = first.id
        room.batch(1)
    assert costs[:2] == costs[2:]
