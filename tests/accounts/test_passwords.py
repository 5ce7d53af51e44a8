"""How passwords are kept, and which are taken."""

from __future__ import annotations

import time

import pytest

from accounts.errors import PasswordRefused
from accounts.passwords import COMMONEST, SHORTEST, Passwords, check_new_password
from tests.people import QUICK


def test_a_password_is_kept_as_argon2id_with_the_published_parameters():
    kept = Passwords().hash("three quiet herons")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert "heron" not in kept


def test_the_same_password_is_kept_differently_each_time():
    assert QUICK.hash("three quiet herons") != QUICK.hash("three quiet herons")


def test_only_the_right_password_opens():
    kept = QUICK.hash("three quiet herons")
    assert QUICK.verify(kept, "three quiet herons")
    assert not QUICK.verify(kept, "three quiet heron")
    assert not QUICK.verify(kept, "")
    assert not QUICK.verify("not a hash", "three quiet herons")


def test_the_same_characters_from_another_keyboard_open():
    assert QUICK.verify(QUICK.hash("tres garzas añil"), "tres garzas an\u0303il")


def test_an_unknown_address_takes_the_same_work_as_a_known_one():
    passwords = Passwords()
    kept = passwords.hash("three quiet herons")
    passwords.verify(None, "warm up")

    def cost(of: str | None) -> float:
        taken = []
        for _ in range(5):
            start = time.process_time()
            assert not passwords.verify(of, "a wrong password")
            taken.append(time.process_time() - start)
        return min(taken)

    assert cost(None) == pytest.approx(cost(kept), rel=0.6)


def test_a_hash_with_old_parameters_is_outdated():
    assert Passwords().outdated(QUICK.hash("three quiet herons"))
    assert not QUICK.outdated(QUICK.hash("three quiet herons"))


@pytest.mark.parametrize(
    "password",
    [
        "",
        "short",
        "elevenchars",
        "x" * 257,
        "password1234",
        "PassWord1234",
        "waymark-demo",
        "aaaaaaaaaaaaaa",
        "abababababab",
        "rosa.martinez@example.org",
        "ROSA.MARTINEZ@example.org",
        "rosa.martinez",
    ],
)
def test_a_password_that_anyone_would_try_is_refused(password: str):
    with pytest.raises(PasswordRefused) as refused:
        check_new_password(password, "rosa.martinez@example.org")
    assert password == "" or password not in str(refused.value)


@pytest.mark.parametrize("password", ["three quiet herons", "x7!kQ2@pL9#z", "una garza azul duerme"])
def test_a_long_enough_password_of_any_kind_is_taken(password: str):
    check_new_password(password, "rosa.martinez@example.org")


def test_the_message_says_how_long_it_has_to_be():
    with pytest.raises(PasswordRefused, match="at least 12 characters"):
        check_new_password("short", "a@b.org")


def test_every_common_password_on_the_list_would_pass_the_length_rule():
    assert all(len(word) >= SHORTEST and word == word.casefold() for word in COMMONEST)
