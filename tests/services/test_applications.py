"""Applying, being read without being known, moved forward, and taking it back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from accounts.actor import VISITOR
from accounts.errors import PermissionDenied, SignInNeeded
from graph.model import Standing
from services.applications import NoSuchApplication
from services.applying import ApplicationRefused, NotApplied
from services.blind import conceal, giveaways
from services.postings import Asked, NoSuchPosting
from tests.people import PASSWORD
from tests.services.posting_scene import DRIVE, LIFT, MONITOR, WRITE, Scene, a_record


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Scene]:
    scene = Scene.in_folder(tmp_path)
    yield scene
    scene.end()


def states(reading: Any) -> dict[str, str]:
    return {one.square.requirement.skill.name: str(one.square.state) for one in reading.squares}


def actions(here: Scene, who: Any) -> list[tuple[str, str]]:
    return [(one.action, one.actor_name) for one in here.services.consents.accesses(who)]


def test_the_employer_reads_what_was_sent_against_the_posting(here: Scene):
    sent = here.apply(records=(here.care.id,))
    (reading,) = here.received()
    assert states(reading) == {LIFT.name: "matched", WRITE.name: "matched", DRIVE.name: "missing"}
    by_name = {one.square.requirement.skill.name: one for one in reading.squares}
    assert not by_name[LIFT.name].claimed and by_name[WRITE.name].claimed
    assert (by_name[LIFT.name].proofs, by_name[WRITE.name].proofs) == ((1,), ())
    assert by_name[LIFT.name].must and by_name[DRIVE.name].preferred
    assert [name for name, _ in reading.more] == [MONITOR.name]
    assert reading.label == sent.label and len(sent.label) == 4


def test_a_kindred_skill_covers_a_part(here: Scene):
    posting = here.post(Asked("http://data.europa.eu/esco/skill/drive-vans"))
    here.record.wallets.claim_skill(here.pete.person_id, DRIVE.uri, DRIVE.name)
    here.apply(posting=posting)
    (reading,) = here.received(posting=posting)
    assert states(reading) == {"drive vans": "partial"}


def test_nothing_but_what_was_chosen_is_read(here: Scene):
    here.apply(skills=(WRITE.uri,))
    (reading,) = here.received()
    assert states(reading)[LIFT.name] == "missing"
    assert (reading.more, reading.proofs) == ((), ())


def test_what_comes_into_the_wallet_later_is_not_sent(here: Scene):
    sent = here.apply()
    here.record.wallets.claim_skill(here.pete.person_id, DRIVE.uri, DRIVE.name)
    assert states(here.open(sent))[DRIVE.name] == "missing"


def test_who_it_is_stays_unknown_until_they_are_moved_forward(here: Scene):
    sent = here.apply(records=(here.care.id,))
    blind = here.open(sent)
    assert (blind.name, blind.email, blind.proofs[0].record) == ("", "", None)
    assert "Inland" not in repr(blind) and "Pete" not in repr(blind) and "Lincoln" not in repr(blind)
    assert here.pete.person_id not in repr(blind) and here.care.id not in repr(blind)
    here.services.applications.move_forward(here.company, sent.id)
    known = here.open(sent)
    assert (known.name, known.email, known.area) == ("Pete", "pete@example.org", "")
    assert known.proofs[0].record.title == "Patient care"


def test_being_moved_forward_is_logged_and_told_once(here: Scene):
    sent = here.apply()
    first = here.services.applications.move_forward(here.company, sent.id)
    here.clock.advance(hours=1)
    assert here.services.applications.move_forward(here.company, sent.id).moved_at == first.moved_at
    (news,) = here.services.applying.news(here.pete)
    assert news.values == {"employer": "Company-B", "title": "Ward assistant"}
    assert ("applications.move", "Company-B") in actions(here, here.pete)
    assert here.services.audit.check().holds
    here.services.applying.dismiss(here.maya, news.id)
    assert here.services.applying.news(here.pete)
    here.services.applying.dismiss(here.pete, news.id)
    assert here.services.applying.news(here.pete) == ()


def test_what_was_not_sent_stays_untold_after_it_too(here: Scene):
    sent = here.apply(fields=frozenset())
    here.services.applications.move_forward(here.company, sent.id)
    known = here.open(sent)
    assert (known.name, known.email, known.area, known.proofs) == ("", "", "", ())


def test_every_look_stands_in_the_person_s_log(here: Scene):
    sent = here.apply()
    here.received()
    here.open(sent)
    here.services.applications.table(here.company, here.posting.id)
    looks = [one for one in here.services.consents.accesses(here.pete) if one.action == "applications.read"]
    assert len(looks) == 3
    assert {one.consent_id for one in looks} == {sent.consent.id}
    assert {one.what["posting"] for one in looks} == {"Ward assistant"}


def test_taken_back_it_is_gone_with_the_next_request(here: Scene):
    sent = here.apply()
    here.services.applications.move_forward(here.company, sent.id)
    here.services.applying.withdraw(here.pete, here.posting.id)
    here.services.applying.withdraw(here.pete, here.posting.id)
    assert here.received() == ()
    assert here.services.applications.table(here.company, here.posting.id).count("\n") == 1
    for tried in (
        lambda: here.open(sent),
        lambda: here.services.applications.move_forward(here.company, sent.id),
        lambda: here.services.applications.compare(here.company, here.posting.id, [sent.id]),
    ):
        with pytest.raises(NoSuchApplication):
            tried()
    assert here.services.postings.mine(here.company)[0][1] == 0


def test_taken_back_on_the_page_of_sharing_is_taken_back_as_well(here: Scene):
    sent = here.apply()
    here.record.consents.withdraw(here.pete.person_id, sent.consent.id)
    assert here.received() == ()
    assert here.services.applying.mine(here.pete)[0].state == "withdrawn"


def test_it_ends_with_its_last_day(here: Scene):
    sent = here.apply(until=here.clock().date() + timedelta(days=1))
    here.clock.advance(days=1)
    assert here.open(sent).label
    here.clock.advance(days=1)
    assert here.received() == ()
    with pytest.raises(NoSuchApplication):
        here.open(sent)


def test_sent_again_it_is_the_same_and_after_taking_back_another_one(here: Scene):
    first = here.apply()
    here.services.applications.move_forward(here.company, first.id)
    here.clock.advance(minutes=5)
    again = here.apply(skills=(LIFT.uri,))
    assert (again.id, again.label, again.moved_at is None) == (first.id, first.label, False)
    assert len(here.received()) == 1
    here.services.applying.withdraw(here.pete, here.posting.id)
    here.clock.advance(minutes=5)
    fresh = here.apply()
    assert fresh.moved_at is None and fresh.answer == ""
    assert here.open(fresh).name == ""


def test_a_double_click_is_one_application(here: Scene):
    assert here.apply().id == here.apply().id
    assert len(here.received()) == 1


def test_labels_are_drawn_anew_for_each_posting(here: Scene):
    postings = [here.post() for _ in range(6)]
    labels = {here.apply(posting=one).label for one in postings}
    assert len(labels) > 1


@pytest.mark.parametrize(
    "more",
    [
        {"skills": ()},
        {"skills": ("http://example.org/none",)},
        {"records": ("0" * 32,)},
        {"fields": frozenset({"password"})},
        {"skills": tuple(f"http://example.org/{n}" for n in range(501))},
    ],
)
def test_what_cannot_be_sent_is_refused_in_words(here: Scene, more: dict[str, Any]):
    with pytest.raises(ApplicationRefused) as refused:
        here.apply(**more)
    assert str(refused.value) and here.services.applying.mine(here.pete) == ()


def test_another_s_record_cannot_be_sent(here: Scene):
    (hers,) = here.record.wallets.records(here.maya.person_id)
    with pytest.raises(ApplicationRefused):
        here.apply(records=(hers.id,))


def test_days_that_are_past_or_far_off_are_refused(here: Scene):
    for days in (-1, 400):
        with pytest.raises(ApplicationRefused):
            here.apply(until=here.clock().date() + timedelta(days=days))


def test_a_closed_posting_takes_nothing_and_an_employer_not_its_own(here: Scene):
    with pytest.raises(ApplicationRefused):
        here.apply(who=here.company)
    here.services.postings.close(here.company, here.posting.id)
    with pytest.raises(NoSuchPosting):
        here.apply()


def test_the_preview_is_what_the_employer_sees(here: Scene):
    wish = here.wish(records=(here.care.id,))
    blind, whole = here.services.applying.preview(here.pete, here.posting.id, wish)
    sent = here.services.applying.send(here.pete, here.posting.id, wish)

    def seen(reading: Any) -> tuple[Any, ...]:
        return reading.squares, reading.more, reading.proofs, reading.name, reading.email

    assert seen(blind) == seen(here.open(sent))
    here.services.applications.move_forward(here.company, sent.id)
    assert seen(whole) == seen(here.open(sent))


def test_the_person_sees_the_reading_that_the_employer_sees(here: Scene):
    sent = here.apply(records=(here.care.id,))
    _found, own = here.services.applying.sent(here.pete, here.posting.id)
    assert own == here.open(sent)


def test_an_answer_is_read_with_the_application(here: Scene):
    sent = here.apply()
    words = "I drove vans for a food bank, which is not in my wallet."
    here.services.applying.answer(here.pete, here.posting.id, words)
    assert here.open(sent).answer == words
    here.services.applying.answer(here.pete, here.posting.id, "")
    assert here.open(sent).answer == ""


@pytest.mark.parametrize(
    "words",
    [
        "Pete here.",
        "Write to pete@example.org",
        "Call 509 555 0100",
        "I learned it at Inland Technical Institute",
        "I graduated in 1987",
        "I am 58 years old",
        "I live at 12 W Riverside Ave",
        "x" * 1001,
    ],
)
def test_an_answer_that_says_who_it_is_comes_back(here: Scene, words: str):
    here.apply()
    with pytest.raises(ApplicationRefused):
        here.services.applying.answer(here.pete, here.posting.id, words)


def test_an_answer_is_looked_through_again_when_it_is_shown(here: Scene):
    sent = here.apply()
    here.services.applying.answer(here.pete, here.posting.id, "I was at Harbor Freight too.")
    here.record.wallets.add(
        here.pete.person_id, a_record("Loader", Standing.SELF_ASSERTED, issuer="Harbor Freight")
    )
    assert "Harbor" not in here.open(sent).answer


def test_after_moving_forward_an_answer_may_say_anything(here: Scene):
    sent = here.apply()
    here.services.applications.move_forward(here.company, sent.id)
    here.services.applying.answer(here.pete, here.posting.id, "Call me, Pete.")
    assert here.open(sent).answer == "Call me, Pete."


def test_giveaways_are_found_whatever_their_accents(here: Scene):
    assert giveaways("Soy JOSÉ pérez", ("José", "Perez")) == ("JOSÉ", "pérez")
    assert conceal("a b", ()) == "a b"
    assert giveaways("Made 12 reports a day for 3 teams.", ("Rosa",)) == ()


def test_applications_are_sorted_by_skills_and_equals_by_lot(here: Scene):
    here.apply()
    here.apply(who=here.maya)
    first, second = here.received()
    assert states(first)[LIFT.name] == "matched" and states(second)[LIFT.name] == "missing"
    for sort in ("matched", "proven", "preferred", "label", "nonsense"):
        assert len(here.services.applications.received(here.company, here.posting.id, sort)) == 2
    labels = [
        one.label for one in here.services.applications.received(here.company, here.posting.id, "label")
    ]
    assert labels == sorted(labels)


def test_up_to_four_are_compared(here: Scene):
    sent = [here.apply(), here.apply(who=here.maya)]
    found = here.services.applications.compare(here.company, here.posting.id, [one.id for one in sent])
    assert [one.id for one in found] == [one.id for one in sent]


def test_a_table_has_no_formula_and_no_name(here: Scene):
    here.apply()
    table = here.services.applications.table(here.company, here.posting.id)
    assert "Pete" not in table and "pete@example.org" not in table and "concealed" in table
    assert "Matched, confirmed" in table and "Missing" in table


def test_another_employer_s_application_is_not_there(here: Scene):
    sent = here.apply()
    for tried in (
        lambda: here.open(sent, here.other),
        lambda: here.services.applications.move_forward(here.other, sent.id),
        lambda: here.services.applications.open(here.company, "0" * 32),
        lambda: here.services.applications.open(here.company, "x" * 5000),
        lambda: here.services.applications.compare(here.company, here.post().id, [sent.id]),
    ):
        with pytest.raises(NoSuchApplication):
            tried()
    assert here.services.applying.news(here.pete) == ()


def test_another_person_s_application_is_not_there(here: Scene):
    here.apply()
    for tried in (
        lambda: here.services.applying.sent(here.maya, here.posting.id),
        lambda: here.services.applying.withdraw(here.maya, here.posting.id),
        lambda: here.services.applying.answer(here.maya, here.posting.id, "words"),
    ):
        with pytest.raises(NotApplied):
            tried()
    assert len(here.received()) == 1


def test_a_visitor_is_asked_to_sign_in(here: Scene):
    for tried in (
        lambda: here.services.applying.look(VISITOR, here.posting.id),
        lambda: here.services.applying.mine(VISITOR),
        lambda: here.apply(who=VISITOR),
        lambda: here.services.postings.open(VISITOR),
        lambda: here.services.applications.open(VISITOR, "x"),
    ):
        with pytest.raises(SignInNeeded):
            tried()


def test_a_learner_reads_nobody_s_application(here: Scene):
    sent = here.apply()
    with pytest.raises(PermissionDenied):
        here.open(sent, here.maya)


def test_a_link_s_consent_lets_no_employer_in(here: Scene):
    """A consent of another kind, or for another posting, is none."""
    sent = here.apply()
    other = here.post()
    assert here.received(posting=other) == ()
    here.services.applying.withdraw(here.pete, here.posting.id)
    here.apply(posting=other)
    with pytest.raises(NoSuchApplication):
        here.open(sent)


def test_a_revoked_or_set_aside_record_is_read_no_more(here: Scene):
    sent = here.apply(records=(here.care.id,))
    here.record.wallets.change(here.pete.person_id, replace(here.care, standing=Standing.REVOKED))
    assert states(here.open(sent))[LIFT.name] == "missing"
    here.record.wallets.change(here.pete.person_id, replace(here.care, hidden=True))
    assert here.open(sent).proofs == ()


def test_an_account_that_is_deleted_leaves_nothing(here: Scene):
    here.apply()
    here.services.people.delete_account(here.pete, PASSWORD)
    assert here.received() == ()
    assert here.services.audit.check().holds


class Employers(RuleBasedStateMachine):
    """Whatever is done in whatever order, an employer sees what a live consent covers, and no more."""

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        self.here = Scene.in_folder(Path(self.folder.name))
        self.live: dict[str, dict[str, Any]] = {}

    def _who(self, name: str) -> Any:
        return getattr(self.here, name)

    @rule(name=st.sampled_from(["pete", "maya"]), fields=st.sampled_from([(), ("name",), ("name", "email")]))
    def apply(self, name: str, fields: tuple[str, ...]) -> None:
        sent = self.here.apply(who=self._who(name), fields=frozenset(fields))
        moved = self.live.get(name, {}).get("moved", False)
        until = self.here.clock().date() + timedelta(days=14)
        self.live[name] = {"id": sent.id, "fields": set(fields), "moved": moved, "until": until}

    @rule(name=st.sampled_from(["pete", "maya"]))
    def withdraw(self, name: str) -> None:
        try:
            self.here.services.applying.withdraw(self._who(name), self.here.posting.id)
        except NotApplied:
            assert name not in self.live
        self.live.pop(name, None)

    @rule(name=st.sampled_from(["pete", "maya"]))
    def move(self, name: str) -> None:
        if name in self.live:
            self.here.services.applications.move_forward(self.here.company, self.live[name]["id"])
            self.live[name]["moved"] = True

    @rule(days=st.integers(1, 9))
    def pass_time(self, days: int) -> None:
        self.here.clock.advance(days=days)
        if self.here.clock().date() > self.here.posting.last_day:
            self.here.clock.advance(days=-days)
        today = self.here.clock().date()
        self.live = {name: one for name, one in self.live.items() if today <= one["until"]}

    @rule()
    def look(self) -> None:
        seen = {one.id: one for one in self.here.received()}
        assert set(seen) == {one["id"] for one in self.live.values()}
        for name, one in self.live.items():
            told = seen[one["id"]].name
            assert told == (self._who(name).name if one["moved"] and "name" in one["fields"] else "")

    @rule()
    def another_employer_sees_nothing(self) -> None:
        for one in self.live.values():
            with pytest.raises(NoSuchApplication):
                self.here.services.applications.open(self.here.other, one["id"])

    def teardown(self) -> None:
        if hasattr(self, "here"):
            self.here.end()
            self.folder.cleanup()


TestEmployers = Employers.TestCase
TestEmployers.settings = settings(
    max_examples=6, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)
