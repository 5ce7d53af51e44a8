"""What a next skill would bring, in words."""

from __future__ import annotations

from components import format as write
from graph.model import Figure, NextSkill
from i18n import gettext as _
from i18n import ngettext


def reach_words(one: NextSkill) -> str:
    """How many careers it brings within reach, or that it brings some nearer."""
    reached = len(one.gain.reached)
    if reached:
        return ngettext("Brings %(n)s career within reach", "Brings %(n)s careers within reach", reached)
    return ngettext("Brings %(n)s career nearer", "Brings %(n)s careers nearer", one.gain.nearer)


def jobs_words(one: NextSkill) -> str:
    """Jobs in these careers in one place, with what is not published."""
    if not one.gain.reached:
        return ""
    if one.jobs.value is None:
        return _("Jobs there are not published")
    words = write.jobs(one.jobs)
    if not one.unpublished:
        return words
    return ngettext(
        "%(jobs)s, and %(n)s occupation of which none are published there",
        "%(jobs)s, and %(n)s occupations of which none are published there",
        one.unpublished,
        jobs=words,
    )


def wage_words(one: NextSkill) -> str:
    """The range of their median wages."""
    if one.wages is None:
        return ""
    low, high = (write.dollars(Figure(wage)) for wage in one.wages)
    if low == high:
        return _("median %(wage)s a year", wage=low)
    return _("medians from %(low)s to %(high)s a year", low=low, high=high)


def cost_words(figure: Figure) -> str:
    """US dollars, or that the list does not say."""
    return write.dollars(figure) if figure.value is not None else _("cost not published")
