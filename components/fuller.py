"""What more a page would show, were fuller releases loaded: one quiet note."""

from __future__ import annotations

from collections.abc import Iterable

from dash import html
from dash.development.base_component import Component

from graph.model import Source
from i18n import gettext as _


def what_more(sources: Iterable[Source], about: Iterable[str] | None = None) -> Component | None:
    """A note on what the releases that are not loaded would add; ``None`` where all are.

    Parameters
    ----------
    sources : iterable of Source
        What is loaded.
    about : iterable of str, optional
        Ids of the sources that matter on the page; all of them when not said.
    """
    loaded = {source.id for source in sources}
    wanted = None if about is None else set(about)
    missing = [
        words
        for ids, words in _additions()
        if not loaded.intersection(ids) and (wanted is None or wanted.intersection(ids))
    ]
    if not missing:
        return None
    return html.Details(
        [
            html.Summary(_("What more could stand here")),
            html.P(
                _("Whoever runs this installation can load more official data. It would add:"),
                className="hint",
            ),
            html.Ul([html.Li(words, className="hint") for words in missing]),
        ],
        className="fuller",
    )


def _additions() -> tuple[tuple[tuple[str, ...], str], ...]:
    """What each source adds; a state's own projections stand in for the nation's."""
    return (
        (
            ("onet_ratings",),
            _(
                "from a full O*NET release: essential and transferable skills, knowledge, software, usual "
                "education, job zone and interests of every role"
            ),
        ),
        (
            ("projections", "state_projections"),
            _("from employment projections: growth, yearly openings and what is typical to enter"),
        ),
        (("price_parities",), _("from regional price parities: wages set against local prices")),
        (("programs",), _("from a list of training providers: what teaches a missing skill")),
        (("moves",), _("from a table of observed moves: where people who left a job went")),
    )
