"""Holders of every skill of a county, released with noise: differential privacy with a budget.

What one person adds to a release is bounded (``MOST_SKILLS`` skills, drawn by lot, and the number of people),
and noise is set against that. A release spends its epsilon before noise is drawn, and is kept: whoever
asks for it again is given the same file.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from accounts.actor import Actor
from accounts.errors import ChangeRefused, PersonError
from accounts.errors import marked as _
from accounts.permissions import Action, require
from accounts.releases import Release, ReleaseStore
from graph.model import FEWEST_TOLD, Skill
from services.noise import Noised, NoNoise, noised

MOST_SKILLS = 20
"""Skills that one person counts in."""

EPSILONS = (250, 500, 1000)
"""What a release may spend, in thousandths."""

YEARLY = 2000
"""What the releases of one county may spend in a calendar year (UTC), together, in thousandths."""

WHOLE = 1000
MECHANISM = "discrete Laplace (opendp.measurements.make_laplace)"


class NoSuchRelease(PersonError):  # noqa: N818 - named as it is shown
    """There was never such a release, or nothing came of it."""

    status = 404


class NoiseAway(PersonError):  # noqa: N818 - named as it is shown
    """The mechanism did not answer. What was to be spent is spent."""

    status = 503


@dataclass(frozen=True, eq=False, slots=True)
class Bounded:
    """People of a county and holders of each skill, exact, with what one person adds bounded.

    ``invented`` where people of the demonstration population are among them.
    """

    people: int
    holders: np.ndarray
    skills: tuple[Skill, ...]
    invented: bool


@dataclass(frozen=True, slots=True)
class Budget:
    """Releases of a county, and what is spent this year of how much, in thousandths."""

    releases: tuple[Release, ...]
    spent: int
    total: int = YEARLY

    @property
    def choices(self) -> tuple[int, ...]:
        """What another release can spend."""
        return tuple(one for one in EPSILONS if self.spent + one <= self.total)


class RegionReleasing:
    """The verbs about releases with noise, each asking permission first.

    Parameters
    ----------
    releases : ReleaseStore
    bounded : callable
        Gives the counts of a county, ``None`` where so few are counted that nothing is told of them.
    now : callable
        The clock.
    noise : callable
        The mechanism; a test gives another.
    """

    def __init__(
        self,
        releases: ReleaseStore,
        bounded: Callable[[str, int], Bounded | None],
        now: Callable[[], datetime],
        noise: Callable[[list[int], int, float], Noised] = noised,
    ) -> None:
        self._releases = releases
        self._bounded = bounded
        self._now = now
        self._noise = noise

    def budget(self, actor: Actor, county: str) -> Budget:
        """Return what was released of a county, and what is spent."""
        require(actor, Action.COUNTY_READ)
        done = tuple(one for one in self._releases.of(county) if one.content)
        return Budget(done, self._releases.spent(county))

    def release(self, actor: Actor, county: str, epsilon: int, release_id: str) -> Release:
        """Spend budget and release; asked for again with the same id, the same release.

        Parameters
        ----------
        epsilon : int
            In thousandths, one of ``EPSILONS``.
        release_id : str
            Of the form that asks for it.

        Raises
        ------
        ChangeRefused
            If there is no such choice, not as much budget is left, or too few people are counted.
        NoiseAway
        """
        require(actor, Action.COUNTY_RELEASE)
        if epsilon not in EPSILONS or len(release_id) != 32 or not release_id.isalnum():
            raise ChangeRefused(_("Choose how much of the budget to spend."))
        there = self._releases.get(release_id)
        if there is not None and there.content:
            return there
        if there is not None:
            raise NoiseAway(_("Nothing came of this release. Begin another; its budget is spent."))
        counts = self._bounded(county, MOST_SKILLS)
        if counts is None:
            raise ChangeRefused(_("Too few people of this county are counted to release anything of them."))
        if not self._releases.spend(release_id, county, str(actor.person_id), epsilon, YEARLY):
            raise ChangeRefused(
                _("Not as much of this year's budget is left. It is renewed on the first of January.")
            )
        sensitivity = MOST_SKILLS + 1
        try:
            drawn = self._noise([counts.people, *counts.holders.tolist()], sensitivity, epsilon / WHOLE)
        except NoNoise as problem:
            raise NoiseAway(_("The noise could not be drawn. Try again with another release.")) from problem
        self._releases.fill(release_id, self._file(county, counts, drawn, epsilon))
        return self.released(actor, release_id)

    def released(self, actor: Actor, release_id: str) -> Release:
        """Return a release.

        Raises
        ------
        NoSuchRelease
        """
        require(actor, Action.COUNTY_READ)
        found = self._releases.get(release_id)
        if found is None or not found.content:
            raise NoSuchRelease(_("There is no such release."))
        return found

    def _file(self, county: str, counts: Bounded, drawn: Noised, epsilon: int) -> str:
        said = {
            "county": county,
            "made_on": self._now().date().isoformat(),
            "mechanism": MECHANISM,
            "library": f"opendp {drawn.version}",
            "epsilon": epsilon / WHOLE,
            "delta": 0,
            "skills_a_person_counts_in": MOST_SKILLS,
            "sensitivity_l1": MOST_SKILLS + 1,
            "epsilon_a_year": YEARLY / WHOLE,
            "margin": "95 of 100 counts lie within it of the bounded one",
            "count": f"people with noise; empty where under {FEWEST_TOLD}",
            "invented_people": str(counts.invented).lower(),
        }
        text = io.StringIO()
        text.write("# " + "; ".join(f"{name}={value}" for name, value in said.items()) + "\n")
        writer = csv.writer(text)
        writer.writerow(("skill", "uri", "count", "margin"))
        names = [("(people counted)", ""), *((one.name, one.uri) for one in counts.skills)]
        writer.writerows(
            (name, uri, value if value >= FEWEST_TOLD else "", round(drawn.margin))
            for (name, uri), value in zip(names, drawn.values, strict=True)
        )
        return text.getvalue()
