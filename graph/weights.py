"""How a role's weight is divided over its facets: the one place where it is decided.

The figures behind the choice: docs/guidance.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from graph.model import Facet

FACET_WEIGHTS: Mapping[Facet, float] = MappingProxyType(
    {
        Facet.OCCUPATIONAL: 0.90,
        Facet.KNOWLEDGE: 0.04,
        Facet.SOFTWARE: 0.03,
        Facet.TRANSFERABLE: 0.02,
        Facet.ESSENTIAL: 0.01,
        Facet.ACTIVITY: 0.02,
    }
)
"""Share of a role that each facet has, where the role has all of them.

A facet that a role lacks, or of which the person set everything aside, gives its share to the others in
proportion. Only their proportions count. Activities are not in the release that the others were
measured on: they have the share of the transferable skills, which are rated in the same way.
"""

RATED = frozenset({Facet.ESSENTIAL, Facet.TRANSFERABLE, Facet.KNOWLEDGE, Facet.ACTIVITY})
"""Facets in which a release rates the same elements for every role."""

LEAST_IMPORTANCE: Mapping[Facet, float] = MappingProxyType(
    {
        Facet.ESSENTIAL: 0.5,
        Facet.TRANSFERABLE: 0.5,
        Facet.KNOWLEDGE: 0.5,
        Facet.ACTIVITY: 0.5,
        Facet.SOFTWARE: 0.75,
    }
)
"""Importance from which something is required; what is below is published, and not reckoned.

A release rates its elements for every role, those that are not important included: 0.5 is 3 on O*NET's
scale of 1 to 5, "important". Software counts from 0.75: what postings for the occupation ask for
("in demand"); the rest are examples of what is used.
"""
