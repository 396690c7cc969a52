"""Signs, their weight, likeness and proof: rules without a database."""

import hashlib
import itertools

import pytest

from portal.casework.rules.abuse import HANDFUL, Arrival, Crowding, Sign, is_heavy, proves, signs_of
from portal.casework.rules.likeness import are_alike, bands

BODY = "ตู้รับฟังความคิดเห็นหน้าอาคารไม่มีผู้เปิดอ่านมาสามเดือนแล้ว ขอให้ติดประกาศผลด้วย จะได้รู้ว่ามีคนอ่าน"
OTHER = "ถนนหน้าโรงเรียนบ้านหนองแวงเป็นหลุมลึก รถจักรยานยนต์ล้มแล้วสองครั้ง ขอให้ซ่อมก่อนเปิดเทอม"


def crowding(alike: int = 0, network: int = 0, everybody: int = 0) -> Crowding:
    return Crowding(alike, network, everybody, network_most=600, everybody_most=100)


@pytest.mark.parametrize(
    ("arrival", "crowd", "signs", "heavy"),
    [
        (Arrival("n", 40.0), crowding(), [], False),
        (Arrival("n", 0.1), crowding(alike=HANDFUL - 1, network=99, everybody=99), [Sign.HASTE], False),
        (Arrival("n", 40.0, trapped=True), crowding(), [Sign.TRAP], False),
        (Arrival("n", 0.1, trapped=True), crowding(), [Sign.TRAP, Sign.HASTE], True),
        (Arrival("n", None), crowding(alike=HANDFUL), [Sign.ALIKE], True),
        (Arrival("n", 40.0, proven=True), crowding(alike=HANDFUL), [Sign.ALIKE], True),
        (Arrival("n", 40.0), crowding(network=600), [Sign.CROWD], True),
        (Arrival("n", 40.0), crowding(everybody=100), [Sign.PRESSURE], True),
        (Arrival("n", 2.0, proven=True), crowding(network=600, everybody=100), [Sign.HASTE], False),
    ],
)
def test_what_is_seen_and_what_it_weighs(arrival: Arrival, crowd: Crowding, signs: list[Sign], heavy: bool) -> None:
    assert signs_of(arrival, crowd) == signs
    assert is_heavy(signs) is heavy


def test_a_copy_with_another_number_greeting_or_spacing_is_alike_and_another_matter_is_not() -> None:
    assert are_alike(bands(BODY), bands(f"{BODY}  เรื่องที่ ๑๒/2570 !!"))
    assert are_alike(bands(BODY), bands(f"สวัสดีครับ {BODY}"))
    assert not are_alike(bands(BODY), bands(OTHER))
    assert set(bands(BODY)).isdisjoint(bands(OTHER))


@pytest.mark.parametrize("text", ["", "   ", "๑๒๓", "ก", "😀", "\ud800", "a" * 100_000])
def test_any_text_has_its_marks(text: str) -> None:
    assert len(bands(text)) == 6
    assert bands(text) == bands(text)


def test_a_proof_is_of_one_challenge_and_of_so_many_bits() -> None:
    number = next(n for n in itertools.count() if hashlib.sha256(f"token:{n}".encode()).digest()[0] == 0)
    assert proves("token", str(number), bits=8)
    assert not proves("token", str(number), bits=30)
    assert not proves("other", str(number), bits=16)


@pytest.mark.parametrize(("challenge", "proof"), [("", "1"), ("token", ""), ("token", "9" * 21), ("\ud800", "1"), ("token", "ก")])
def test_what_is_no_proof_is_none(challenge: str, proof: str) -> None:
    assert not proves(challenge, proof)
