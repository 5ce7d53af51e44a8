"""What a page that advises does not know: said on the page itself, from the releases that are loaded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

from dash import html
from dash.development.base_component import Component

from graph.model import Source
from i18n import gettext as _


class Shows(StrEnum):
    """What a page rests its advice on; each has limits of its own."""

    MATCH = "match"
    MARKET = "market"
    OUTLOOK = "outlook"
    MOVES = "moves"
    PROGRAMS = "programs"
    INTERESTS = "interests"
    PRICES = "prices"


USUAL = (Shows.MATCH, Shows.MARKET)


def limits(
    sources: Iterable[Source], shows: Collection[Shows] = USUAL, more: Collection[str] = ()
) -> Component:
    """A quiet disclosure: "What this does not know".

    Parameters
    ----------
    sources : iterable of Source
        The releases that are loaded; what is said names them, and what none of them is about is left out.
    shows : collection of Shows, optional
        What the page rests on.
    more : collection of str, optional
        Limits of this page alone, in the reader's language.

    Returns
    -------
    Component
        A ``details`` element; closed until asked for.
    """
    said = [_nothing_personal(), *more]
    loaded = {source.id: source for source in sources}
    for about in Shows:
        if about in shows:
            said += _LIMITS[about](loaded)
    return html.Details(
        [html.Summary(_("What this does not know")), html.Ul([html.Li(words) for words in said])],
        className="limits",
    )


def _nothing_personal() -> str:
    return _(
        "It does not predict anything about you. It compares the skills in a record with what is published"
        " about a role; whether you would be hired, do well or like the work, it does not know."
    )


def _match(loaded: Mapping[str, Source]) -> list[str]:
    said = [
        _("It does not know skills that no record of yours names, and what your records leave out."),
        _(
            "What a role requires is described for the whole nation. An employer here may ask for more, for"
            " less or for something else; licences, background checks and what a job pays with experience"
            " are not part of it."
        ),
    ]
    if "onet_tasks" in loaded:
        said.append(
            _(
                "Each role's skills were linked to the tasks of O*NET %(release)s by likeness of words and"
                " by reading, by people who do not work in these trades. O*NET asks about an occupation only"
                " every few years, so some tasks are more than ten years old. A square can be wrong; where"
                " it opens you can say so.",
                release=loaded["onet_tasks"].release,
            )
        )
    if "onet_ratings" in loaded:
        said.append(
            _(
                "O*NET %(release)s rates general skills, knowledge and activities by asking workers and"
                " analysts, for some occupations more than ten years ago. These are averages with a margin"
                " of error, which the range around a match takes in.",
                release=loaded["onet_ratings"].release,
            )
        )
    else:
        said.append(
            _(
                "General skills, knowledge, software, education and interests are not compared: the release"
                " that rates them is not loaded here."
            )
        )
    return said


def _market(loaded: Mapping[str, Source]) -> list[str]:
    if "oews" not in loaded:
        return []
    return [
        _(
            "Jobs and wages (%(release)s) are estimates from a survey of employers over three years. They"
            " count jobs that exist, not vacancies, and leave out the self-employed. Roles that the survey"
            " counts as one occupation have the same figures.",
            release=loaded["oews"].release,
        )
    ]


def _outlook(loaded: Mapping[str, Source]) -> list[str]:
    releases = [loaded[i].release for i in ("projections", "state_projections") if i in loaded]
    if not releases:
        return []
    return [
        _(
            "Projections (%(release)s) assume that the economy goes on as usual; recessions and inventions"
            " are not in them.",
            release=", ".join(dict.fromkeys(releases)),
        )
    ]


def _moves(loaded: Mapping[str, Source]) -> list[str]:
    said = [
        _(
            "How people move between jobs is a model of what the whole nation did in earlier years, fitted"
            " to broad groups of occupations. It says what was common, not what is possible for you."
        )
    ]
    if "moves" in loaded:
        said.append(
            _(
                "Moves that were counted (%(release)s) are of those who were counted, not of everybody.",
                release=loaded["moves"].release,
            )
        )
    return said


def _programs(loaded: Mapping[str, Source]) -> list[str]:
    if "programs" not in loaded:
        return []
    return [
        _(
            "Programs come from a list (%(release)s); what else teaches a skill is not known, and outcomes"
            " are those of people who went before you, as the providers report them.",
            release=loaded["programs"].release,
        )
    ]


def _interests(loaded: Mapping[str, Source]) -> list[str]:
    if "onet_ratings" not in loaded:
        return []
    return [
        _(
            "Interests say what people in a role do a great deal of, not what you are good at. A few answers"
            " are a beginning of a conversation, not a test."
        )
    ]


def _prices(loaded: Mapping[str, Source]) -> list[str]:
    if "price_parities" not in loaded:
        return []
    return [
        _(
            "Price levels (%(release)s) are of a whole area and of average spending; your rent may be far"
            " from it.",
            release=loaded["price_parities"].release,
        )
    ]


_LIMITS = {
    Shows.MATCH: _match,
    Shows.MARKET: _market,
    Shows.OUTLOOK: _outlook,
    Shows.MOVES: _moves,
    Shows.PROGRAMS: _programs,
    Shows.INTERESTS: _interests,
    Shows.PRICES: _prices,
}
