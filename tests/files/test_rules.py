import pytest

from portal.files.rules import ACCEPT, BODY_MOST, EXTENSIONS, FAULTS, FILE_MOST, FILES_MOST, Fault, Kind, claims, fault_message, mismatch


def test_five_files_of_full_size_fit_into_one_body() -> None:
    assert FILES_MOST * FILE_MOST < BODY_MOST


def test_every_fault_has_a_sentence_that_names_the_file() -> None:
    assert set(FAULTS) == set(Fault)
    assert all("photo.jpg" in str(fault_message(fault, "photo.jpg")) for fault in Fault)


def test_faults_are_told_apart_from_what_python_and_signals_end_a_process_with() -> None:
    assert not {0, 1, 2} & set(Fault)
    assert max(Fault) < 128


def test_every_kind_has_extensions_and_a_form_names_them_all() -> None:
    assert set(EXTENSIONS) == set(Kind)
    assert all(kind.value in ACCEPT and kind.extension in ACCEPT for kind in Kind)


@pytest.mark.parametrize(
    ("extension", "media_type", "claimed"),
    [
        ("jpg", "image/jpeg", [Kind.JPEG, Kind.JPEG]),
        ("JPEG", "", [Kind.JPEG]),
        ("heif", "image/heif", [Kind.HEIC, Kind.HEIC]),
        ("", "application/pdf; charset=binary", [Kind.PDF]),
        ("exe", "application/octet-stream", []),
        ("png", "image/jpg", [Kind.PNG, Kind.JPEG]),
    ],
)
def test_claims_are_read_from_extension_and_media_type(extension: str, media_type: str, claimed: list[Kind]) -> None:
    assert claims(extension, media_type) == claimed


@pytest.mark.parametrize(
    ("found", "claimed", "refused"),
    [
        (Kind.JPEG, [Kind.JPEG, Kind.JPEG], False),
        (Kind.JPEG, [], False),
        (Kind.PNG, [Kind.JPEG], True),
        (Kind.PNG, [Kind.PNG, Kind.JPEG], True),
        (None, [Kind.PDF], True),
        (None, [], True),
    ],
)
def test_a_file_is_refused_when_it_claims_one_kind_and_is_another(found: Kind | None, claimed: list[Kind], refused: bool) -> None:
    assert bool(mismatch("a", found, claimed)) is refused


def test_the_refusal_says_what_was_claimed_and_what_was_found() -> None:
    assert "says it is JPEG but its content is WebP" in str(mismatch("a.jpg", Kind.WEBP, [Kind.JPEG]))
