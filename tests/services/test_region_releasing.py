"""Counts released with noise: a budget spent once, bounded people, and noise of the size that is said."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.actor import VISITOR, Actor
from accounts.errors import ChangeRefused, PermissionDenied, SignInNeeded
from accounts.releases import ReleaseStore
from accounts.roles import PersonRole
from graph.bounded import bounded_counts
from services.container import Services
from services.noise import Noised, NoNoise, noised
from services.region_releasing import (
    EPSILONS,
    MOST_SKILLS,
    YEARLY,
    NoiseAway,
    NoSuchRelease,
    RegionReleasing,
)
from tests.people import SystemOfRecord
from tests.regions import COUNTY, STEVENS, RegionLabor, settle

FORMS = [f"{n:032x}" for n in range(20)]


class Scene:
    """An official of a county in which two hundred people are counted."""

    def __init__(self, folder: Path) -> None:
        self.record = SystemOfRecord.in_folder(folder)
        self.services = Services(self.record.database, RegionLabor, now=self.record.clock)
        settle(self.record, COUNTY.code, 120, "write reports", "drive trucks")
        settle(self.record, COUNTY.code, 80, "lift patients")
        settle(self.record, STEVENS.code, 5, "drive trucks")
        lee = self.record.person("Lee")
        self.official = Actor(str(lee.person_id), "Lee", frozenset({PersonRole.OFFICIAL}))


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    made = Scene(tmp_path)
    yield made
    made.services.close()
    made.record.close()


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 30)), unique=True, max_size=120), st.integers(1, 12)
)
def test_taking_one_person_out_changes_counts_by_what_is_said_at_the_most(
    held: list[tuple[int, int]], most: int
) -> None:
    owner, skill = (np.array([pair[n] for pair in held], dtype=int) for n in (0, 1))
    counts = bounded_counts(owner, skill, 31, most, np.random.default_rng(7))
    expected = sum(min(most, int((owner == one).sum())) for one in range(10))
    assert counts.sum() == expected
    for one in range(10):
        alone = bounded_counts(owner[owner == one], skill[owner == one], 31, most, np.random.default_rng(7))
        assert alone.max(initial=0) <= 1 and alone.sum() <= most


def test_noise_is_of_the_size_and_the_loss_that_are_said() -> None:
    found = noised([1000] * 3000, sensitivity=5, epsilon=1.0)
    off = np.abs(np.array(found.values) - 1000)
    assert found.epsilon == pytest.approx(1.0) and 0.93 < (off <= found.margin).mean() < 0.97
    assert off.mean() == pytest.approx(5.0, rel=0.15) and len(set(found.values)) > 20


def test_a_release_says_what_it_was_made_with_and_tells_no_count_under_eleven(scene: Scene) -> None:
    released = scene.services.region_releasing.release(scene.official, COUNTY.code, 1000, FORMS[0])
    said, rest = released.content.split("\n", 1)
    for part in ("epsilon=1.0", "delta=0", "sensitivity_l1=21", "opendp 0.16", "discrete Laplace"):
        assert part in said
    table = pd.read_csv(io.StringIO(rest))
    assert (table["count"].dropna() >= 11).all() and table["count"].isna().any()
    people = table["count"][0]
    assert abs(people - 200) < 10 * table.margin[0] and table.margin.nunique() == 1


def test_budget_is_spent_once_a_release_and_refused_when_it_is_spent(scene: Scene) -> None:
    drawn = []

    def noise(counts: list[int], sensitivity: int, epsilon: float) -> Noised:
        drawn.append((sensitivity, epsilon))
        return Noised(tuple(counts), epsilon, 1.0, "0")

    store = ReleaseStore(scene.record.database, scene.record.clock)
    desk = RegionReleasing(store, scene.services.region_releasing._bounded, scene.record.clock, noise)
    first = desk.release(scene.official, COUNTY.code, 1000, FORMS[0])
    # Reloaded, sent twice, or asked for with another choice: the same file, and nothing drawn.
    assert desk.release(scene.official, COUNTY.code, 1000, FORMS[0]) == first
    assert desk.released(scene.official, FORMS[0]) == first and drawn == [(MOST_SKILLS + 1, 1.0)]
    desk.release(scene.official, COUNTY.code, 500, FORMS[1])
    with pytest.raises(ChangeRefused):
        desk.release(scene.official, COUNTY.code, 1000, FORMS[2])
    assert desk.budget(scene.official, COUNTY.code).choices == (250, 500)
    desk.release(scene.official, COUNTY.code, 500, FORMS[3])
    assert desk.budget(scene.official, COUNTY.code).spent == YEARLY and len(drawn) == 3
    with pytest.raises(ChangeRefused):
        desk.release(scene.official, COUNTY.code, EPSILONS[0], FORMS[4])
    scene.record.clock.now = datetime(scene.record.clock.now.year + 1, 1, 1, tzinfo=UTC)
    assert desk.budget(scene.official, COUNTY.code).spent == 0


def test_where_no_noise_can_be_drawn_nothing_is_told_and_the_budget_is_spent(scene: Scene) -> None:
    def broken(counts: list[int], sensitivity: int, epsilon: float) -> Noised:
        raise NoNoise("away")

    store = ReleaseStore(scene.record.database, scene.record.clock)
    desk = RegionReleasing(store, scene.services.region_releasing._bounded, scene.record.clock, broken)
    with pytest.raises(NoiseAway):
        desk.release(scene.official, COUNTY.code, 250, FORMS[0])
    with pytest.raises(NoSuchRelease):
        desk.released(scene.official, FORMS[0])
    with pytest.raises(NoiseAway):
        desk.release(scene.official, COUNTY.code, 250, FORMS[0])
    assert store.spent(COUNTY.code) == 250


@pytest.mark.parametrize(
    ("county", "epsilon", "form"),
    [
        (STEVENS.code, 250, FORMS[0]),
        ("", 250, FORMS[0]),
        (COUNTY.code, 5000, FORMS[0]),
        (COUNTY.code, 250, "x"),
    ],
)
def test_what_cannot_be_released_is_said_and_spends_nothing(
    scene: Scene, county: str, epsilon: int, form: str
) -> None:
    with pytest.raises(ChangeRefused):
        scene.services.region_releasing.release(scene.official, county, epsilon, form)
    assert ReleaseStore(scene.record.database, scene.record.clock).spent(county) == 0


def test_nobody_else_releases_or_takes_one_out(scene: Scene) -> None:
    desk = scene.services.region_releasing
    for actor, problem in (
        (VISITOR, SignInNeeded),
        (Actor("x" * 32, "X", frozenset({PersonRole.ADMIN, PersonRole.COUNSELOR})), PermissionDenied),
        (Actor("x" * 32, "X", frozenset({PersonRole.OFFICIAL}), limited_to=frozenset()), PermissionDenied),
    ):
        for verb in (
            lambda actor=actor: desk.release(actor, COUNTY.code, 250, FORMS[0]),
            lambda actor=actor: desk.budget(actor, COUNTY.code),
            lambda actor=actor: desk.released(actor, FORMS[0]),
        ):
            with pytest.raises(problem):
                verb()
