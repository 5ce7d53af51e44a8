"""Where people who leave a job go, and how well a ranking of it agrees with moves that were counted.

The shares come from a gravity model (``data/moves.py``), reckoned when the database is built for the
occupations that the survey tells apart, or from a table that was loaded. Here they are shared out over
roles and measured. All functions are pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.model import Destination, ModelledMove, ObservedMove, Role
from graph.similar import recall_at

FIRST = 10
MINOR = 4
"""Characters of a code that name its SOC minor group, such as 29-1."""
KEPT = 40
"""Destinations kept for a role."""

Flows = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well a ranking agrees with moves that were counted.

    Attributes
    ----------
    origins : int
        Occupations that people left.
    recall_at_10 : float
        Of the ten most usual destinations, the share among the first ten ranked; mean over origins, 0-1.
    flow_at_10 : float
        Of all who left, the share that went to the first ten ranked; mean over origins, 0-1.
    """

    origins: int
    recall_at_10: float
    flow_at_10: float


def evaluate(ranked: Mapping[str, Sequence[str]], counted: Flows) -> Agreement:
    r"""Compare a ranking with counted moves.

    .. math:: \mathrm{flow@}10_i = \frac{\sum_{j \in T_i} p_{ij}}{\sum_{j \ne i} p_{ij}}

    with :math:`T_i` the first ten destinations ranked for origin *i*, itself left out.

    Parameters
    ----------
    ranked : mapping of str to sequence of str
        Destinations by origin, likeliest first. An origin that it lacks counts as 0.
    counted : mapping of str to mapping of str to float
        Share or number of movers by origin and destination; who stays is left out.

    Returns
    -------
    Agreement

    Examples
    --------
    >>> evaluate({"a": ["b", "c"]}, {"a": {"b": 3, "z": 1, "a": 9}})
    Agreement(origins=1, recall_at_10=0.5, flow_at_10=0.75)
    >>> evaluate({}, {"a": {"b": 0.3}})
    Agreement(origins=1, recall_at_10=0.0, flow_at_10=0.0)
    """
    recalls, flows = [], []
    for origin, everywhere in counted.items():
        away = {code: flow for code, flow in everywhere.items() if code != origin and flow > 0}
        if not away:
            continue
        first = [code for code in ranked.get(origin, ()) if code != origin][:FIRST]
        usual = sorted(away, key=lambda code: (-away[code], code))[:FIRST]
        recalls.append(recall_at(first, usual, FIRST))
        flows.append(sum(away.get(code, 0.0) for code in dict.fromkeys(first)) / sum(away.values()))
    if not recalls:
        return Agreement(0, 0.0, 0.0)
    return Agreement(len(recalls), sum(recalls) / len(recalls), sum(flows) / len(flows))


def by_code(
    moves: Mapping[str, Sequence[tuple[str, float | None]]], codes: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """Destinations of occupations as a table of moves names them, likeliest first.

    An occupation that is not known has the destinations of the known one whose code begins most like its
    own, if it is of the same minor group at least.

    Examples
    --------
    >>> moves = {"29-1140": [("29-2060", 0.3)]}
    >>> by_code(moves, ["29-1140", "29-1141", "53-3030"])
    {'29-1140': ('29-2060',), '29-1141': ('29-2060',)}
    """
    found = {}
    for code in codes:
        near = code if code in moves else _nearest(code, moves)
        if near is not None:
            found[code] = tuple(other for other, _ in moves[near])
    return found


def _nearest(code: str, known: Iterable[str]) -> str | None:
    for length in range(len(code) - 1, MINOR - 1, -1):
        fitting = sorted(other for other in known if other.startswith(code[:length]))
        if fitting:
            return fitting[0]
    return None


def shared_out(
    moves: Mapping[str, Sequence[tuple[str, float | None]]],
    members: Iterable[tuple[str, str, float]],
    kept: int = KEPT,
) -> dict[str, tuple[tuple[str, float], ...]]:
    """Moves between roles from moves between the occupations that hold them.

    Everybody in an occupation is taken to leave it alike, and who comes into one to spread over its roles
    as its jobs do: a survey that does not tell roles apart says no more.

    Parameters
    ----------
    moves : mapping of str to sequence of (str, float or None)
        Destinations of each occupation, likeliest first, with the share of those who leave; ``None``
        where two are counted as one, so that nobody is seen to move.
    members : iterable of (str, str, float)
        Occupation, role code, and the role's part of the occupation's jobs.
    kept : int, optional
        Destinations of a role at most.

    Returns
    -------
    dict of str to tuple of (str, float)
        By role code the likeliest roles, best first, with the share 0-1 of those who leave. A role in
        several occupations is taken to be in the first.

    Examples
    --------
    >>> moves = {"53-7060": [("53-3030", 0.2)]}
    >>> members = [("53-7060", "53-7062.00", 1.0), ("53-3030", "53-3032.00", 0.75), ("53-3030", "53-3033.00", 0.25)]
    >>> shared_out(moves, members)["53-7062.00"]
    (('53-3032.00', 0.15), ('53-3033.00', 0.05))
    """  # noqa: E501
    held: dict[str, list[tuple[str, float]]] = defaultdict(list)
    home: dict[str, str] = {}
    for occupation, role, part in members:
        held[occupation].append((role, part))
        home.setdefault(role, occupation)
    ends: dict[str, tuple[tuple[str, float], ...]] = {}
    for occupation, others in moves.items():
        whole: dict[str, float] = defaultdict(float)
        for other, share in others:
            for role, part in held.get(other, ()):
                if share is not None:
                    whole[role] += share * part
        ordered = sorted(whole.items(), key=lambda pair: (-pair[1], pair[0]))
        ends[occupation] = tuple((role, round(share, 9)) for role, share in ordered[: kept + 1])
    return {
        role: tuple(pair for pair in ends[occupation] if pair[0] != role)[:kept]
        for role, occupation in home.items()
        if occupation in ends
    }


def counted_out(
    observed: Iterable[ObservedMove], codes: Iterable[str], leaving: Iterable[str] | None = None
) -> dict[str, tuple[tuple[ObservedMove, tuple[str, ...]], ...]]:
    """Counted moves of roles: for each role code the moves out of its occupation, and the roles they lead to.

    A role belongs to the longest code of the table that its own begins with, a trailing 0 standing for any
    digit. Roles of an occupation that nobody counted are absent.

    Parameters
    ----------
    observed : iterable of ObservedMove
    codes : iterable of str
        Role codes that exist.
    leaving : iterable of str, optional
        Roles to answer for; all by default.

    Examples
    --------
    >>> move = ObservedMove("29-1140", "29-2061", 0.07, "2024")
    >>> counted_out([move], ["29-1141.00", "29-2061.00"])["29-1141.00"][0][1]
    ('29-2061.00',)
    """
    known = sorted(set(codes))
    out_of: dict[str, list[ObservedMove]] = defaultdict(list)
    for move in observed:
        out_of[move.from_code].append(move)
    held: dict[str, tuple[str, ...]] = {}
    found = {}
    for code in known if leaving is None else leaving:
        own = max((origin for origin in out_of if _within(code, origin)), key=_detail, default=None)
        if own is None:
            continue
        ordered = sorted(out_of[own], key=lambda move: (-move.share, move.to_code))
        for move in ordered:
            if move.to_code not in held:
                held[move.to_code] = _roles_of(move.to_code, known)
        found[code] = tuple(
            (move, tuple(role for role in held[move.to_code] if role != code)) for move in ordered
        )
    return found


def with_counted(
    modelled: Mapping[str, tuple[tuple[str, float], ...]],
    counted: Mapping[str, Sequence[tuple[ObservedMove, tuple[str, ...]]]],
    kept: int = KEPT,
) -> dict[str, tuple[tuple[str, float], ...]]:
    """Modelled moves between roles, with counted ones in their place for each role that has such.

    What goes to an occupation is divided evenly over its roles: the table does not tell them apart.

    Examples
    --------
    >>> counted = counted_out([ObservedMove("a0", "b0", 0.4, "2024")], ["a1", "b1", "b2"])
    >>> with_counted({"a1": (("c1", 0.9),), "c1": ()}, counted)
    {'a1': (('b1', 0.2), ('b2', 0.2)), 'c1': ()}
    """
    found = dict(modelled)
    for code, moves in counted.items():
        whole: dict[str, float] = defaultdict(float)
        for move, roles in moves:
            for role in roles:
                whole[role] += move.share / len(roles)
        found[code] = tuple(sorted(whole.items(), key=lambda pair: (-pair[1], pair[0]))[:kept])
    return found


def leads(
    roles: Mapping[str, Role],
    counted: Sequence[tuple[ObservedMove, tuple[str, ...]]],
    modelled: Iterable[ModelledMove],
) -> dict[str, Destination]:
    """Every role that people who leave one go to, the most usual first: as counted, else modelled.

    Parameters
    ----------
    roles : mapping of str to Role
        By code; others are left out.
    counted : sequence of (ObservedMove, tuple of str)
        Of the role that is left, as `counted_out` gives them. Where there are any, the model is not asked.
    modelled : iterable of ModelledMove

    Examples
    --------
    >>> leads({}, (), [ModelledMove("b0", ("b1",), 0.1, 0.05, 0.2)])
    {}
    """
    found: dict[str, Destination] = {}

    def put(own: Sequence[str], share: float, low: float | None, high: float | None, *told: str) -> None:
        known = [code for code in own if code in roles]
        for code in known:
            found.setdefault(code, Destination(roles[code], share, low, high, len(known) - 1, *told))

    for move, own in counted:
        put(own, move.share, None, None, move.year, move.source_id)
    for each in () if counted else modelled:
        put(each.role_codes, each.share, each.low, each.high, "", each.source_id)
    return found


def destinations(
    roles: Mapping[str, Role],
    counted: Sequence[tuple[ObservedMove, tuple[str, ...]]],
    modelled: Iterable[ModelledMove],
) -> tuple[Destination, ...]:
    """The same with one role for each kind of work: its largest by the model, else the first by code.

    Examples
    --------
    >>> destinations({}, (), [ModelledMove("b0", ("b1",), 0.1, 0.05, 0.2)])
    ()
    """
    modelled = tuple(modelled)
    every = leads(roles, counted, modelled)
    kinds = [own for _, own in counted] or [move.role_codes for move in modelled]
    shown = (next((code for code in own if code in every), None) for own in kinds)
    return tuple(every[code] for code in dict.fromkeys(shown) if code is not None)


def _roles_of(code: str, known: Sequence[str]) -> tuple[str, ...]:
    return tuple(role for role in known if _within(role, code))


def _within(role: str, code: str) -> bool:
    """Whether a role is of an occupation, the trailing zeros of which stand for any digit."""
    return role == code or role.startswith(code if "." in code else code.rstrip("0").rstrip("-"))


def _detail(code: str) -> int:
    return len(code if "." in code else code.rstrip("0"))
