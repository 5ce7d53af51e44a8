"""What stands between a wallet and a role, and the terms of the sum behind each square."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import Holding, Match, Relation, Square, SquareState


@dataclass(frozen=True, slots=True)
class Terms:
    """Why a square weighs what it weighs; words are made of it elsewhere.

    Attributes
    ----------
    weight : float
        Share of the role, 0-1.
    coverage : float
        0-1.
    adds, lacks : float
        What the square adds to the score, ``weight * coverage``, and what it leaves open,
        ``weight * (1 - coverage)``.
    best : Holding or None
        The holding that covers it, and ``relation``, how its skill stands to the required one.
    proven : bool
        Whether verified and confirmed holdings alone cover as much.
    level_held, level_required : float or None
        0-1, where known.
    """

    weight: float
    coverage: float
    adds: float
    lacks: float
    best: Holding | None
    relation: Relation | None
    proven: bool
    level_held: float | None
    level_required: float | None


def gap(match: Match) -> tuple[Square, ...]:
    r"""What is partial or missing, what would help most first.

    Ordered by :math:`w_i (1 - c_i)`: what gaining the skill in full would add to the score.
    Hidden requirements are left out.

    Parameters
    ----------
    match : Match
        With its squares.

    Returns
    -------
    tuple of Square
        Ties by the skill's name, then its id.

    Raises
    ------
    ValueError
        If the match came from a list and has no squares.

    Examples
    --------
    >>> from graph.build import build
    >>> from graph.match import match
    >>> from graph.model import JobFamily, Requirement, Role, Skill, Wallet
    >>> weld, read = (Skill(f"esco:{n}", n, f"https://example.org/{n}", "esco", "skill")
    ...               for n in ("weld metal", "read drawings"))
    >>> welder = Role("51-4121.00", "Welders", JobFamily("51", "Production"), requirements=(
    ...     Requirement(read, 0.25), Requirement(weld, 0.75)))
    >>> [s.requirement.skill.name for s in gap(match(build([welder]), Wallet("w"), "51-4121.00"))]
    ['weld metal', 'read drawings']
    """
    if match.required and not match.squares:
        raise ValueError("A match from a list has no squares: match the role by itself first.")
    open_squares = (s for s in match.squares if not s.hidden and s.state is not SquareState.MATCHED)
    return tuple(
        sorted(
            open_squares,
            key=lambda s: (-s.weight * (1 - s.coverage), s.requirement.skill.name, s.requirement.skill.id),
        )
    )


def why(square: Square) -> Terms:
    """The terms of the sum that a square stands for.

    Examples
    --------
    >>> from graph.model import Requirement, Skill
    >>> weld = Skill("esco:weld", "weld metal", "https://example.org/weld", "esco", "skill")
    >>> terms = why(Square(Requirement(weld, 0.5), SquareState.MISSING, coverage=0.0, weight=0.25))
    >>> terms.adds, terms.lacks
    (0.0, 0.25)
    """
    best = square.by[0] if square.by else None
    return Terms(
        weight=square.weight,
        coverage=square.coverage,
        adds=square.term,
        lacks=square.weight * (1 - square.coverage),
        best=best,
        relation=square.relation,
        proven=best is not None and square.verified_coverage >= square.coverage,
        level_held=best.level if best else None,
        level_required=square.requirement.level,
    )
