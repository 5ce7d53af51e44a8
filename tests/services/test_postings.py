"""Posting a role: from a role, from skills, from a description; and what is refused in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from accounts.actor import VISITOR
from accounts.errors import PermissionDenied, SignInNeeded
from graph.model import Posting
from services.deconstruct import deconstruct
from services.errors import RoleNotFound, RolesAway
from services.postings import LONGEST_TEXT, MOST_WANTED, Asked, NoSuchPosting, PostingRefused
from tests.careers import NURSE
from tests.services.posting_scene import DRIVE, LIFT, WRITE, Scene
from wallet.link import Linked


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Scene]:
    scene = Scene.in_folder(tmp_path)
    yield scene
    scene.end()


class Reads:
    """A linker that finds what a sentence names."""

    def link(self, sentence: str, limit: int) -> tuple[Any, ...]:
        known = (LIFT, WRITE, DRIVE)
        return tuple(
            Linked(one.name, one.uri, "esco", "skill", 0.9, one.name)
            for one in known
            if one.name in sentence.casefold()
        )[:limit]


def test_a_role_s_requirements_are_the_beginning_of_a_posting(here: Scene):
    made = here.services.postings.from_role(here.company, NURSE.code)
    assert made.title == NURSE.title and made.state_on(here.clock().date()) == "draft"
    assert {one.label for one in made.wanted} == {one.skill.name for one in NURSE.requirements}
    assert max(one.importance for one in made.wanted) == 1.0
    with pytest.raises(RoleNotFound):
        here.services.postings.from_role(here.company, "99-9999.00")


def test_what_an_employer_chose_is_kept_and_published(here: Scene):
    posting = here.posting
    assert [(one.label, one.must, one.preferred) for one in posting.wanted] == [
        (LIFT.name, True, False),
        (WRITE.name, False, False),
        (DRIVE.name, False, True),
    ]
    assert (posting.wage_low, posting.wage_high, posting.owner_name) == (20, 24, "Company-B")
    assert [one.id for one in here.services.postings.open(here.pete)] == [posting.id]


def test_a_description_is_taken_apart_into_required_and_preferred(here: Scene):
    text = "Requirements\n- Must lift patients\n- write reports\nNice to have:\n- drive trucks\nBenefits:\nx"
    found = {one.label: one for one in deconstruct(Reads(), text)}
    assert found[LIFT.name].must and not found[LIFT.name].preferred
    assert not found[WRITE.name].must and not found[WRITE.name].preferred
    assert found[DRIVE.name].preferred
    assert found[LIFT.name].words == "Must lift patients"


def test_scripts_are_not_read_and_other_languages_are_fine(here: Scene):
    assert deconstruct(Reads(), "<script>lift patients</script>") == ()
    assert [one.label for one in deconstruct(Reads(), "<ul><li>lift patients</li></ul>")] == [LIFT.name]
    assert deconstruct(Reads(), "倉庫作業員を募集しています。") == ()
    assert [one.preferred for one in deconstruct(Reads(), "Deseable:\n- drive trucks")] == [True]


def test_sentences_that_may_be_unlawful_ask_for_no_skill(here: Scene):
    assert deconstruct(Reads(), "Men only who lift patients.") == ()


def test_without_the_index_a_description_waits(here: Scene):
    with pytest.raises(RolesAway):
        here.services.postings.from_text(here.company, "Ward assistant", "Lift patients.")


@pytest.mark.parametrize("text", ["", "   \n ", "x" * 1_000_000, "x" * (LONGEST_TEXT + 1)])
def test_a_megabyte_of_text_or_none_is_refused_in_words(here: Scene, text: str):
    before = len(here.services.postings.mine(here.company))
    with pytest.raises(PostingRefused) as refused:
        here.services.postings.from_text(here.company, "Ward assistant", text)
    assert refused.value.status == 422 and str(refused.value)
    assert len(here.services.postings.mine(here.company)) == before


@pytest.mark.parametrize(
    ("terms", "asked"),
    [
        ({"title": " "}, ()),
        ({"title": "x" * 121}, ()),
        ({"wage_low": -1}, ()),
        ({"wage_low": float("nan")}, ()),
        ({"wage_low": 30, "wage_high": 20}, ()),
        ({"wage_per": "month"}, ()),
        ({"area_code": "99999"}, ()),
        ({"description": "x" * 1_000_000}, ()),
        ({}, (Asked("http://example.org/none"),)),
        ({}, (Asked(LIFT.uri, level=7),)),
        ({}, tuple(Asked(LIFT.uri) for _ in range(MOST_WANTED + 1))),
    ],
)
def test_terms_that_make_no_sense_change_nothing(
    here: Scene, terms: dict[str, Any], asked: tuple[Asked, ...]
):
    draft = here.services.postings.from_skills(here.company, "Draft")
    with pytest.raises(PostingRefused):
        here.services.postings.change(here.company, draft.id, here.terms(**terms), asked)
    assert here.services.postings.own(here.company, draft.id) == draft


def test_a_last_day_is_between_today_and_a_year_from_now(here: Scene):
    draft = here.services.postings.from_skills(here.company, "Draft")
    for days in (-1, 400):
        day = here.clock().date() + timedelta(days=days)
        with pytest.raises(PostingRefused):
            here.services.postings.change(here.company, draft.id, here.terms(last_day=day), ())


def test_unlawful_wording_is_told_and_never_published_silently(here: Scene):
    postings = here.services.postings
    draft = postings.from_skills(here.company, "Draft")
    unlawful = here.terms(description="Men only, under 35. U.S. citizens only.")
    changed = postings.change(here.company, draft.id, unlawful, (Asked(LIFT.uri),))
    assert {str(one.ground) for one in postings.concerns(changed)} >= {"age", "sex", "nationality"}
    with pytest.raises(PostingRefused):
        postings.publish(here.company, draft.id)
    assert postings.own(here.company, draft.id).published_at is None
    postings.publish(here.company, draft.id, read_warnings=True)
    assert postings.own(here.company, draft.id).warned


def test_a_posting_that_asks_for_nothing_is_not_published(here: Scene):
    draft = here.services.postings.from_skills(here.company, "Draft")
    with pytest.raises(PostingRefused):
        here.services.postings.publish(here.company, draft.id)


def test_an_open_posting_is_closed_before_it_is_changed(here: Scene):
    with pytest.raises(PostingRefused):
        here.services.postings.change(here.company, here.posting.id, here.terms(), ())
    here.services.postings.close(here.company, here.posting.id)
    changed = here.services.postings.change(here.company, here.posting.id, here.terms(title="Other"), ())
    assert changed.title == "Other"


def test_a_draft_or_a_past_posting_is_seen_by_nobody_else(here: Scene):
    postings = here.services.postings
    draft = postings.from_skills(here.company, "Draft")
    with pytest.raises(NoSuchPosting):
        postings.seen(here.pete, draft.id)
    here.clock.advance(days=40)
    assert postings.open(here.pete) == ()
    with pytest.raises(NoSuchPosting):
        postings.seen(here.pete, here.posting.id)
    assert postings.seen(here.company, here.posting.id).id == here.posting.id


def test_another_employer_s_posting_is_not_there(here: Scene):
    postings, theirs = here.services.postings, here.posting.id
    for tried in (
        lambda: postings.own(here.other, theirs),
        lambda: postings.change(here.other, theirs, here.terms(), ()),
        lambda: postings.publish(here.other, theirs),
        lambda: postings.close(here.other, theirs),
        lambda: postings.remove(here.other, theirs),
        lambda: here.services.applications.received(here.other, theirs),
        lambda: here.services.applications.table(here.other, theirs),
        lambda: here.services.applications.compare(here.other, theirs, ()),
        lambda: postings.own(here.company, "0" * 32),
        lambda: postings.own(here.company, "x" * 5000),
    ):
        with pytest.raises(NoSuchPosting):
            tried()


def test_only_employers_post(here: Scene):
    for who, error in ((here.pete, PermissionDenied), (VISITOR, SignInNeeded)):
        for tried in (
            lambda who=who: here.services.postings.mine(who),
            lambda who=who: here.services.postings.from_skills(who, "Mine"),
            lambda who=who: here.services.postings.from_text(who, "Mine", "words"),
            lambda who=who: here.services.postings.from_role(who, NURSE.code),
            lambda who=who: here.services.postings.own(who, here.posting.id),
            lambda who=who: here.services.applications.received(who, here.posting.id),
            lambda who=who: here.services.applications.open(who, here.posting.id),
            lambda who=who: here.services.applications.move_forward(who, here.posting.id),
        ):
            with pytest.raises(error):
                tried()


def test_a_posting_that_is_deleted_takes_its_consents_along(here: Scene):
    here.apply()
    here.services.postings.remove(here.company, here.posting.id)
    assert here.services.applying.mine(here.pete) == ()
    assert here.record.consents.live(here.pete.person_id) == ()


def test_the_state_of_a_posting_follows_its_days(here: Scene):
    posting: Posting = here.posting
    assert posting.state_on(posting.last_day) == "open"
    assert posting.state_on(posting.last_day + timedelta(days=1)) == "ended"
