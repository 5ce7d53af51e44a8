"""The examples in the docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import graph

NAMES = sorted(one.name for one in pkgutil.iter_modules(graph.__path__))
WITHOUT = {"__main__", "model", "weights"}
MODULES = (
    *(f"graph.{name}" for name in NAMES if name not in WITHOUT),
    "graph.model.counsel",
    "services.employment_plans",
    "services.plan_changes",
    "services.role_search",
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_true(name):
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted > 0
    assert found.failed == 0
