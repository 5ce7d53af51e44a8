"""What the tests of several rooms stand on: the labour-market database of the bundled data."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from werkzeug.routing import Rule

from data.build import build
from data.skill_index import FOLDER
from data.store import LaborStore

HERE = Path(__file__).resolve().parent
DATA = HERE.parent / "data"


LONGEST_FIRST = ("browser", "data", "whole", "pages", "services")
"""Rooms whose files take longest: begun first, so that no process is alone with one of them at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest rooms first; within a room nothing moves."""
    places = {room: place for place, room in enumerate(LONGEST_FIRST)}

    def place(item: pytest.Item) -> int:
        return places.get(item.path.relative_to(HERE).parts[0], len(places))

    items.sort(key=place)


@pytest.fixture(scope="session", autouse=True)
def routes_compiled_once() -> Iterator[None]:
    """The product is made anew for hundreds of tests, each time with the same three hundred routes.

    Most of the time that takes goes into compiling the code that makes an address of a route, which
    depends on nothing but the route: it is kept from one product to the next.
    """
    compiled = Rule._compile_builder
    known: dict[tuple[Any, ...], Callable[..., tuple[str, str]]] = {}

    def once(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        if rule.defaults:
            return compiled(rule, append_unknown)
        key = (rule.rule, tuple(rule._trace), append_unknown)
        if key not in known:
            known[key] = compiled(rule, append_unknown)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", once)
        yield


@pytest.fixture(scope="session")
def labor_path(request: pytest.FixtureRequest) -> Path:
    """The database built from the bundled data; kept until what it is made of changes."""
    made_of = hashlib.sha256()
    for path in (*sorted(DATA.rglob("*")), DATA.parent / "words.py"):
        if path.suffix in {".py", ".sql", ".csv", ".toml"} and "linking" not in path.parts:
            made_of.update(path.relative_to(DATA.parent).as_posix().encode() + b"\0" + path.read_bytes())
    assert request.config.cache is not None
    folder = request.config.cache.mkdir("labor")
    path = folder / f"{made_of.hexdigest()[:16]}.duckdb"
    # Tests run in several processes: the first one builds, the others wait for it.
    with FileLock(folder / "build.lock"):
        if not path.exists():
            build(path)
            for old in folder.glob("*.duckdb"):
                if old != path:
                    old.unlink(missing_ok=True)
    return path


@pytest.fixture(scope="session")
def compressed_path(request: pytest.FixtureRequest) -> Path:
    """Where servers keep compressed scripts and styles, each by its content: they need be made once."""
    assert request.config.cache is not None
    return request.config.cache.mkdir("compressed")


@pytest.fixture(scope="session")
def labor_store(labor_path: Path) -> Iterator[LaborStore]:
    """The store over it, for reading."""
    store = LaborStore.open(labor_path)
    yield store
    store.close()


@pytest.fixture(scope="session")
def index_folder(labor_path: Path) -> Path:
    """The index of skills that the build put beside that database."""
    store = LaborStore.open(labor_path)
    try:
        return labor_path.parent / FOLDER / store.build_id
    finally:
        store.close()
