"""Files that come with the form: they wait while the words are mended, and none is lost without a word."""

import io
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

from portal.casework.models import CaseFile
from portal.files.models import StoredFile
from tests.client import PageClient, find_form, form_fields, parse
from tests.feedback.conftest import WORDS, Town, body_of, handed_in, send, text_of
from tests.files import makers

pytestmark = pytest.mark.usefixtures("town")
PNG = makers.encoded("PNG")


def png(name: str = "ภาพ.png", data: bytes = PNG) -> tuple[io.BytesIO, str, str]:
    return io.BytesIO(data), name, "image/png"


def kept(page: TestResponse) -> list[str]:
    """Names of the files that the form lists."""
    labels = parse(page.get_data(as_text=True)).xpath("//input[@name='kept_files']/following-sibling::label")
    return ["".join(label.itertext()).rsplit(" ", 2)[0].strip() for label in labels]


def kept_ids(page: TestResponse) -> list[str]:
    ids: list[str] = parse(page.get_data(as_text=True)).xpath("//input[@name='kept_files'][@checked]/@value")
    return ids


def press(client: PageClient, page: TestResponse, **values: Any) -> TestResponse:
    """Send the form as it stands, its ticked files with it."""
    fields = {**form_fields(find_form(page.get_data(as_text=True), "body")), "kept_files": kept_ids(page), **values}
    # Built in memory: the test client would leave the temporary file of a large body open.
    boundary, body = encode_multipart(
        MultiDict(fields | {"files": [FileStorage(*file[:2], "files", file[2]) for file in fields.get("files", ())]})
    )
    return client.post("/feedback/new", data=body, content_type=f"multipart/form-data; boundary={boundary}")


def names(town: Town) -> list[str]:
    town.session.rollback()
    town.session.expire_all()
    return [row.file.name for row in town.session.scalars(select(CaseFile).order_by(CaseFile.id))]


def test_files_come_to_the_case_cleaned_and_attached(client: PageClient, town: Town) -> None:
    handed_in(client, files=[png(), png("../../etc/ป้าย.png", makers.encoded("PNG", makers.picture((30, 30))))])
    assert names(town) == ["ภาพ.png", "ป้าย.png"]
    assert all(row.attached_at for row in town.session.scalars(select(StoredFile)))


def test_files_are_kept_when_the_words_are_wrong(client: PageClient, town: Town) -> None:
    page = send(client, kind="", files=[png()])
    assert page.status_code == 422
    assert kept(page) == ["ภาพ.png"]
    again = press(client, page, subject="")
    assert kept(again) == ["ภาพ.png"]
    assert press(client, again, **WORDS).status_code == 303
    assert names(town) == ["ภาพ.png"]


def test_an_unticked_file_is_left_out(client: PageClient, town: Town) -> None:
    page = send(client, kind="", files=[png(), png("สอง.png", makers.encoded("PNG", makers.picture((30, 30))))])
    assert press(client, page, **WORDS, kept_files=kept_ids(page)[1:]).status_code == 303
    assert names(town) == ["สอง.png"]


def test_all_files_may_be_unticked(client: PageClient, town: Town) -> None:
    page = send(client, kind="", files=[png()])
    assert press(client, page, **WORDS, kept_files=[]).status_code == 303
    assert names(town) == []


def test_files_are_kept_through_the_preview(client: PageClient, town: Town) -> None:
    page = send(client, preview="yes", files=[png()])
    assert kept(page) == ["ภาพ.png"]
    assert press(client, page).status_code == 303
    assert names(town) == ["ภาพ.png"]


def test_the_same_file_chosen_again_is_one_file(client: PageClient, town: Town) -> None:
    page = send(client, kind="", files=[png()])
    assert press(client, page, **WORDS, files=[png()]).status_code == 303
    assert names(town) == ["ภาพ.png"]


def test_a_second_press_with_files_gives_the_same_receipt(client: PageClient, town: Town) -> None:
    form = client.get("/feedback/new")
    pressed = [client.post_form(form, "body", **WORDS, files=[png()]) for _ in range(2)]
    assert [response.status_code for response in pressed] == [303, 303]
    assert names(town) == ["ภาพ.png"]


def test_a_second_press_with_files_that_waited_gives_the_same_receipt(client: PageClient, town: Town) -> None:
    page = send(client, kind="", files=[png()])
    assert [press(client, page, **WORDS).status_code for _ in range(2)] == [303, 303]
    assert names(town) == ["ภาพ.png"]


def test_a_file_that_was_swept_is_missed_and_the_words_stay(client: PageClient, town: Town) -> None:
    page = send(client, kind="", files=[png()])
    again = press(client, page, **WORDS, kept_files=["no-such-file-at-all"])
    assert again.status_code == 422
    assert text_of(again, "files-error")
    assert WORDS["body"] in again.get_data(as_text=True)
    assert names(town) == []


def test_nobody_can_attach_a_file_that_waits_under_another_form(client: PageClient, town: Town) -> None:
    theirs = kept_ids(send(client, kind="", files=[png()]))
    page = press(client, client.get("/feedback/new"), **WORDS, kept_files=theirs)
    assert page.status_code == 422
    assert names(town) == []


@pytest.mark.parametrize(
    ("upload", "name"),
    [
        ((b"MZ this is a program", "virus.png", "image/png"), "lies about its type"),
        ((b"<html>", "page.html", "text/html"), "a kind we do not take"),
        ((makers.bomb_png(), "big.png", "image/png"), "30,000 x 30,000"),
        ((b"", "empty.pdf", "application/pdf"), "empty"),
        ((b"\xff" * (10 * 1024 * 1024 + 1), "large.jpg", "image/jpeg"), "larger than 10 MB"),
    ],
)
def test_a_bad_file_is_told_and_the_good_one_and_the_words_stay(client: PageClient, town: Town, upload: Any, name: str) -> None:
    data, filename, kind = upload
    page = press(client, client.get("/feedback/new"), **WORDS, files=[(io.BytesIO(data), filename, kind), png()])
    assert page.status_code == 422, name
    assert filename in text_of(page, "files-error")
    assert kept(page) == ["ภาพ.png"]
    assert WORDS["body"] in page.get_data(as_text=True)
    assert press(client, page).status_code == 303
    assert names(town) == ["ภาพ.png"]


def test_a_pdf_loses_its_script(client: PageClient, town: Town, store: Any) -> None:
    handed_in(client, files=[(io.BytesIO(makers.pdf_with_everything()), "แผน.pdf", "application/pdf")])
    stored = town.session.scalars(select(StoredFile)).one()
    with store.open(stored.public_id) as file:
        assert b"/JavaScript" not in file.read()


def test_a_sixth_file_is_refused_and_five_are_kept(client: PageClient, town: Town) -> None:
    six = [png(f"{n}.png", makers.encoded("PNG", makers.picture((20 + n, 20)))) for n in range(6)]
    page = send(client, files=six)
    assert page.status_code == 422
    assert text_of(page, "files-error")
    assert len(kept(page)) == 5
    more = press(client, page, files=[png("7.png", makers.encoded("PNG", makers.picture((50, 20))))])
    assert more.status_code == 422
    assert len(kept(more)) == 5


def test_a_body_of_61_megabytes_keeps_the_words_and_names_the_files(client: PageClient, town: Town) -> None:
    huge = (io.BytesIO(b"\0" * (61 * 1024 * 1024)), "huge.jpg", "image/jpeg")
    page = press(client, client.get("/feedback/new"), **WORDS, publish_consent="yes", files=[huge])
    assert page.status_code == 413
    assert text_of(page, "files-error")
    fields = form_fields(find_form(page.get_data(as_text=True), "body"))
    assert {name: fields[name].strip() for name in WORDS} == WORDS
    assert fields["publish_consent"] == "yes"
    assert press(client, page).status_code == 303
    assert town.only_case().publish_consent


def test_a_body_that_is_too_large_costs_no_file_that_waits(client: PageClient, town: Town) -> None:
    page = send(client, kind="", files=[png()])
    huge = (io.BytesIO(b"\0" * (61 * 1024 * 1024)), "huge.jpg", "image/jpeg")
    again = press(client, page, **WORDS, files=[huge])
    assert again.status_code == 413
    assert kept(again) == ["ภาพ.png"]


def test_an_empty_file_field_is_no_file(client: PageClient, town: Town) -> None:
    handed_in(client, files=[(io.BytesIO(b""), "", "application/octet-stream")])
    assert names(town) == []


def test_used_form_with_other_words_keeps_the_files_that_came_now(client: PageClient, town: Town) -> None:
    form = client.get("/feedback/new")
    client.post_form(form, "body", **WORDS)
    page = client.post_form(form, "body", **{**WORDS, "body": "เรื่องอื่น"}, files=[png()])
    assert (page.status_code, kept(page)) == (409, ["ภาพ.png"])
    assert press(client, page).status_code == 303
    assert names(town) == ["ภาพ.png"]
    assert "เรื่องอื่น" in body_of(page)
