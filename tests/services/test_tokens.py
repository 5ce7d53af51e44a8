"""Keys for programs: what they may do, and when they end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from accounts.errors import OutOfScope
from accounts.permissions import Action, require
from accounts.roles import PersonRole
from accounts.scopes import scopes_for
from services.bearer import Pace, TokenRefused, TooManyRequests
from services.container import Services
from services.guesses import TooManyGuesses
from services.tokens import MOST_LIVE, NoSuchToken, TokenNotMade
from tests.careers import SmallLabor
from tests.people import PASSWORD, SystemOfRecord

HERE = "192.0.2.7"


@pytest.fixture
def record(tmp_path: Path) -> Iterator[SystemOfRecord]:
    kept = SystemOfRecord.in_folder(tmp_path)
    yield kept
    kept.close()


@pytest.fixture
def services(record: SystemOfRecord) -> Services:
    return Services(record.database, SmallLabor, people=record.service, now=record.clock)


@pytest.fixture
def pete(record: SystemOfRecord) -> Any:
    return record.person("Pete")


def test_a_token_acts_for_its_person_and_does_what_its_scopes_say(services, pete):
    made = services.tokens.make(pete, "My résumé tool", ["wallet:read"], 30)
    actor = services.bearer.actor(made.secret, HERE)
    assert actor.person_id == pete.person_id
    services.wallet_for(actor).wallet()
    with pytest.raises(OutOfScope):
        services.wallet_for(actor).claim("k1")
    with pytest.raises(OutOfScope):
        services.tokens.mine(actor)
    with pytest.raises(OutOfScope):
        services.tokens.make(actor, "More", ["wallet:write"], 30)
    with pytest.raises(OutOfScope):
        require(actor, Action.ACCOUNT_DELETE, pete.person_id)


def test_only_a_hash_of_a_token_is_kept(services, record, pete):
    made = services.tokens.make(pete, "Mine", ["wallet:read"], 30)
    with record.database.engine.connect() as connection:
        kept = [str(row) for row in connection.execute(text("SELECT * FROM api_token"))]
    assert len(kept) == 1
    assert made.secret not in kept[0] and made.secret.removeprefix("waymark_") not in kept[0]
    assert made.secret not in repr(made)
    assert len(made.secret) >= 43


def test_a_token_ends_by_itself_by_its_person_and_with_the_password(services, record, pete):
    short, long, third = (services.tokens.make(pete, "T", ["wallet:read"], days) for days in (7, 365, 365))
    services.tokens.revoke(pete, long.token.id)
    services.tokens.revoke(pete, long.token.id)
    record.clock.advance(days=7)
    for gone in (short, long):
        with capture_logs() as lines, pytest.raises(TokenRefused):
            services.bearer.actor(gone.secret, HERE)
        assert [line["event"] for line in lines] == ["token refused"]
        assert gone.secret not in str(lines) and str(pete.person_id) not in str(lines)
    assert services.bearer.actor(third.secret, HERE).signed_in
    services.people.change_password(pete, PASSWORD, "four loud magpies")
    with pytest.raises(TokenRefused):
        services.bearer.actor(third.secret, HERE)


def test_nobody_revokes_anothers_token(services, record, pete):
    made = services.tokens.make(pete, "Mine", ["wallet:read"], 30)
    with capture_logs() as lines, pytest.raises(NoSuchToken):
        services.tokens.revoke(record.person("Maya"), made.token.id)
    assert lines
    assert services.bearer.actor(made.secret, HERE).signed_in


@pytest.mark.parametrize(
    ("name", "scopes", "days"),
    [
        ("", ["wallet:read"], 30),
        ("x" * 121, ["wallet:read"], 30),
        ("Mine", [], 30),
        ("Mine", ["issuer"], 30),
        ("Mine", ["everything"], 30),
        ("Mine", ["wallet:read"], 0),
        ("Mine", ["wallet:read"], 400),
    ],
)
def test_a_token_that_cannot_be_is_refused_in_words(services, pete, name, scopes, days):
    with pytest.raises(TokenNotMade):
        services.tokens.make(pete, name, scopes, days)
    assert services.tokens.mine(pete) == ()


def test_there_are_not_more_live_tokens_than_one_can_look_after(services, pete):
    first = services.tokens.make(pete, "1", ["wallet:read"], 30)
    for n in range(MOST_LIVE - 1):
        services.tokens.make(pete, str(n), ["wallet:read"], 30)
    with pytest.raises(TokenNotMade):
        services.tokens.make(pete, "one more", ["wallet:read"], 30)
    services.tokens.revoke(pete, first.token.id)
    services.tokens.make(pete, "one more", ["wallet:read"], 30)


def test_guessing_tokens_comes_to_an_end_and_a_good_one_elsewhere_goes_on(services, pete):
    made = services.tokens.make(pete, "Mine", ["wallet:read"], 30)
    for n in range(30):
        with pytest.raises(TokenRefused):
            services.bearer.actor(f"waymark_{n}", HERE)
    with pytest.raises(TooManyGuesses):
        services.bearer.actor("waymark_31", HERE)
    assert services.bearer.actor(made.secret, "192.0.2.8").signed_in


def test_one_token_cannot_ask_without_end():
    pace = Pace("3 per minute")
    for _ in range(3):
        pace("one")
    with pytest.raises(TooManyRequests) as refused:
        pace("one")
    assert 1 <= refused.value.retry_after <= 60
    pace("another")


def test_a_learner_is_not_offered_what_only_others_can_do():
    assert not {"employer", "issuer", "admin", "county", "advising:read", "advising:write"} & set(
        scopes_for(frozenset({PersonRole.LEARNER}))
    )
    assert "employer" in scopes_for(frozenset({PersonRole.EMPLOYER}))
    assert "issuer" in scopes_for(frozenset({PersonRole.ISSUER}))
