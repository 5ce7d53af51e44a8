"""Showing something by a link: chosen, opened, taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, rule
from sqlalchemy import text

from accounts.actor import VISITOR
from accounts.errors import SignInNeeded
from graph.model import Standing
from services.container import Services
from services.guesses import TooManyGuesses
from services.opening import LinkEnded, NoSuchLink
from services.sharing import NoSuchShare, ShareRefused, TooManyShares, Wish
from tests.careers import SmallLabor, skill
from tests.people import SystemOfRecord
from wallet.documents import NoDocuments
from wallet.parse import read
from wallet.record import RecordedSkill, RecordKind, WalletRecord
from wallet.sign import SigningKey, sign
from wallet.verify import verify

LIFT, WRITE, DRIVE = skill("lift patients"), skill("write reports"), skill("drive vehicles")
HERE = "198.51.100.7"


def a_record(title: str, standing: Standing, *skills: Any, **more: Any) -> WalletRecord:
    return replace(
        WalletRecord(
            kind=RecordKind.CREDENTIAL,
            title=title,
            standing=standing,
            issuer="Inland Technical Institute",
            skills=tuple(RecordedSkill(one.uri, one.name) for one in skills),
        ),
        **more,
    )


class Scene(SimpleNamespace):
    """Pete with three records, Maya with one, and the services over them."""

    @classmethod
    def in_folder(cls, folder: Path) -> Scene:
        record = SystemOfRecord.in_folder(folder)
        services = Services(
            record.database,
            SmallLabor,
            people=record.service,
            now=record.clock,
            today=lambda: record.clock().date(),
            secret_key="a key of sixteen letters",
        )
        pete, maya = record.person("Pete"), record.person("Maya")
        add = record.wallets.add
        return cls(
            record=record,
            services=services,
            clock=record.clock,
            pete=pete,
            maya=maya,
            care=add(pete.person_id, a_record("Patient care", Standing.VERIFIED, LIFT)),
            job=add(pete.person_id, a_record("Ward clerk", Standing.SELF_ASSERTED, WRITE)),
            old=add(
                pete.person_id,
                a_record("Driver", Standing.VERIFIED, DRIVE, expires_on=date(2020, 1, 1)),
            ),
            hers=add(maya.person_id, a_record("Her certificate", Standing.VERIFIED, WRITE)),
        )

    def wish(self, **more: Any) -> Wish:
        usual = Wish((LIFT.uri,), (), "Company B", self.clock().date() + timedelta(days=7), 3)
        return replace(usual, **more)

    def make(self, **more: Any) -> Any:
        return self.services.sharing.make(self.pete, self.wish(**more))

    def open(self, secret: str, who: Any = VISITOR) -> Any:
        return self.services.opening.open(who, secret, HERE)

    def end(self) -> None:
        self.services.close()
        self.record.close()


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Scene]:
    scene = Scene.in_folder(tmp_path)
    yield scene
    scene.end()


def names(shown: Any) -> set[str]:
    return {one.name for one in shown.skills}


def test_what_is_chosen_is_seen_and_nothing_else(here: Scene):
    shown = here.open(here.make().secret).shown
    assert names(shown) == {LIFT.name}
    assert (shown.records, shown.name, shown.email) == ((), "", "")
    # A verified skill, without the credential behind it.
    assert (shown.skills[0].standing, shown.skills[0].sources) == (Standing.VERIFIED, ())


def test_all_skills_are_those_that_count(here: Scene):
    shown = here.open(here.make(skills=None).secret).shown
    assert names(shown) == {LIFT.name, WRITE.name}


def test_a_record_is_seen_whole_when_it_is_chosen(here: Scene):
    shown = here.open(
        here.make(skills=None, records=(here.care.id,), fields=frozenset({"name"})).secret
    ).shown
    assert [one.title for one in shown.records] == ["Patient care"]
    assert shown.skills[0].sources == ("Patient care",)
    assert (shown.name, shown.email) == ("Pete", "")


def test_the_preview_is_what_is_seen(here: Scene):
    wish = here.wish(skills=None, records=(here.care.id, here.job.id), fields=frozenset({"name", "email"}))
    seen = here.services.sharing.preview(here.pete, wish)
    assert here.open(here.services.sharing.make(here.pete, wish).secret).shown == seen


def test_a_record_set_aside_after_it_was_shared_is_not_seen(here: Scene):
    made = here.make(skills=None, records=(here.care.id,))
    here.record.wallets.change(here.pete.person_id, replace(here.care, hidden=True))
    shown = here.open(made.secret).shown
    assert shown.records == () and names(shown) == {WRITE.name}


@pytest.mark.parametrize(
    "more",
    [
        {"skills": ("https://skills.example/unknown",)},
        {"skills": (DRIVE.uri,)},
        {"skills": ()},
        {"expires": date(2026, 3, 1)},
        {"expires": date(2028, 1, 1)},
        {"openings": 0},
        {"openings": 101},
        {"openings": -1},
        {"purpose": "x" * 201},
        {"fields": frozenset({"password_hash"})},
    ],
)
def test_what_cannot_be_shown_is_refused_and_nothing_kept(here: Scene, more: dict[str, Any]):
    with pytest.raises(ShareRefused):
        here.make(**more)
    assert here.services.sharing.mine(here.pete) == ()


def test_anothers_record_cannot_be_shown(here: Scene):
    with pytest.raises(ShareRefused):
        here.make(records=(here.hers.id,))


def test_a_link_is_opened_as_often_as_allowed(here: Scene):
    made = here.make(openings=2)
    assert here.open(made.secret).left == 1
    assert here.open(made.secret).left == 0
    with pytest.raises(LinkEnded, match="as often"):
        here.open(made.secret)


def test_of_many_at_once_no_more_are_let_in_than_allowed(here: Scene):
    made = here.make(openings=3)

    def try_it(_: int) -> bool:
        try:
            here.open(made.secret)
        except LinkEnded:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(try_it, range(12))) == 3


def test_a_link_ends_after_its_last_day(here: Scene):
    made = here.make(expires=here.clock().date())
    here.open(made.secret)
    here.clock.advance(days=1)
    with pytest.raises(LinkEnded, match="last day"):
        here.open(made.secret)


def test_taken_back_it_leads_nowhere_at_once_and_twice_is_once(here: Scene):
    made = here.make()
    here.open(made.secret)
    here.services.sharing.withdraw(here.pete, made.share.id)
    here.services.sharing.withdraw(here.pete, made.share.id)
    with pytest.raises(LinkEnded, match="taken it back"):
        here.open(made.secret)


def test_a_link_is_given_another_end_and_the_yes_before_stays_to_be_seen(here: Scene):
    made, sharing = here.make(openings=2), here.services.sharing
    here.open(made.secret)
    later = here.clock().date() + timedelta(days=30)
    for openings in (0, 1, 101):
        with pytest.raises(ShareRefused):
            sharing.change(here.pete, made.share.id, later, openings)
    with pytest.raises(NoSuchShare):
        sharing.change(here.maya, made.share.id, later, 5)
    here.clock.advance(minutes=1)
    sharing.change(here.pete, made.share.id, later, 5)
    (share,) = sharing.mine(here.pete)
    assert (share.openings, share.opened) == (5, 1)
    assert [
        (one.live_at(here.clock()), str(later) in one.words) for one in here.services.consents.mine(here.pete)
    ] == [
        (True, True),
        (False, False),
    ]
    here.clock.advance(days=20)
    assert here.open(made.secret).left == 3
    sharing.withdraw(here.pete, share.id)
    with pytest.raises(ShareRefused):
        sharing.change(here.pete, share.id, later, 9)
    with pytest.raises(LinkEnded):
        here.open(made.secret)


def test_two_withdrawals_at_once_are_one(here: Scene):
    made = here.make()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: here.services.sharing.withdraw(here.pete, made.share.id), range(4)))
    with pytest.raises(LinkEnded):
        here.open(made.secret)
    assert here.record.audit.check().holds


def test_nobody_withdraws_anothers_link(here: Scene):
    made = here.make()
    for who in (here.maya,):
        with pytest.raises(NoSuchShare):
            here.services.sharing.withdraw(who, made.share.id)
    with pytest.raises(NoSuchShare):
        here.services.sharing.withdraw(here.pete, "0" * 32)
    here.open(made.secret)


def test_a_link_that_was_never_given_out_is_not_there_and_cannot_be_guessed_for_long(here: Scene):
    made = here.make()
    for wrong in ("", "x", made.secret[:-1], made.secret + "A", "é" * 22, "x" * 5000):
        with pytest.raises(NoSuchLink):
            here.open(wrong)
    with pytest.raises(TooManyGuesses):
        for _ in range(40):
            with pytest.raises(NoSuchLink):
                here.open("guess")


def test_the_secret_has_128_bits_and_only_its_hash_is_kept(here: Scene):
    made = here.make()
    assert len(made.secret) == 22
    with here.record.database.session() as session:
        for table in ("share", "consent", "audit_content"):
            rows = session.execute(text(f"SELECT * FROM {table}")).fetchall()  # noqa: S608
            assert made.secret not in str(rows)


def test_a_double_click_makes_one_link(here: Scene):
    wish = here.wish()
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: here.services.sharing.make(here.pete, wish, "form-1"), range(4)))
    assert len({one.secret for one in made}) == 1
    assert len(here.services.sharing.mine(here.pete)) == 1


def test_every_opening_is_in_the_owners_log(here: Scene):
    made = here.make()
    here.open(made.secret)
    here.open(made.secret, here.maya)
    told = here.services.consents.accesses(here.pete)
    assert [(one.action, one.actor_name) for one in told[:2]] == [
        ("shares.open", "Maya"),
        ("shares.open", ""),
    ]
    assert {one.consent_id for one in told} == {made.share.id}
    assert here.record.audit.check().holds


def test_more_live_links_than_anybody_watches_are_refused(here: Scene, monkeypatch):
    monkeypatch.setattr("services.sharing.MOST_LIVE", 2)
    here.make()
    here.make()
    with pytest.raises(TooManyShares):
        here.make()


def test_a_visitor_is_asked_to_sign_in(here: Scene):
    sharing = here.services.sharing
    for verb in (
        lambda: sharing.mine(VISITOR),
        lambda: sharing.preview(VISITOR, here.wish()),
        lambda: sharing.make(VISITOR, here.wish()),
        lambda: sharing.withdraw(VISITOR, "0" * 32),
        lambda: sharing.presentation(VISITOR, ()),
    ):
        with pytest.raises(SignInNeeded):
            verb()


def test_what_is_shown_is_checked_afresh(here: Scene, monkeypatch):
    """A credential that was revoked since is not shown as verified."""
    key = SigningKey.generate()
    kept = here.services.records_for(here.pete).bring_in(json.dumps(credential(key)).encode(), "badge.json")
    record = kept[0].record
    here.record.wallets.change(
        here.pete.person_id,
        replace(record, standing=Standing.VERIFIED, checked_at=here.clock() - timedelta(days=1)),
    )
    looked: list[str] = []
    from services import checking_again

    real = checking_again.check_again
    monkeypatch.setattr(
        checking_again, "check_again", lambda *given: looked.append(given[3].id) or real(*given)
    )
    here.open(here.make(records=(record.id,)).secret)
    assert looked == [record.id]


def credential(key: SigningKey) -> dict[str, Any]:
    did = key.method.partition("#")[0]
    return sign(
        {
            "@context": ["https://www.w3.org/ns/credentials/v2"],
            "type": ["VerifiableCredential"],
            "issuer": did,
            "validFrom": "2025-01-01T00:00:00Z",
            "credentialSubject": {"id": "urn:uuid:7e1d9f8e-6f3c-4a5e-9b55-0d2c0e9f0f10"},
        },
        key,
    )


def test_credentials_are_taken_out_signed_by_the_persons_own_key(here: Scene):
    content = json.dumps(credential(SigningKey.generate())).encode()
    kept = here.services.records_for(here.pete).bring_in(content, "badge.json")
    first = here.services.sharing.presentation(here.pete, (kept[0].record.id,))
    again = json.loads(here.services.sharing.presentation(here.pete, (kept[0].record.id,)))
    assert json.loads(first)["holder"] == again["holder"]
    report = verify(read(first), NoDocuments(), here.clock())
    assert report.verdict == "verified", [str(check.explanation) for check in report.checks]
    with pytest.raises(ShareRefused):
        here.services.sharing.presentation(here.pete, (here.job.id,))
    with pytest.raises(ShareRefused):
        here.services.sharing.presentation(here.maya, (kept[0].record.id,))


class Sharing(RuleBasedStateMachine):
    """Whatever is done in whatever order, nobody sees what no live consent covers."""

    links = Bundle("links")

    @initialize()
    def begin(self) -> None:
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.scene = Scene.in_folder(Path(self.folder.name))
        self.facts: dict[str, dict[str, Any]] = {}
        self.hidden = False

    @rule(
        target=links,
        skills=st.sampled_from([None, (LIFT.uri,), (WRITE.uri,), (LIFT.uri, WRITE.uri)]),
        openings=st.integers(1, 3),
        days=st.integers(0, 3),
    )
    def make(self, skills: Any, openings: int, days: int) -> str:
        expires = self.scene.clock().date() + timedelta(days=days)
        try:
            made = self.scene.make(skills=skills, openings=openings, expires=expires)
        except ShareRefused:
            assert self.hidden and skills is not None and LIFT.uri in skills
            return ""
        self.facts[made.secret] = {
            "id": made.share.id,
            "skills": skills,
            "left": openings,
            "last": expires,
            "live": True,
        }
        return str(made.secret)

    @rule(link=links)
    def withdraw(self, link: str) -> None:
        if link:
            self.scene.services.sharing.withdraw(self.scene.pete, self.facts[link]["id"])
            self.facts[link]["live"] = False

    @rule(hours=st.integers(1, 30))
    def wait(self, hours: int) -> None:
        self.scene.clock.advance(hours=hours)

    @rule()
    def set_aside_or_not(self) -> None:
        self.hidden = not self.hidden
        care = self.scene.record.wallets.record(self.scene.pete.person_id, self.scene.care.id)
        self.scene.record.wallets.change(self.scene.pete.person_id, replace(care, hidden=self.hidden))

    @rule(link=links)
    def open(self, link: str) -> None:
        if not link:
            return
        fact = self.facts[link]
        good = fact["live"] and fact["left"] > 0 and self.scene.clock().date() <= fact["last"]
        try:
            shown = self.scene.open(link).shown
        except LinkEnded:
            assert not good
            return
        assert good
        fact["left"] -= 1
        counting = {WRITE.name} if self.hidden else {LIFT.name, WRITE.name}
        chosen = {LIFT.uri: LIFT.name, WRITE.uri: WRITE.name}
        covered = counting if fact["skills"] is None else {chosen[uri] for uri in fact["skills"]} & counting
        assert names(shown) == covered
        assert (shown.records, shown.name) == ((), "")

    def teardown(self) -> None:
        if hasattr(self, "scene"):
            assert self.scene.record.audit.check().holds
            self.scene.end()
            self.folder.cleanup()


TestSharing = Sharing.TestCase
TestSharing.settings = settings(
    max_examples=8,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
