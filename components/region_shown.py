"""One view of a region, the same for the page, the packet and a file: its finding, its picture, its table.

Whatever is seen in the picture stands in the table; a view is whole without the picture.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from components import format as write
from components import region_view as words
from components.region_chart import BROAD, bars
from components.region_pictures import Amount, Point, amounts, county_map, quadrant
from graph.model import (
    Bridge,
    Comparison,
    CountyFigure,
    Demanded,
    FamilyCell,
    Figure,
    Funded,
    PeopleGroup,
    RegionalGap,
    SkillGap,
)
from i18n import gettext as _
from i18n import ngettext

NOTHING = Markup()
SHORTEST = 5
NAMED = 3
FULL = 3
MATRIX = 8
LEAST_PART = 0.03
SCATTERED = 60
WRITTEN = 14
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell of a table; ``english`` where the words are a published name; ``shade`` 0-1."""

    text: str
    english: bool = False
    shade: float | None = None
    href: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together, named where there are several groups; the first cell names its row."""

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
    broad : Markup
        The picture where a large screen is its own; empty where something stands beside it.
    notes : tuple of str
        What stands behind it, small.
    not_shown : tuple of str
    """

    key: str
    title: str
    unit: str
    headers: tuple[str, ...]
    groups: tuple[Group, ...]
    wide: Markup = NOTHING
    narrow: Markup = NOTHING
    broad: Markup = NOTHING
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
    title = words.finding(found, [one.skill.name for one in short[:SHORTEST]])
    rows = [words.bar(one, known=known) for one in (*short, *plenty)]
    picture = words.chart_words(found, title)
    groups = []
    for name, skills in ((_("The largest shortages"), short), (_("More people than jobs call for"), plenty)):
        if skills:
            listed = tuple(
                (
                    Cell(one.skill.name, english=True),
                    Cell(words.demand_words(one)),
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
            words.demand_header(found),
            _("People who hold it, in 1,000"),
            _("Gap"),
            *(words.demand_header(found, words.elsewhere(one.areas)) for one in compared),
        ),
        groups=tuple(groups),
        wide=bars(rows, picture) if rows else NOTHING,
        narrow=bars(rows, picture, narrow=True) if rows else NOTHING,
        notes=(*notes, *(words.peers_words(one.areas) for one in compared if len(one.areas) > 1)),
        not_shown=words.not_shown(found),
    )


def roles_shown(
    found: RegionalGap, roles: Sequence[Demanded], count: int, notes: Sequence[str], *, projected: bool
) -> Shown:
    """Occupations by stars."""
    where = words.place(found.region)
    full = [one for one in roles if one.stars == FULL]
    listed = roles[:count]
    title = (
        ngettext(
            "%(n)s occupation of %(place)s pays above the median, has many jobs and is on the rise",
            "%(n)s occupations of %(place)s pay above the median, have many jobs and are on the rise",
            len(full),
            n=len(full),
            place=where,
        )
        if full
        else _("No occupation of %(place)s passes all three tests", place=where)
    )
    headers = [
        _("Occupation"),
        _("Stars"),
        _("Jobs"),
        _("Median wage"),
        _("Jobs in 1,000"),
        _("Location quotient"),
    ]
    if projected:
        headers += [_("Openings a year"), _("Projected change")]
    rows = []
    for one in listed:
        margin = f" ±{write.Z_95 * one.jobs.rse:.0f}%" if one.jobs.rse is not None else ""
        row = [
            Cell(one.jobs.title, english=True),
            Cell(words.stars(one)),
            Cell(write.jobs(one.jobs.employment) + margin),
            Cell(write.dollars(one.jobs.median_wage)),
            Cell(words.plain(one.jobs.jobs_per_1000)),
            Cell(words.plain(one.jobs.location_quotient)),
        ]
        if projected:
            outlook = one.outlook
            row += [
                Cell(write.number(outlook.openings if outlook else None, 0)),
                Cell(write.change(outlook.change_percent if outlook else None)),
            ]
        rows.append(tuple(row))

    def weighed(one: Demanded) -> Figure:
        return Figure(one.openings) if words.by_openings(found) else one.jobs.employment

    bars_of = [
        Amount(
            one.jobs.title,
            weighed(one).value or 0.0,
            f"{words.star_marks(one)} {words.amount(found, weighed(one))}",
        )
        for one in listed
    ]
    return Shown(
        key="roles",
        title=title,
        unit=words.stars_words(found, projected=projected),
        headers=tuple(headers),
        groups=(Group(tuple(rows)),),
        wide=amounts(bars_of, title) if bars_of else NOTHING,
        narrow=amounts(bars_of, title, narrow=True) if bars_of else NOTHING,
        broad=amounts(bars_of, title, wide=BROAD) if bars_of else NOTHING,
        notes=tuple(notes),
        not_shown=(
            _("Vacancies, and whether there are people for these jobs already."),
            _("The self-employed, and occupations of which BLS publishes no number here."),
            _(
                "Stars are three yes-or-no tests: what just misses one looks no better than what"
                " misses it by far."
            ),
        ),
    )


def best_bridges(bridges: Sequence[Bridge]) -> tuple[Bridge, ...]:
    """One a career: the skill, or the two, that bring it within reach of most people; in the order given."""
    best: dict[str, Bridge] = {}
    for one in bridges:
        best.setdefault(one.role.code, one)
    return tuple(best.values())


def bridges_shown(
    found: RegionalGap,
    bridges: Sequence[Bridge],
    count: int,
    notes: Sequence[str],
    fund: Callable[[tuple[str, ...]], str],
    *,
    two: bool = False,
) -> Shown:
    """The largest bridges, one a career: the skill, or the two, that bring it within reach of most people.

    Parameters
    ----------
    fund : callable
        Gives the address of what seats in skills could do, by their ids.
    two : bool, optional
        Whether they are of two skills.
    """
    listed = best_bridges(bridges)[:count]
    where = words.place(found.region)
    title = words.bridge_finding(where, listed[0]) if listed else words.few_for_bridges(found)
    rows = tuple(
        (
            Cell(one.role.title, english=True),
            Cell(words.both(one), english=True, href=fund(ids_of(one))),
            Cell(words.count(one.people)),
            Cell(words.amount(found, one.jobs)),
            Cell(write.dollars(one.median_wage)),
        )
        for one in listed
    )
    bars_of = [
        Amount(
            one.role.title,
            one.size,
            _(
                "%(people)s people × %(jobs)s",
                people=words.count(one.people),
                jobs=words.amount(found, one.jobs),
            ),
        )
        for one in listed
    ]
    return Shown(
        key="bridges",
        title=title,
        unit=words.bridges_unit(found, two=two),
        headers=(
            _("Career"),
            _("The two skills that are missing") if two else _("Skill that is missing"),
            _("People only both would bring there") if two else _("People it alone would bring there"),
            words.amount_header(found),
            _("Median wage"),
        ),
        groups=(Group(rows),) if rows else (),
        wide=amounts(bars_of, title) if bars_of else NOTHING,
        narrow=amounts(bars_of, title, narrow=True) if bars_of else NOTHING,
        broad=amounts(bars_of, title, wide=BROAD) if bars_of else NOTHING,
        notes=tuple(notes),
        not_shown=(
            _("Whether anybody wants these careers, or would be hired."),
            _(
                "People within reach of several careers count in each of them, so the rows cannot"
                " be added up."
            ),
            *(
                (
                    _(
                        "Pairs beyond the six requirements of a career that weigh most, and people whom one"
                        " skill alone would bring there: they stand under one skill more."
                    ),
                )
                if two
                else ()
            ),
            *words.withheld_words(),
        ),
    )


def ids_of(bridge: Bridge) -> tuple[str, ...]:
    """The skills of a bridge, as an address has them."""
    return tuple(skill.id for skill in bridge.skills)


def fund_shown(found: RegionalGap, funded: Funded | None, notes: Sequence[str]) -> Shown:
    """What seats in one skill, in several at once, or in a programme could do."""
    where = words.place(found.region)
    assumptions = (
        _(
            "Every seat is taken by somebody who was counted here, who lacks the skills, and who"
            " gains each of them in full."
        ),
        _("Who takes a seat is not chosen by how near a career is; the figures are the most that could be."),
        _(
            "Where several skills are taught at once, people stand in several of the counts that a row is"
            " made of, so it has a range. Not in it is who would need three of them."
        ),
        _("People within reach of several careers count in each of them, so the rows cannot be added up."),
        _("Nothing is predicted about anyone: whether people enrol, finish or are hired is not known here."),
        *words.withheld_words(),
    )
    if funded is None:
        return Shown(
            "fund",
            _("Choose one or several skills and a number of seats"),
            _(
                "You see which careers they would bring within reach in %(place)s, for how many people, at"
                " what local wage, and what becomes of the gap.",
                place=where,
            ),
            (),
            (),
            notes=tuple(notes),
            not_shown=assumptions,
        )
    careers = len(funded.reached)
    title = ngettext(
        "%(seats)s seats in %(skills)s could bring %(n)s career within reach of people in %(place)s",
        "%(seats)s seats in %(skills)s could bring %(n)s careers within reach of people in %(place)s",
        careers,
        seats=words.count(funded.seats),
        skills=words.funded_name(funded),
        n=careers,
        place=where,
    )
    several = len(funded.skills) > 1
    rows = tuple(
        (
            Cell(one.role.title, english=True),
            *((Cell(words.listed([skill.name for skill in one.skills]), english=True),) if several else ()),
            Cell(words.between(one.least, one.most)),
            Cell(words.between(min(one.least, funded.seats), min(one.most, funded.seats))),
            Cell(words.amount(found, one.jobs)),
            Cell(write.dollars(one.median_wage)),
        )
        for one in funded.reached
    )
    return Shown(
        key="fund",
        title=title,
        unit=" ".join(words.fund_words(one, named=several) for one in funded.skills),
        headers=(
            _("Career"),
            *((_("Skills that have a part in it"),) if several else ()),
            _("People whom they would bring there") if several else _("People one skill away"),
            _("At most with these seats"),
            words.amount_header(found),
            _("Median wage"),
        ),
        groups=(Group(rows),) if rows else (),
        notes=(*notes, *words.program_words(funded)),
        not_shown=assumptions,
    )


def families_shown(found: RegionalGap, cells: Sequence[FamilyCell], notes: Sequence[str]) -> Shown:
    """Families of skills by families of jobs: how much of what is asked for is open."""
    known = any(one.open is not None for one in cells)
    by_jobs: dict[str, float] = {}
    by_skills: dict[str, float] = {}
    for one in cells:
        by_jobs[one.jobs.code] = by_jobs.get(one.jobs.code, 0.0) + one.demand
        by_skills[one.skills.code] = by_skills.get(one.skills.code, 0.0) + one.demand
    columns = sorted(sorted(by_jobs, key=lambda code: -by_jobs[code])[:MATRIX])
    lines = sorted(sorted(by_skills, key=lambda code: -by_skills[code])[:MATRIX])
    of = {(one.skills.code, one.jobs.code): one for one in cells}
    names = {one.skills.code: one.skills.name for one in cells}
    whole = {code: by_jobs[code] or 1.0 for code in columns}
    worst: FamilyCell | None = None

    def most_open(cell: FamilyCell) -> float:
        return cell.demand * (cell.open or 0.0)

    rows = []
    for line_code in lines:
        row = [Cell(names[line_code], english=True)]
        for code in columns:
            one = of[line_code, code]
            part = one.demand / whole[code]
            if part < LEAST_PART:
                row.append(Cell("–"))
                continue
            share = one.open if known else part
            row.append(
                Cell(_("not known") if share is None else write.percent(round(share * 20) / 20), shade=share)
            )
            if one.open is not None and (worst is None or most_open(one) > most_open(worst)):
                worst = one
        rows.append(tuple(row))
    where = words.place(found.region)
    title = (
        _(
            "Most is open in %(place)s where jobs in %(jobs)s ask for skills of %(skills)s",
            place=where,
            jobs=worst.jobs.name,
            skills=worst.skills.name,
        )
        if worst is not None
        else _("What job families of %(place)s ask for, by families of skills", place=where)
    )
    return Shown(
        key="families",
        title=title,
        unit=(
            _(
                "Share of what the jobs of a family (columns) ask for, of one family of skills"
                " (rows), that people do"
                " not cover, to the nearest 5 percent. A dash: less than 3 percent of what the jobs ask for."
            )
            if known
            else _("Share of what the jobs of a family (columns) ask for, by family of skills (rows).")
        ),
        headers=(_("Family of skills"), *(names[code] for code in columns)),
        groups=(Group(tuple(rows)),),
        notes=tuple(notes),
        not_shown=(
            _(
                "A skill belongs to the family whose jobs in the nation ask for it most; other jobs"
                " ask for it too."
            ),
            _(
                "People do not belong to a job family here: whoever holds a skill covers it for"
                " every family alike."
            ),
            *words.withheld_words(),
        ),
    )


def scarcity_shown(found: RegionalGap, notes: Sequence[str]) -> Shown:
    """Demand against scarcity: the skills that jobs call for most, by how much of it people cover."""
    listed = sorted(
        (one for one in found.skills if one.gap is not None and one.demand > 0), key=lambda one: -one.demand
    )[:SCATTERED]
    largest = sorted(listed, key=lambda one: -(one.gap or 0.0))
    named = {one.skill.id for one in largest[:WRITTEN]}
    points = [
        Point(one.skill.name if one.skill.id in named else "", one.demand, words.open_share(one))
        for one in largest
    ]
    where = words.place(found.region)
    both = [one for one in largest if words.open_share(one) >= HALF][:NAMED]
    title = (
        _(
            "Asked for most and held least in %(place)s: %(skills)s",
            place=where,
            skills=words.listed([one.skill.name for one in both]),
        )
        if both
        else _("Nothing that %(place)s asks for much is held by less than half as many", place=where)
        if listed
        else _("Too few people of %(place)s are counted to say what is scarce", place=where)
    )
    said = (
        title,
        words.demand_axis(found),
        _("share that people do not cover"),
        _("much asked for, little held"),
    )
    rows = tuple(
        (
            Cell(one.skill.name, english=True),
            Cell(words.rate(one.demand)),
            Cell(words.rate(one.supply)),
            Cell(write.percent(words.open_share(one))),
            Cell(words.gap_words(one)),
        )
        for one in largest
    )
    return Shown(
        key="scarcity",
        title=title,
        unit=_("The %(n)s skills that jobs call for most and of which people are told.", n=len(listed)),
        headers=(
            _("Skill"),
            words.demand_header(found),
            _("People who hold it, in 1,000"),
            _("Share that people do not cover"),
            _("Gap"),
        ),
        groups=(Group(rows),) if rows else (),
        wide=quadrant(points, *said) if points else NOTHING,
        narrow=quadrant(points, *said, narrow=True) if points else NOTHING,
        broad=quadrant(points, *said, wide=BROAD) if points else NOTHING,
        notes=tuple(notes),
        not_shown=words.not_shown(found),
    )


def map_shown(
    found: RegionalGap,
    skill: SkillGap,
    counties: Sequence[CountyFigure],
    shapes: Sequence[tuple[str, str]],
    notes: Sequence[str],
) -> Shown:
    """One skill by county of the state."""
    known = {one.county.code: one.demand for one in counties if one.demand is not None}
    highest = max(counties, key=lambda one: one.demand or -1.0, default=None)
    title = (
        words.map_finding(found, skill.skill.name, highest.county.name, words.rate(highest.demand))
        if highest is not None and known
        else _("There is no map of this place: choose a county or a state")
    )
    here = found.region.counties if found.region.areas[0].kind != "state" else ()
    rows = tuple(
        (
            Cell(one.county.name),
            Cell(words.rate(one.demand) if one.demand is not None else _("not known")),
            Cell(_("not told") if one.gap is None else words.gap_of(one.gap, one.low, one.high)),
        )
        for one in counties
    )
    return Shown(
        key="map",
        title=title,
        unit=words.map_unit(found),
        headers=(_("County"), words.demand_header(found), _("Gap")) if rows else (),
        groups=(Group(rows),) if rows else (),
        wide=county_map(shapes, known, title, here) if known else NOTHING,
        narrow=county_map(shapes, known, title, here, narrow=True) if known else NOTHING,
        notes=tuple(notes),
        not_shown=(
            _("Differences inside of an area that BLS publishes as one."),
            _("What people hold, where too few of a county let themselves be counted."),
        ),
    )


def of_group(found: RegionalGap, shown: Shown) -> Shown:
    """The same, with the group of people that it is of in its title."""
    if found.group is PeopleGroup.ALL or found.people.wallets is None or shown.key == "roles":
        return shown
    title = _("%(title)s (people: %(group)s)", title=shown.title, group=words.group_phrase(found.group))
    return replace(shown, title=title)
