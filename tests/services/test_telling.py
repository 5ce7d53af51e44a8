"""People are told in time: in the product, and by mail that says nothing about anybody."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from accounts.actor import VISITOR
from accounts.errors import PermissionDenied, SignInNeeded
from accounts.roles import PersonRole
from accounts.store import NewPerson
from components.news_view import news_words
from graph.model import NewsKind, PlanContent, PlanStep, Signature, Standing
from i18n import use_locale
from services.container import Services
from services.news import NoSuchNews, NoSuchStop
from services.sharing import Wish
from tests.careers import SmallLabor
from tests.people import PASSWORD, SystemOfRecord
from tests.services.posting_scene import LIFT, Scene, a_record
from tools.bootstrap import compile_translations

EVERY = timedelta(hours=1)
DAY = timedelta(days=1)
KINDS = frozenset(NewsKind)


class Post:
    """A mail server that keeps what it is given."""

    configured = True

    def __init__(self) -> None:
        self.sent: list[SimpleNamespace] = []
        self.works = True

    def send(self, to: str, subject: str, text: str, *, stop: str = "") -> bool:
        if self.works:
            self.sent.append(SimpleNamespace(to=to, subject=subject, text=text, stop=stop))
        return self.works


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A system of record with all its tables and nobody in it."""
    compile_translations()
    folder = tmp_path_factory.mktemp("migrated")
    SystemOfRecord.in_folder(folder).close()
    return folder / "waymark.sqlite"


@pytest.fixture
def here(tmp_path: Path, migrated: Path) -> Iterator[SimpleNamespace]:
    shutil.copy(migrated, tmp_path)
    record, post = SystemOfRecord.in_folder(tmp_path), Post()
    # What happens to records is told at the hour it is.
    record.clock.now = datetime.now(UTC)
    services = Services(
        record.database,
        SmallLabor,
        people=record.service,
        now=record.clock,
        mail=post,
        today=lambda: record.clock().date(),
        public_url="https://waymark.example.org",
        secret_key="a key of sixteen letters",
    )
    pete = record.person("Pete")
    yield SimpleNamespace(record=record, services=services, post=post, clock=record.clock, pete=pete)
    services.close()
    record.close()


def told(here: SimpleNamespace, who: object = None) -> list[str]:
    return [news_words(one) for one in here.services.news.mine(who or here.pete)]


def hold(here: SimpleNamespace, title: str, days: int, **more: object) -> str:
    expires = here.clock().date() + timedelta(days=days)
    record = replace(a_record(title, Standing.VERIFIED, LIFT), expires_on=expires, **more)
    return here.record.wallets.add(here.pete.person_id, record).id


def test_a_record_that_ends_is_told_at_60_30_and_7_days_and_once_each(here: SimpleNamespace) -> None:
    hold(here, "Forklift", 61)
    hold(here, "Set aside", 20, hidden=True)
    said = []
    for passed in (0, 1, 14, 15, 1, 22, 1, 7, 1):  # Until one day after its last.
        here.clock.advance(days=passed)
        here.services.tell(EVERY)
        here.services.tell(EVERY)
        said += [one.values["within"] for one in here.services.news.mine(here.pete)]
        here.services.news.dismiss(here.pete)
    assert said == ["60", "30", "7"]


def test_what_ends_sooner_takes_the_place_of_what_was_told_before(here: SimpleNamespace) -> None:
    hold(here, "Forklift", 31)
    here.services.tell(EVERY)
    here.clock.advance(days=1)
    here.services.tell(EVERY)
    (one,) = here.services.news.mine(here.pete)
    assert (one.values["within"], one.kind) == ("30", NewsKind.EXPIRING)
    with use_locale("es"):
        assert "30" in news_words(one) and "Forklift" in news_words(one)


def test_an_opening_and_the_end_of_a_link_are_told_to_who_shares_it(here: SimpleNamespace) -> None:
    hold(here, "Forklift", 400)
    last = here.clock().date() + timedelta(days=10)
    made = here.services.sharing.make(here.pete, Wish((LIFT.uri,), (), "A course", last, 2))
    here.services.opening.open(here.pete, made.secret, "198.51.100.1")
    assert told(here) == []  # One's own look is no news.
    here.services.opening.open(VISITOR, made.secret, "198.51.100.1")
    (opened,) = told(here)
    assert "A course" in opened and "for the last time" in opened
    here.clock.advance(days=8, hours=1)
    here.services.tell(EVERY)
    assert any("good until" in one for one in told(here))


def test_a_plan_is_told_a_week_before_its_day(here: SimpleNamespace) -> None:
    due = here.clock().date() + timedelta(days=8)
    here.services.plans.keep(here.pete, "Evening course", [LIFT.id], due_on=due)
    here.services.tell(EVERY)
    assert told(here) == []
    here.clock.advance(days=1)
    here.services.tell(EVERY)
    assert ["Evening course" in one for one in told(here)] == [True]


def test_a_follow_up_and_a_review_are_told_to_who_advises_until_they_are_done(here: SimpleNamespace) -> None:
    services, pete = here.services, here.pete
    dana, olga = map(here.record.person, ("Dana", "Olga"))
    for who in (dana, olga):
        here.record.people.grant_roles(who.person_id, {PersonRole.COUNSELOR})
    dana = here.record.people.actor(dana.person_id)
    given = [
        services.consents.let_counselor(
            pete, str(who.person_id), ends_at=None, actions=frozenset({"plans.change"})
        )
        for who in (dana, olga)
    ]
    store, person = services._employment_plans, str(pete.person_id)
    today = here.clock().date()
    said = PlanContent("43-5071.00", "Clerks", steps=(PlanStep("", "Enrol"),), reviews=(today + 40 * DAY,))
    plan = store.keep(person, (str(dana.person_id), "Dana"), said)
    number = store.freeze(person, plan.draft, "Dana")
    for part in ("client", "counselor"):
        store.sign(person, number, Signature("", part, part, here.clock(), said.digest))
    services._telling.look_at_calendars()
    assert told(here, dana) == told(here) == []
    here.clock.advance(days=35)
    services.consents.withdraw(pete, given[1].id)
    for _twice in range(2):
        services._telling.look_at_calendars()
    due, again = sorted(told(here, dana))
    assert "30 days after a client's plan was signed" in due and "plan of a client" in again
    assert told(here, olga) == [] and "Pete" not in due + again
    assert [one for one in told(here) if "look at your plan again" in one]
    services.employment_plans.follow_up(dana, person, 30, "training", "")
    services._telling.look_at_calendars()
    assert told(here, dana) == [again]


def test_a_step_of_an_employment_plan_is_told_a_week_before_its_day_unless_it_is_done(
    here: SimpleNamespace,
) -> None:
    counselor = here.record.person("Dana")
    here.record.people.grant_roles(counselor.person_id, {PersonRole.COUNSELOR})
    counselor = here.record.people.actor(counselor.person_id)
    here.services.consents.let_counselor(
        here.pete, counselor.person_id, ends_at=None, actions=frozenset({"plans.change"})
    )
    today, plans = here.clock().date(), here.services.employment_plans
    for what, due in (("Visit Company-A", 8), ("Call Company-B", 6), ("Rest", None)):
        day = None if due is None else today + timedelta(days=due)
        plan = plans.add_step(counselor, here.pete.person_id, PlanStep("", what, "Pete", day))
    plans.tick_mine(here.pete, plan.draft.steps[1].id, done=True)
    here.services.tell(EVERY)
    assert told(here) == []
    here.clock.advance(days=1)
    here.services.tell(EVERY)
    here.clock.advance(days=1)
    here.services.tell(EVERY)
    (one,) = here.services.news.mine(here.pete)
    assert "Visit Company-A" in news_words(one) and str(today.year) in news_words(one)
    assert (one.kind, one.path) == (NewsKind.PLAN, "/plan#steps")
    with use_locale("es"):
        assert "paso de su plan" in news_words(one)
    assert told(here, counselor) == []


def test_an_organization_is_told_that_it_is_asked_until_it_answered(here: SimpleNamespace) -> None:
    company = here.record.person("Company-A")
    here.record.people.grant_roles(company.person_id, {PersonRole.EMPLOYER})
    company = here.record.people.actor(company.person_id)
    job = here.record.wallets.add(here.pete.person_id, a_record("Ward clerk", Standing.SELF_ASSERTED, LIFT))
    asked = here.services.confirmations.ask(
        here.pete, job.id, organization="Company-A", contact="company-a@example.org", parts=("title",)
    )
    assert ["Pete" in one for one in told(here, company)] == [True]
    here.services.confirmations.withdraw(here.pete, asked.confirmation.id)
    assert told(here, company) == []


def test_new_is_what_came_since_the_last_look(here: SimpleNamespace) -> None:
    news = here.services.news
    hold(here, "Forklift", 6)
    here.services.tell(EVERY)
    assert news.new(here.pete) == 1
    here.clock.advance(minutes=1)
    news.looked(here.pete)
    assert (news.new(here.pete), len(news.mine(here.pete))) == (0, 1)
    news.choose(here.pete, here=KINDS - {NewsKind.EXPIRING}, by_mail=KINDS)
    assert news.mine(here.pete) == ()


def test_a_mail_says_of_what_kind_it_is_and_names_nobody(here: SimpleNamespace) -> None:
    here.record.people.set_locale(here.pete.person_id, "es")
    hold(here, "Carretilla", 6)
    here.services.tell(EVERY)
    (mail,) = here.post.sent
    assert mail.to == "pete@example.org"
    assert "vence" in mail.text and "https://waymark.example.org/notifications" in mail.text
    for words in ("Carretilla", "Pete", "pete@", "Inland", "Technical"):
        assert words not in mail.text + mail.subject
    here.services.tell(EVERY)
    assert len(here.post.sent) == 1


def test_nobody_is_written_to_more_than_once_an_hour(here: SimpleNamespace) -> None:
    hold(here, "Forklift", 6)
    here.services.tell(EVERY)
    hold(here, "First aid", 6)
    here.clock.advance(minutes=30)
    here.services.tell(EVERY)
    assert len(here.post.sent) == 1
    here.clock.advance(minutes=31)
    here.services.tell(EVERY)
    assert len(here.post.sent) == 2


def test_what_the_server_did_not_take_is_tried_again(here: SimpleNamespace) -> None:
    hold(here, "Forklift", 6)
    here.post.works = False
    assert here.services.tell(EVERY) == (1, 0)
    here.post.works = True
    here.clock.advance(minutes=61)
    assert here.services.tell(EVERY) == (1, 1)


def test_mail_is_not_sent_about_what_was_left_out(here: SimpleNamespace) -> None:
    here.services.news.choose(here.pete, here=KINDS, by_mail=KINDS - {NewsKind.EXPIRING})
    hold(here, "Forklift", 6)
    here.services.tell(EVERY)
    # Chosen again later, what is past stays unsent.
    here.services.news.choose(here.pete, here=KINDS, by_mail=KINDS)
    here.clock.advance(hours=2)
    here.services.tell(EVERY)
    assert here.post.sent == [] and len(told(here)) == 1


def test_nobody_writes_to_a_demo_person_whose_password_is_published(here: SimpleNamespace) -> None:
    new = NewPerson("maya@demo.example", "Maya", "", frozenset({PersonRole.LEARNER}), demo=True)
    maya = here.record.people.add(new)
    here.services._news.tell(maya.person_id, "a", "Something happened.")
    assert here.services.tell(EVERY) == (0, 0) and here.post.sent == []


def test_the_link_in_a_mail_stops_them_and_another_does_not(here: SimpleNamespace) -> None:
    hold(here, "Forklift", 6)
    here.services.tell(EVERY)
    token = here.post.sent[0].stop.rpartition("/")[2]
    for wrong in ("", "x", token[:-1], token.replace(here.pete.person_id, "0" * 32), token + "é"):
        with pytest.raises(NoSuchStop):
            here.services.news.stop(wrong)
    here.services.news.stop(token)
    assert here.services.news.choices(here.pete).not_by_mail == KINDS
    assert here.services.news.choices(here.pete).not_here == frozenset()
    here.clock.advance(days=1)
    hold(here, "First aid", 6)
    here.services.tell(EVERY)
    assert len(here.post.sent) == 1


def test_news_are_of_their_person_alone(here: SimpleNamespace) -> None:
    maya = here.record.service.register("maya@example.org", "Maya", PASSWORD)
    hold(here, "Forklift", 6)
    here.services.tell(EVERY)
    (one,) = here.services.news.mine(here.pete)
    with pytest.raises(NoSuchNews):
        here.services.news.dismiss(maya, one.id)
    assert len(told(here)) == 1 and told(here, maya) == []
    for verb in ("mine", "looked", "dismiss", "choices"):
        with pytest.raises((SignInNeeded, PermissionDenied)):
            getattr(here.services.news, verb)(VISITOR)


def test_an_employer_hears_that_somebody_applied_and_not_who(tmp_path: Path) -> None:
    scene = Scene.in_folder(tmp_path)
    sent = scene.apply()
    (one,) = scene.services.news.mine(scene.company)
    assert re.search("Somebody applied to “Ward assistant”", news_words(one))
    assert "Pete" not in repr(one) and scene.pete.person_id not in repr(one)
    scene.open(sent)
    assert ["Company-B looked at" in news_words(one) for one in scene.services.news.mine(scene.pete)] == [
        True
    ]
    scene.end()
