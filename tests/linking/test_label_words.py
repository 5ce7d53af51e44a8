from __future__ import annotations

import doctest
from types import ModuleType

import pytest

from data.linking import kin, labels, stops
from data.linking.labels import called_for, nouns_of, role_supervises, supervises, words_of
from data.linking.stops import applies


@pytest.mark.parametrize("module", [kin, labels, stops])
def test_the_examples_hold(module: ModuleType) -> None:
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


def test_shipping_by_road_does_not_make_ships() -> None:
    assert "ship" not in nouns_of("shipping and receiving")
    assert "ship" in nouns_of("cargo on ships")


def test_a_verb_needs_a_task_that_calls_for_it() -> None:
    assert called_for(("prescribe",), ("Prescribe or recommend drugs.",)).all()
    assert not called_for(("prescribe",), ("Prepare treatment rooms for examinations.",)).any()


def test_being_in_charge_is_told_from_doing() -> None:
    assert supervises("supervise nursing staff")
    assert not supervises("implement nursing care")
    assert role_supervises("Construction Managers", [])
    assert not role_supervises("Registered Nurses", ["Direct or supervise less-skilled nursing personnel."])


def test_words_are_compared_without_their_endings() -> None:
    assert words_of("maintaining patients' records") == words_of("maintain patient record")


def test_an_exception_outweighs_a_pattern() -> None:
    assert applies(("*", "!53-5*"), "53-3032.00")
    assert not applies(("*", "!53-5*"), "53-5011.00")
