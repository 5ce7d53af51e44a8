"""The examples in the docstrings are true."""

from __future__ import annotations

import doctest
import importlib

import pytest

MODULES = (
    "graph.build",
    "graph.match",
    "graph.gap",
    "graph.pathways",
    "graph.reach",
    "graph.similar",
    "graph.steps",
    "services.role_search",
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_true(name):
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted > 0
    assert found.failed == 0
