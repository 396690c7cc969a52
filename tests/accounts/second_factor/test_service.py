"""Setting up, showing and taking away, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from portal.accounts import queries as people
from portal.accounts import service as accounts
from portal.accounts.models import SignInFailures, SignInSession
from portal.accounts.rules import PAIR, SECOND_STEP, Proof
from portal.accounts.second_factor import queries, rules, service
from portal.accounts.second_factor.models import AuthenticatorApp, PasskeyChallenge, RecoveryCode, WaitingSignIn
from portal.accounts.second_factor.rules import Purpose
from portal.accounts.second_factor.service import Shown, Step
from portal.agencies.options.service import set_option
from portal.audit.models import AuditEntry
from portal.db import unit_of_work
from portal.kernel.actor import SYSTEM, Role
from portal.kernel.errors import Conflict, Invalid, NotAllowed, TooMany
from portal.kernel.keyring import Keyring
from portal.outbox.models import OutboxEvent
from tests.accounts.second_factor.authenticator import Authenticator
from tests.accounts.second_factor.conftest import SITE, Person
from tests.factories import actor_of, make_user


def begin(person: Person, at: datetime) -> str:
    with unit_of_work(person.session):
        return service.begin_waiting(person.session, at, person.user)


def step(person: Person, at: datetime, token: str, shown: Shown, network: str = "net") -> Step:
    with unit_of_work(person.session):
        return service.second_step(person.session, at, person.keyring, SITE, token, network, shown)


def test_the_secret_is_encrypted_and_codes_are_hashed(person: Person, now: datetime) -> None:
    person.set_up_app(now)
    row = person.session.scalars(select(AuthenticatorApp)).one()
    assert person.secret not in row.secret
    assert person.keyring.decrypt("second factor", row.secret) == person.secret
    macs = set(person.session.scalars(select(RecoveryCode.code_mac)))
    assert len(macs) == len(person.codes) == 10
    assert not macs & set(person.codes)


def test_a_first_factor_ends_other_sessions_and_counts_for_this_one(person: Person, keyring: Keyring, now: datetime) -> None:
    with unit_of_work(person.session):
        other = accounts.start_session(person.session, now, keyring, person.user, "net")
    person.set_up_app(now)
    here, there = (queries.standing(person.session, accounts.token_hash(token)) for token in (person.token, other))
    assert here
    assert (here.proof, here.has_second) == (Proof.APP, True)
    assert there is None


def test_a_wrong_first_code_or_anothers_offer_sets_nothing_up(person: Person, session: Session, keyring: Keyring, now: datetime) -> None:
    offer = service.offer_app(keyring, now, person.user, "Suanruam")
    assert service.offer_app(keyring, now, person.user, "Suanruam", offer.sealed).secret == offer.secret
    with pytest.raises(Invalid) as wrong, unit_of_work(session):
        service.set_up_app(session, person.actor, now, keyring, person.user, offer.sealed, "000000", person.digest)
    assert "code" in wrong.value.fields
    with unit_of_work(session):
        stranger = make_user(session)
    for user, at in ((stranger, now), (person.user, now + rules.OFFER_LIFE)):
        with pytest.raises(Conflict), unit_of_work(session):
            service.set_up_app(session, person.actor, at, keyring, user, offer.sealed, "000000", person.digest)
    assert not queries.held_by(session, person.user.id).any


def test_a_code_opens_one_session_and_is_never_taken_again(person: Person, now: datetime) -> None:
    person.set_up_app(now)
    shown = Shown(code=person.code(now))
    first = step(person, now, begin(person, now), shown)
    assert people.of_session(person.session, accounts.token_hash(first.token), now)
    again = step(person, now, begin(person, now), shown)
    assert not again.token
    assert again.problem
    assert again.problem.text == rules.VERDICT_WORDS[rules.Verdict.USED]


def test_the_code_that_set_the_app_up_does_not_sign_in(person: Person, now: datetime) -> None:
    person.set_up_app(now)
    assert not step(person, now, begin(person, now), Shown(code=person.code(now, -1))).token


def test_of_the_same_code_shown_twice_at_one_moment_one_is_refused(engine: Engine, person: Person, now: datetime) -> None:
    person.set_up_app(now)
    shown, tokens = Shown(code=person.code(now)), [begin(person, now) for _ in range(6)]

    def answer(token: str) -> str:
        with Session(engine) as session, unit_of_work(session):
            return service.second_step(session, now, person.keyring, SITE, token, f"net {token}", shown).token

    with ThreadPoolExecutor(6) as pool:
        assert len([token for token in pool.map(answer, tokens) if token]) == 1


def test_of_one_waiting_sign_in_answered_twice_at_one_moment_one_session_comes(engine: Engine, person: Person, now: datetime) -> None:
    person.set_up_app(now)
    token = begin(person, now)

    def answer(code: str) -> str:
        with Session(engine) as session, unit_of_work(session):
            return service.second_step(session, now, person.keyring, SITE, token, "net", Shown(code=code)).token

    with ThreadPoolExecutor(4) as pool:
        assert len([made for made in pool.map(answer, person.codes[:4]) if made]) == 1


@pytest.mark.parametrize("minutes", [-5, 5])
def test_a_phone_five_minutes_off_is_refused_and_told_of_its_clock(person: Person, now: datetime, minutes: int) -> None:
    person.set_up_app(now)
    early = Shown(code=person.code(now, minutes * 2))
    found = step(person, now, begin(person, now), early)
    assert not found.token
    assert found.problem
    assert "clock" in found.problem.text
    assert person.session.scalar(select(func.max(SignInFailures.failures))) == 1
    later = now + timedelta(minutes=5)
    assert not step(person, later, begin(person, later), early).token, "a code shown before its time"
    assert step(person, later, begin(person, later), Shown(code=person.code(later, 1))).token


def test_a_recovery_code_opens_once_in_any_digits_and_is_counted(person: Person, now: datetime) -> None:
    person.set_up_app(now)
    typed = rules.in_groups(person.codes[3]).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    assert step(person, now, begin(person, now), Shown(code=typed)).token
    assert queries.held_by(person.session, person.user.id).codes_left == 9
    assert not step(person, now, begin(person, now), Shown(code=typed)).token
    standing = people.by_email(person.session, person.user.email)
    assert standing
    with unit_of_work(person.session):
        fresh = service.renew_codes(person.session, person.actor, now, person.keyring, person.user)
    assert not step(person, now, begin(person, now), Shown(code=person.codes[5])).token
    assert step(person, now, begin(person, now), Shown(code=fresh[0])).token


def test_another_persons_recovery_code_is_worth_nothing(person: Person, session: Session, keyring: Keyring, now: datetime) -> None:
    person.set_up_app(now)
    with unit_of_work(session):
        user = make_user(session)
        token = accounts.start_session(session, now, keyring, user, "net")
    other = Person(session, keyring, user, token).set_up_app(now)
    assert not step(person, now, begin(person, now), Shown(code=other.codes[0])).token


def test_codes_of_an_older_data_key_still_open(person: Person, now: datetime) -> None:
    person.set_up_app(now)
    person.keyring = Keyring(["a newer key that is long enough too", "test data key that is long enough for anything"])
    assert step(person, now, begin(person, now), Shown(code=person.codes[0])).token
    assert step(person, now, begin(person, now), Shown(code=person.code(now))).token


def test_waiting_ends_after_ten_minutes_five_wrong_answers_a_new_password_and_for_the_disabled(person: Person, now: datetime) -> None:
    person.set_up_app(now)
    right = Shown(code=person.codes[0])
    assert step(person, now + rules.WAITING_LIFE, begin(person, now), right).over
    token = begin(person, now)
    for number in range(rules.WAITING_ATTEMPTS):
        answer = step(person, now, token, Shown(code="000000"), network=f"net {number}")
    assert answer.over
    assert step(person, now, token, right).over
    token = begin(person, now)
    with unit_of_work(person.session):
        accounts.set_password(person.session, SYSTEM, now, person.user, "another long sentence")
    assert step(person, now, token, right).over
    token = begin(person, now)
    with unit_of_work(person.session):
        accounts.disable(person.session, SYSTEM, now, person.user)
    assert step(person, now, token, right).over
    assert step(person, now, "", right).over


def test_guessing_the_second_step_is_slowed_from_wherever_it_comes(person: Person, now: datetime) -> None:
    person.set_up_app(now)
    for number in range(SECOND_STEP.free):
        step(person, now, begin(person, now), Shown(code="000000"), network=f"net {number}")
    with pytest.raises(TooMany):
        step(person, now, begin(person, now), Shown(code=person.codes[0]), network="home")
    later = now + timedelta(minutes=2)
    assert step(person, later, begin(person, later), Shown(code=person.codes[0]), network="home").token


def test_a_right_password_does_not_forget_wrong_second_steps(person: Person, now: datetime) -> None:
    person.set_up_app(now)
    for _ in range(PAIR.free):
        step(person, now, begin(person, now), Shown(code="000000"))
    with pytest.raises(TooMany):
        accounts.check_throttle(person.session, now, person.keyring, person.user.email, "net")


def test_what_was_shown_is_in_no_log(person: Person) -> None:
    assert "123456" not in repr(Shown(code="123456"))


def test_confirming_takes_the_second_factor_of_who_has_one_and_else_the_password(person: Person, now: datetime) -> None:
    def confirm(at: datetime, shown: Shown, right: bool) -> bool:
        with unit_of_work(person.session):
            return not service.confirm(
                person.session, at, person.keyring, SITE, person.user, person.digest, "net", shown, password_right=right
            )

    later = now + timedelta(hours=1)
    assert not confirm(later, Shown(), right=False)
    assert confirm(later, Shown(), right=True)
    found = queries.standing(person.session, person.digest)
    assert found
    assert found.confirmed_at == later
    person.set_up_app(later)
    assert not confirm(later, Shown(), right=True), "the password no longer does"
    assert confirm(later, Shown(code=person.code(later)), right=False)
    assert not confirm(later, Shown(code=person.code(later)), right=False), "a replay"


def test_the_last_factor_of_who_must_have_one_stays(person: Person, session: Session, now: datetime) -> None:
    person.set_up_app(now)
    with unit_of_work(session):
        set_option(session, SYSTEM, now, queries.options.SECOND_FACTOR_ROLES, None, ["officer"], 0)
    with pytest.raises(Conflict), unit_of_work(session):
        service.remove_app(session, person.actor, now, person.user)
    with unit_of_work(session):
        set_option(session, SYSTEM, now, queries.options.SECOND_FACTOR_ROLES, None, [], 1)
        service.remove_app(session, person.actor, now, person.user)
    assert queries.held_by(session, person.user.id) == queries.Held(app=False, passkeys=0, codes_left=0)
    found = queries.standing(session, person.digest)
    assert found
    assert found.proof is Proof.PASSWORD


def test_who_looks_after_a_person_takes_a_lost_factor_away_and_the_person_is_told(person: Person, session: Session, now: datetime) -> None:
    person.set_up_app(now)
    with unit_of_work(session):
        agency = person.user.unit
        near = make_user(session, [(agency, Role.ADMINISTRATOR)])
        far = make_user(session, [(None, Role.ASSESSOR)])
        colleague = make_user(session, [(agency, Role.EXECUTIVE)])
    for other in (far, colleague, person.user):
        with pytest.raises(NotAllowed), unit_of_work(session):
            service.reset(session, actor_of(session, other), now, person.user)
    with unit_of_work(session):
        service.reset(session, actor_of(session, near), now, person.user)
    assert not queries.held_by(session, person.user.id).any
    assert session.scalar(select(func.count()).select_from(SignInSession)) == 0
    assert session.scalar(select(func.count()).select_from(RecoveryCode)) == 0
    assert session.scalars(select(AuditEntry.actor_id).where(AuditEntry.act == "second_factor.reset")).one() == near.id
    assert session.scalars(select(OutboxEvent).where(OutboxEvent.name == "second_factor.reset")).one().payload == {
        "user_id": person.user.id
    }
    with pytest.raises(Conflict), unit_of_work(session):
        service.reset(session, actor_of(session, near), now, person.user)


def test_nobody_resets_their_own(person: Person, session: Session, now: datetime) -> None:
    with unit_of_work(session):
        user = make_user(session, [(None, Role.SYSTEM_ADMINISTRATOR)])
    with pytest.raises(NotAllowed), unit_of_work(session):
        service.reset(session, actor_of(session, user), now, user)


def test_what_ran_out_is_forgotten(person: Person, session: Session, now: datetime) -> None:
    begin(person, now)
    with unit_of_work(session):
        service.ask_for_passkey(session, now, SITE, Purpose.SIGN_IN, None)
        service.sweep(session, now + timedelta(minutes=6))
    assert session.scalar(select(func.count()).select_from(PasskeyChallenge)) == 0
    assert session.scalar(select(func.count()).select_from(WaitingSignIn)) == 1
    with unit_of_work(session):
        service.sweep(session, now + timedelta(minutes=11))
    assert session.scalar(select(func.count()).select_from(WaitingSignIn)) == 0


def test_an_app_beside_a_passkey_brings_no_second_set_of_codes(person: Person, session: Session, keyring: Keyring, now: datetime) -> None:
    key = Authenticator()
    with unit_of_work(session):
        answer = key.create(service.ask_for_new_passkey(session, now, keyring, SITE, person.user))
        codes = service.add_passkey(session, person.actor, now, keyring, SITE, person.user, "กุญแจ", answer, person.digest)
    assert len(codes) == 10
    assert person.set_up_app(now).codes == ()
