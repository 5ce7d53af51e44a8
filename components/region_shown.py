"""One view of a region, the same for the page, the packet and a file: its finding, its picture, its table.

Whatever is seen in the picture stands in the table; a view is whole without the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from components import region_view as words
from components.region_chart import bars
from graph.model import Comparison, RegionalGap
from i18n import gettext as _

NAMED = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell of a table; ``english`` where the words are a published name; ``shade`` 0-1."""

    text: str
    english: bool = False
    shade: float | None = None
    href: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together; the name is empty where there is but one group. The first cell names the row."""

    rows: tuple[tuple[Cell, ...], ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A view.

    Attributes
    ----------
    key : str
        As an address names it.
    title : str
        The sentence that states the finding.
    unit : str
        What the numbers are.
    headers : tuple of str
    groups : tuple of Group
        The table.
    wide, narrow : Markup
        The picture, for a desk and for a phone; empty where the table is the picture.
    notes : tuple of str
        What stands behind it, small.
    not_shown : tuple of str
    """

    key: str
    title: str
    unit: str
    headers: tuple[str, ...]
    groups: tuple[Group, ...]
    wide: Markup = Markup("")
    narrow: Markup = Markup("")
    notes: tuple[str, ...] = ()
    not_shown: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """Rows of the table."""
        return sum(len(group.rows) for group in self.groups)


def gap_shown(found: RegionalGap, compared: Sequence[Comparison], count: int, notes: Sequence[str]) -> Shown:
    """The largest shortages, and what there is most of over what jobs call for.

    Parameters
    ----------
    count : int
        How many of the skills are shortages; the others come after them.
    """
    known = found.people.wallets is not None
    short, plenty = found.skills[:count], found.skills[count:]
    title = words.finding(found, [one.skill.name for one in short[:NAMED]])
    rows = [words.bar(one, known=known) for one in (*short, *plenty)]
    picture = words.chart_words(found, title)
    groups = []
    for name, skills in ((_("The largest shortages"), short), (_("More people than jobs call for"), plenty)):
        if skills:
            listed = tuple(
                (
                    Cell(one.skill.name, english=True),
                    Cell(f"{words.rate(one.demand)} ±{words.rate(one.margin)}"),
                    Cell(words.rate(one.supply) if known else _("not known")),
                    Cell(words.gap_words(one) if known else _("not known")),
                    *(Cell(words.compared_value(other, one)) for other in compared),
                )
                for one in skills
            )
            groups.append(Group(listed, name if plenty else ""))
    return Shown(
        key="gap",
        title=title,
        unit=words.unit_words(found),
        headers=(
            _("Skill"),
            _("Jobs that call for it, in 1,000"),
            _("People who hold it, in 1,000"),
            _("Gap"),
            *(_("Jobs that call for it, in 1,000: %(place)s", place=one.area.name) for one in compared),
        ),
        groups=tuple(groups),
        wide=bars(rows, picture) if rows else Markup(""),
        narrow=bars(rows, picture, narrow=True) if rows else Markup(""),
        notes=tuple(notes),
        not_shown=words.not_shown(found),
    )
