"""Asking somebody to confirm a record, and answering: by a link, and as an organization that signs."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select, text

from accounts.actor import VISITOR, Actor
from accounts.errors import PermissionDenied, PersonError, SignInNeeded
from accounts.roles import PersonRole
from graph.model import Standing
from services.answering import AnswerRefused, Given, LinkOver, NoSuchLink, YourOwn
from services.confirmations import AskRefused, NoSuchRequest, TooLate, TooManyAsked
from services.container import Services
from services.guesses import TooManyGuesses
from services.issuing import OfferRefused
from tests.careers import SmallLabor, skill
from tests.people import PASSWORD, SystemOfRecord
from wallet.confirmation_models import ConfirmationLinkRow, ConfirmationRow
from wallet.record import BY_HAND, RecordedSkill, RecordKind, WalletRecord

LIFT, WRITE = skill("lift patients"), skill("write reports")
CONTACT = "office@company-a.example"
WHO = {"name": "Sam Ortiz", "position": "Shift lead", "email": "sam@company-a.example"}
ALL = ("title", "dates", "hours", "duties", "skills")
HERE = "198.51.100.7"


class Post:
    """A mail server that keeps what it is given."""

    configured = True

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, str]] = []
        self.works = True

    def send(self, to: str, subject: str, text: str) -> bool:
        if self.works:
            self.sent.append((to, subject, text))
        return self.works


@pytest.fixture
def here(tmp_path: Path) -> Iterator[SimpleNamespace]:
    """Pete with a job that only he says he had, Company A with an account, and the services."""
    record, post = SystemOfRecord.in_folder(tmp_path), Post()
    services = Services(
        record.database,
        SmallLabor,
        people=record.service,
        now=record.clock,
        mail=post,
        today=lambda: record.clock().date(),
        public_url="https://wallet.example.org",
    )
    admin = record.person("Kim")
    record.people.grant_roles(admin.person_id, {PersonRole.ADMIN})
    admin = record.people.actor(admin.person_id)
    company = record.service.appoint(admin, CONTACT, "Company A", PASSWORD, frozenset({PersonRole.EMPLOYER}))
    pete = record.person("Pete")
    job = record.wallets.add(pete.person_id, a_job())
    yield SimpleNamespace(
        record=record,
        services=services,
        asking=services.confirmations,
        answering=services.answering,
        post=post,
        clock=record.clock,
        pete=pete,
        maya=record.person("Maya"),
        company=company,
        admin=admin,
        job=job,
    )
    services.close()
    record.close()


def a_job(**more: Any) -> WalletRecord:
    return replace(
        WalletRecord(
            kind=RecordKind.EMPLOYMENT,
            title="Warehouse associate",
            standing=Standing.SELF_ASSERTED,
            issuer="Company A",
            description="Receives goods.\nSends them.",
            issued_on=date(2021, 6, 14),
            ended_on=date(2023, 1, 31),
            hours=1800,
            form=BY_HAND,
            skills=(RecordedSkill(LIFT.uri, LIFT.name), RecordedSkill(WRITE.uri, WRITE.name)),
        ),
        **more,
    )


def ask(here: SimpleNamespace, **more: Any) -> Any:
    given = {"organization": "Company A", "parts": ALL, **more}
    return here.asking.ask(given.pop("who", here.pete), given.pop("record", here.job.id), **given)


def answer(here: SimpleNamespace, token: str, who: Actor = VISITOR, **more: Any) -> Any:
    given = Given(**{"answer": "confirm", **WHO, **more})
    return here.answering.answer(who, token, HERE, given)


def correction(here: SimpleNamespace, **more: Any) -> dict[str, Any]:
    same = {
        "answer": "correct",
        "title": here.job.title,
        "started_on": "2021-06-14",
        "ended_on": "2023-01-31",
        "hours": "1800",
        "duties": "Receives goods. Sends them.",
        "skills": frozenset({LIFT.uri, WRITE.uri}),
    }
    return {**same, **more}


def standings(here: SimpleNamespace) -> dict[str, Standing]:
    wallet = here.services.wallet_for(here.pete).wallet()
    return {one.skill.uri: one.standing for one in wallet.holdings}


def view(here: SimpleNamespace) -> Any:
    (found,) = (one for one in here.services.wallet_for(here.pete).records() if one.id == here.job.id)
    assert here.services.record_for(here.pete).detail(here.job.id).view.standing is found.standing
    return found


def mine(here: SimpleNamespace) -> Any:
    return here.asking.mine(here.pete)[0]


# By link


def test_a_confirmed_record_counts_as_confirmed_with_who_and_when(here):
    passed = ask(here, note="I worked with Sam.")
    assert (passed.mailed, mine(here).state) == (None, "asked")
    assert standings(here)[LIFT.uri] is Standing.SELF_ASSERTED
    seen = here.answering.look(VISITOR, passed.secret, HERE)
    assert (seen.asker, seen.organization, seen.note, seen.signs_as) == (
        "Pete", "Company A", "I worked with Sam.", "",
    )  # fmt: skip
    assert mine(here).state == "opened"
    answer(here, passed.secret)
    came = mine(here)
    assert (came.state, came.outcome, came.by_name, came.by_position) == (
        "answered", "confirmed", "Sam Ortiz", "Shift lead",
    )  # fmt: skip
    assert came.by_organization == "Company A" and came.answered_at == here.clock() and came.holds
    assert not came.signed and not came.credential
    assert set(standings(here).values()) == {Standing.CONFIRMED}
    assert view(here).standing is Standing.CONFIRMED


def test_a_link_has_128_random_bits_and_only_its_hash_is_kept(here):
    secrets = {ask(here).secret for _ in range(5)}
    assert len(secrets) == 5 and all(len(one) == 22 for one in secrets)
    with here.record.database.session() as session:
        kept = str(
            [
                session.execute(select(*table.__table__.columns)).all()
                for table in (ConfirmationRow, ConfirmationLinkRow)
            ]
        )
    assert not any(one in kept for one in secrets)


def test_who_is_asked_sees_the_chosen_parts_and_nothing_else(here):
    seen = here.answering.look(VISITOR, ask(here, parts=("title", "skills")).secret, HERE)
    assert seen.shown.title and seen.shown.skills
    assert (seen.shown.started_on, seen.shown.hours, seen.shown.duties) == (None, None, "")
    told = repr(seen)
    assert here.pete.person_id not in told and "pete@" not in told and "1800" not in told


def test_skills_that_were_not_shown_stay_the_person_s_own_word(here):
    answer(here, ask(here, parts=("title", "dates")).secret)
    assert set(standings(here).values()) == {Standing.SELF_ASSERTED}
    assert view(here).standing is Standing.CONFIRMED


def test_a_single_claimed_skill_is_confirmed(here):
    claim = here.record.wallets.claim_skill(here.pete.person_id, skill("drive vans").uri, "drive vans")
    answer(here, ask(here, record=claim.id, parts=ALL).secret)
    assert standings(here)[skill("drive vans").uri] is Standing.CONFIRMED
    assert standings(here)[LIFT.uri] is Standing.SELF_ASSERTED


def test_what_is_changed_after_it_was_confirmed_is_the_person_s_own_word_again(here):
    answer(here, ask(here).secret)
    job = here.record.wallets.record(here.pete.person_id, here.job.id)
    here.record.wallets.change(here.pete.person_id, replace(job, title="Director"))
    assert view(here).standing is Standing.SELF_ASSERTED
    assert set(standings(here).values()) == {Standing.SELF_ASSERTED}
    assert not mine(here).holds
    more = RecordedSkill(skill("drive vans").uri, "drive vans")
    here.record.wallets.change(here.pete.person_id, replace(job, skills=(*job.skills, more)))
    assert standings(here)[more.uri] is Standing.SELF_ASSERTED
    assert standings(here)[LIFT.uri] is Standing.CONFIRMED


@pytest.mark.parametrize("token", ["", "x", "\x00", "\ud800", "x" * 22, "x" * 5000, "../../x", "'; DROP--"])
def test_a_link_that_was_never_given_out_leads_nowhere(here, token):
    with pytest.raises(NoSuchLink):
        here.answering.look(VISITOR, token, HERE)
    with pytest.raises(NoSuchLink):
        answer(here, token)


def test_guessing_links_is_stopped_and_a_good_link_is_never_counted(here):
    secret = ask(here).secret
    for _ in range(40):
        here.answering.look(VISITOR, secret, HERE)
    for _ in range(30):
        with pytest.raises(NoSuchLink):
            here.answering.look(VISITOR, "guess", HERE)
    with pytest.raises(TooManyGuesses) as stopped:
        here.answering.look(VISITOR, secret, HERE)
    assert stopped.value.retry_after > 0
    here.answering.look(VISITOR, secret, "203.0.113.9")


def test_a_link_is_used_once_and_two_answers_at_once_are_one(here):
    secret = ask(here).secret

    def once(number: int) -> str:
        try:
            answer(here, secret, name=f"Person {number}")
        except LinkOver:
            return ""
        return f"Person {number}"

    with ThreadPoolExecutor(6) as both:
        kept = [name for name in both.map(once, range(6)) if name]
    assert kept == [mine(here).by_name]
    with pytest.raises(LinkOver):
        here.answering.look(VISITOR, secret, HERE)


def test_a_link_ends_after_thirty_days_or_when_it_is_taken_back_or_its_record_is_removed(here):
    late, back, gone = (ask(here) for _ in range(3))
    here.asking.withdraw(here.pete, back.confirmation.id)
    here.asking.withdraw(here.pete, back.confirmation.id)
    with pytest.raises(LinkOver):
        answer(here, back.secret)
    taken = next(one for one in here.asking.mine(here.pete) if one.id == back.confirmation.id)
    assert taken.state == "withdrawn" and taken.shown.title == "" and taken.note == ""
    here.clock.advance(days=30, seconds=-1)
    here.answering.look(VISITOR, late.secret, HERE)
    here.record.wallets.remove(here.pete.person_id, here.job.id)
    with pytest.raises(LinkOver):
        answer(here, gone.secret)
    here.record.wallets.add(here.pete.person_id, here.job)
    here.clock.advance(seconds=2)
    with pytest.raises(LinkOver):
        answer(here, late.secret)
    assert {one.state for one in here.asking.mine(here.pete)} == {"expired", "withdrawn"}


def test_nobody_confirms_their_own_record(here):
    secret = ask(here).secret
    with pytest.raises(YourOwn):
        here.answering.look(here.pete, secret, HERE)
    with pytest.raises(YourOwn):
        answer(here, secret, here.pete)
    assert mine(here).state == "asked"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"answer": ""}, "Choose what"),
        ({"answer": "perhaps"}, "Choose what"),
        ({"name": " \u202e\x00"}, "your name"),
        ({"name": "x" * 121}, "longer"),
        ({"position": ""}, "your position"),
        ({"email": "nobody"}, "e-mail"),
        ({"email": "a@b.example\nBcc: c@d.example"}, "e-mail"),
        ({"answer": "decline"}, "why"),
        ({"answer": "decline", "reason": "x" * 501}, "500"),
    ],
)
def test_an_answer_that_lacks_something_is_refused_and_the_link_stays_good(here, more, words):
    secret = ask(here).secret
    with pytest.raises(AnswerRefused, match=words):
        answer(here, secret, **more)
    answer(here, secret)


def test_who_declines_says_why_and_nothing_counts_more_than_before(here):
    answer(
        here, ask(here).secret, answer="decline", reason="Never heard of him", name="", position="", email=""
    )
    assert (mine(here).outcome, mine(here).reason) == ("declined", "Never heard of him")
    assert view(here).standing is Standing.SELF_ASSERTED


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "Company A confirmed “Warehouse associate” on"),
        ({"answer": "decline", "reason": "Never heard of him"}, "does not confirm “Warehouse associate”"),
        ({"answer": "correct", "title": "Picker"}, "something in “Warehouse associate” is different"),
    ],
)
def test_who_asked_is_told_of_the_answer_once(here, more, words):
    secret = ask(here).secret
    assert here.services.wallet_for(here.pete).notices() == ()
    answer(here, secret, **(correction(here, **more) if more.get("title") else more))
    (notice,) = here.services.wallet_for(here.pete).notices()
    assert words in notice.sentence.message % {**notice.sentence.values, "day": "Monday"}
    assert (notice.record_id, notice.happened_on) == (here.job.id, here.clock().date())
    assert here.services.wallet_for(here.maya).notices() == ()


def test_of_a_signed_confirmation_it_is_told_when_the_credential_comes(here):
    answer(here, ask(here).secret, here.company)
    (notice,) = here.services.wallet_for(here.pete).notices()
    assert notice.record_id == mine(here).credential


# Corrections


def test_a_correction_that_is_taken_over_is_what_the_record_says_and_is_confirmed(here):
    secret = ask(here).secret
    answer(
        here, secret, **correction(here, title="Picker", ended_on="2022-12-31", skills=frozenset({LIFT.uri}))
    )
    assert mine(here).undecided and view(here).standing is Standing.SELF_ASSERTED
    for _click in range(2):
        here.asking.decide(here.pete, mine(here).id, accept=True)
    job = here.record.wallets.record(here.pete.person_id, here.job.id)
    assert (job.title, job.ended_on, len(job.skills)) == ("Picker", date(2022, 12, 31), 1)
    assert job.description == here.job.description
    assert view(here).standing is Standing.CONFIRMED and mine(here).holds
    with pytest.raises(TooLate):
        here.asking.decide(here.pete, mine(here).id, accept=False)


def test_a_correction_that_is_left_changes_nothing(here):
    answer(here, ask(here).secret, **correction(here, title="Picker"))
    here.asking.decide(here.pete, mine(here).id, accept=False)
    assert here.record.wallets.record(here.pete.person_id, here.job.id) == here.job
    assert view(here).standing is Standing.SELF_ASSERTED and not mine(here).stands


def test_a_correction_of_what_was_changed_meanwhile_is_not_taken_over(here):
    answer(here, ask(here).secret, **correction(here, title="Picker"))
    here.record.wallets.change(here.pete.person_id, replace(here.job, title="Director"))
    with pytest.raises(AskRefused, match="changed"):
        here.asking.decide(here.pete, mine(here).id, accept=True)
    assert mine(here).undecided


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "changed nothing"),
        ({"title": ""}, "title"),
        ({"started_on": "yesterday"}, "date"),
        ({"started_on": "0001-01-01"}, "date"),
        ({"started_on": "2024-01-01"}, "before the first"),
        ({"hours": "many"}, "hours"),
        ({"hours": "1e5"}, "hours"),
        ({"skills": frozenset({"http://elsewhere.example"}), "title": ""}, "title"),
    ],
)
def test_a_correction_that_cannot_be_meant_is_refused(here, more, words):
    with pytest.raises(AnswerRefused, match=words):
        answer(here, ask(here).secret, **correction(here, **more))


def test_a_correction_can_leave_skills_out_but_add_none(here):
    added = frozenset({LIFT.uri, "http://elsewhere.example/skill"})
    answer(here, ask(here).secret, **correction(here, skills=added))
    assert [uri for uri, _ in mine(here).proposed.skills] == [LIFT.uri]


# As an organization


def test_an_organization_that_confirms_signs_a_credential_that_verifies(here):
    passed = ask(here, contact=CONTACT.upper())
    (waiting,) = here.answering.inbox(here.company)
    assert waiting.signs_as == "Company A" and waiting.shown.title == here.job.title
    assert mine(here).state == "asked"  # that an account has the address is not told
    here.answering.answer_in(here.company, waiting.id, Given(answer="confirm", name="Sam Ortiz"))
    came = mine(here)
    assert came.signed and came.by_organization == "Company A" and came.credential
    credential = here.record.wallets.record(here.pete.person_id, came.credential)
    assert (credential.standing, credential.sender, credential.title) == (
        Standing.VERIFIED, "Company A", "Warehouse associate",
    )  # fmt: skip
    assert {check.name.value: check.result.value for check in credential.checks}["issuer_known"] == "passed"
    assert set(standings(here).values()) == {Standing.VERIFIED}
    assert view(here).standing is Standing.VERIFIED
    assert len(here.record.wallets.records(here.pete.person_id)) == 2
    assert here.answering.inbox(here.company) == ()
    with pytest.raises(LinkOver):
        answer(here, passed.secret)


def test_an_organization_signs_through_the_link_too_and_another_one_in_its_own_name(here):
    other = here.record.service.appoint(
        here.admin, "b@b.example", "Company B", PASSWORD, frozenset({PersonRole.ISSUER})
    )
    passed = ask(here)
    assert here.answering.look(other, passed.secret, HERE).signs_as == "Company B"
    assert answer(here, passed.secret, other, name="", position="", email="").signed
    assert mine(here).by_organization == "Company B"
    assert here.record.wallets.record(here.pete.person_id, mine(here).credential).issuer == "Company B"


def test_what_an_organization_takes_back_or_the_person_declines_is_their_own_word_again(here):
    answer(here, ask(here).secret, here.company)
    credential = mine(here).credential
    here.services.record_for(here.pete).set_declined(credential, True)
    assert view(here).standing is Standing.CONFIRMED  # somebody did answer
    here.services.record_for(here.pete).set_declined(credential, False)
    assert view(here).standing is Standing.VERIFIED
    issued, _all = here.services.issuing.issued(here.company)
    here.services.issuing.revoke(here.company, issued[0].id, "A mistake")
    assert view(here).standing is not Standing.VERIFIED
    assert Standing.VERIFIED not in standings(here).values()


def test_a_correction_of_an_organization_is_signed_when_it_is_taken_over(here):
    answer(here, ask(here).secret, here.company, **correction(here, title="Picker"))
    assert not mine(here).credential
    here.asking.decide(here.pete, mine(here).id, accept=True)
    assert here.record.wallets.record(here.pete.person_id, mine(here).credential).title == "Picker"
    assert view(here).standing is Standing.VERIFIED


def test_when_signing_does_not_work_the_confirmation_stands_without_it(here, monkeypatch):
    def broken(*_args: Any, **_more: Any) -> bytes:
        raise OfferRefused("no key")

    monkeypatch.setattr("services.issuing.IssuingService.confirm", broken)
    assert not answer(here, ask(here).secret, here.company).signed
    assert mine(here).signed and not mine(here).credential
    assert view(here).standing is Standing.CONFIRMED


def test_the_inbox_is_for_organizations_and_for_what_was_sent_to_their_own_address(here):
    asked = ask(here, contact="elsewhere@company-a.example").confirmation
    assert here.answering.inbox(here.company) == ()
    for ask_for in (
        lambda who: here.answering.look_in(who, asked.id),
        lambda who: here.answering.answer_in(who, asked.id, Given(answer="confirm")),
    ):
        with pytest.raises(NoSuchRequest):
            ask_for(here.company)
        with pytest.raises(PermissionDenied):
            ask_for(here.maya)
        with pytest.raises(SignInNeeded):
            ask_for(VISITOR)
    for given in ("", "\x00", "0" * 32, "x" * 5000):
        with pytest.raises(NoSuchRequest):
            here.answering.look_in(here.company, given)


# Asking


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"organization": " \x00\u202e"}, "whom"),
        ({"organization": "x" * 201}, "whom"),
        ({"note": "x" * 501}, "500"),
        ({"contact": "office"}, "e-mail"),
        ({"contact": "a@b.example, c@d.example"}, "e-mail"),
        ({"contact": "a@b.example\r\nBcc: c@d.example"}, "e-mail"),
        ({"parts": ()}, "at least one"),
        ({"parts": ("everything", "document")}, "at least one"),
    ],
)
def test_a_request_that_cannot_be_kept_is_refused(here, more, words):
    with pytest.raises(AskRefused, match=words):
        ask(here, **more)
    assert here.asking.mine(here.pete) == () and here.post.sent == []


def test_only_one_s_own_record_that_nobody_signed_can_be_asked_about(here):
    for record in ("", "\x00", "0" * 32, "x" * 5000):
        with pytest.raises(NoSuchRequest):
            ask(here, record=record)
    with pytest.raises(NoSuchRequest):
        ask(here, who=here.maya)
    signed = here.record.wallets.add(
        here.pete.person_id, a_job(title="Badge", standing=Standing.VERIFIED, fingerprint="f" * 64)
    )
    with pytest.raises(AskRefused):
        ask(here, record=signed.id)
    assert [one.id for one in here.asking.askable(here.pete)] == [here.job.id]


def test_everything_about_a_request_is_its_person_s_alone(here):
    asked = ask(here).confirmation
    for verb in (
        lambda who, one: here.asking.another_link(who, one),
        lambda who, one: here.asking.withdraw(who, one),
        lambda who, one: here.asking.forget(who, one),
        lambda who, one: here.asking.decide(who, one, accept=True),
    ):
        for given in (asked.id, "", "\x00", "0" * 32):
            with pytest.raises(NoSuchRequest):
                verb(here.maya, given)
        with pytest.raises(SignInNeeded):
            verb(VISITOR, asked.id)
    assert here.asking.mine(here.maya) == () and here.asking.askable(here.maya) == ()
    with pytest.raises(SignInNeeded):
        here.asking.mine(VISITOR)


def test_a_double_click_asks_once_and_gives_the_same_link(here):
    with ThreadPoolExecutor(4) as clicks:
        passed = list(clicks.map(lambda _: ask(here, form="f" * 22, contact="x@y.example"), range(4)))
    assert len({one.confirmation.id for one in passed}) == len({one.secret for one in passed}) == 1
    assert len(here.asking.mine(here.pete)) == len(here.post.sent) == 1
    here.clock.advance(minutes=11)
    assert ask(here, form="f" * 22).secret == ""  # it was shown, and is not shown again


def test_a_form_of_one_s_own_making_gives_no_link_that_somebody_else_could_guess(here):
    other = here.record.wallets.add(here.maya.person_id, a_job())
    assert ask(here, form="f" * 22).secret != ask(here, who=here.maya, record=other.id, form="f" * 22).secret


def test_more_than_twenty_in_a_day_wait_for_tomorrow(here):
    for _ in range(20):
        ask(here)
    with pytest.raises(TooManyAsked):
        ask(here)
    here.clock.advance(days=1, seconds=1)
    ask(here)


# Mail


def test_the_link_is_sent_in_both_languages_with_nothing_but_a_name(here):
    passed = ask(here, contact="x@y.example", note="A private word", locale="es")
    ((to, subject, words),) = here.post.sent
    assert passed.mailed and to == "x@y.example"
    assert words.count(f"https://wallet.example.org/confirm/{passed.secret}") == 2
    assert "asks you to confirm" in words and "Pete" in words
    for private in ("Warehouse", "private word", "pete@", "2021"):
        assert private not in words + subject


def test_a_name_that_advertises_something_is_left_out_of_the_mail(here):
    crier = here.record.service.register("c@example.org", "Buy at www.spam.example/now", PASSWORD)
    job = here.record.wallets.add(crier.person_id, a_job())
    ask(here, who=crier, record=job.id, contact="x@y.example")
    assert "spam" not in here.post.sent[0][2] and "Somebody asks you" in here.post.sent[0][2]


def test_one_address_gets_three_mails_a_day_at_most_whoever_asks(here):
    other = here.record.wallets.add(here.maya.person_id, a_job())
    sent = [ask(here, contact="x@y.example").mailed for _ in range(2)]
    sent += [ask(here, who=here.maya, record=other.id, contact="x@y.example").mailed for _ in range(2)]
    assert sent == [True, True, True, False] and len(here.post.sent) == 3


def test_a_reminder_goes_out_once_a_week_and_the_first_link_stays_good(here):
    first = ask(here, contact="x@y.example")
    with pytest.raises(AskRefused, match="once a week"):
        here.asking.another_link(here.pete, first.confirmation.id)
    here.clock.advance(days=7)
    again = here.asking.another_link(here.pete, first.confirmation.id)
    assert again.mailed and again.secret != first.secret and len(here.post.sent) == 2
    for one in (first, again):
        here.answering.look(VISITOR, one.secret, HERE)
    answer(here, again.secret)
    with pytest.raises(LinkOver):
        answer(here, first.secret)
    with pytest.raises(TooLate):
        here.asking.another_link(here.pete, first.confirmation.id)


def test_without_mail_a_lost_link_is_made_anew_but_not_for_ever(here):
    asked = ask(here).confirmation
    for _ in range(9):
        assert here.asking.another_link(here.pete, asked.id).mailed is None
    with pytest.raises(AskRefused, match="many links"):
        here.asking.another_link(here.pete, asked.id)


def test_mail_that_fails_is_told_and_the_link_is_there_all_the_same(here):
    here.post.works = False
    passed = ask(here, contact="x@y.example")
    assert passed.mailed is False and passed.secret and not mine(here).mailed


def test_demo_people_send_no_mail(here):
    with here.record.database.session() as session:
        session.execute(text("UPDATE person SET demo = true WHERE name = 'Pete'"))
    demo = here.record.people.actor(here.pete.person_id)
    assert ask(here, who=demo, contact="x@y.example").mailed is None and here.post.sent == []


# What stays


def test_what_is_over_can_be_taken_out_of_the_list_and_a_confirmation_goes_with_it(here):
    passed = ask(here)
    with pytest.raises(TooLate):
        here.asking.forget(here.pete, passed.confirmation.id)
    answer(here, passed.secret)
    with pytest.raises(TooLate):
        here.asking.withdraw(here.pete, passed.confirmation.id)
    here.asking.forget(here.pete, passed.confirmation.id)
    assert here.asking.mine(here.pete) == () and view(here).standing is Standing.SELF_ASSERTED
    with pytest.raises(NoSuchLink):
        answer(here, passed.secret)


def test_requests_and_answers_go_with_the_wallet_and_with_the_account(here):
    ask(here)
    here.services.wallet_for(here.pete).empty("DELETE")
    assert here.asking.mine(here.pete) == ()
    here.record.wallets.add(here.pete.person_id, here.job)
    answer(here, ask(here).secret, here.company)
    here.record.people.delete(here.company.person_id)
    assert mine(here).by_organization == "Company A" and mine(here).signed
    here.record.people.delete(here.pete.person_id)
    with here.record.database.session() as session:
        assert session.execute(text("SELECT count(*) FROM confirmation")).scalar() == 0
        assert session.execute(text("SELECT count(*) FROM confirmation_link")).scalar() == 0


def test_a_visitor_may_answer_by_link_and_do_nothing_else(here):
    for verb in (
        lambda: here.asking.askable(VISITOR),
        lambda: ask(here, who=VISITOR),
        lambda: here.answering.inbox(VISITOR),
    ):
        with pytest.raises(PersonError) as refused:
            verb()
        assert refused.value.status == 401
