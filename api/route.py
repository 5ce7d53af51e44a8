"""What there is to say about one route of the API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from api.asked import Asked, Nothing


@dataclass(frozen=True, slots=True)
class Route:
    """One method on one path.

    Attributes
    ----------
    path : str
        Under ``/api/v1``, with ``{code}`` where a part varies.
    handler : str
        Method of `Answers`, and the operation's id.
    answer : type or None
        Shape of the answer; ``None`` for an empty one (204).
    problems : tuple of int
        Statuses it may answer instead, beside 400.
    own : bool
        Asks for a signed-in person, and is about what is theirs.
    status : int
        Of an answer with something in it.
    file : str
        Name of the file that the answer is, with its kind as the ending; empty for JSON.
    takes_file : bool
        The body is a file of whatever kind, as it is.
    needs : tuple of str
        The actions of the permission table that it asks for; a token has to have a scope for each.
    """

    method: str
    path: str
    handler: str
    summary: str
    answer: Any
    asked: type[Asked] = Nothing
    body: type[BaseModel] | None = None
    problems: tuple[int, ...] = ()
    own: bool = False
    status: int = 200
    file: str = ""
    takes_file: bool = False
    needs: tuple[str, ...] = ()
