"""How a role's weight is divided over its facets: the one place where it is decided.

The figures behind the choice: docs/guidance.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from graph.model import Facet

FACET_WEIGHTS: Mapping[Facet, float] = MappingProxyType(
    {
        Facet.OCCUPATIONAL: 0.70,
        Facet.KNOWLEDGE: 0.12,
        Facet.SOFTWARE: 0.06,
        Facet.TRANSFERABLE: 0.06,
        Facet.ESSENTIAL: 0.06,
        Facet.ACTIVITY: 0.0,
    }
)
"""Share of a role that each facet has, where the role has all of them.

A facet that a role lacks, or of which the person set everything aside, gives its share to the others in
proportion. Only their proportions count.
"""

RATED = frozenset({Facet.ESSENTIAL, Facet.TRANSFERABLE, Facet.KNOWLEDGE, Facet.ACTIVITY})
"""Facets in which a release rates every element for every role."""

LEAST_RATED = 0.5
"""Importance from which a rated element is required: 3 on O*NET's scale of 1 to 5, "important".

O*NET rates all of its elements for every role, "not important" included; what is below is not reckoned.
"""
