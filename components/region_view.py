"""A region's figures in words: names, findings, ranges, and what stands behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from babel.lists import format_list
from babel.numbers import format_decimal

from components import format as write
from components.format import NUMBERS
from components.region_chart import Bar, Words
from graph.model import (
    FEWEST_TOLD,
    MOST_WITHHELD,
    Area,
    Bridge,
    Comparison,
    Credential,
    Demanded,
    Figure,
    Funded,
    FundedSkill,
    JobLevel,
    Measure,
    PeopleGroup,
    Proof,
    Region,
    RegionalGap,
    Scale,
    SkillGap,
    Source,
)
from i18n import gettext as _
from i18n import locale, ngettext


def place(region: Region) -> str:
    """The region's name; several counties are named one after the other."""
    return format_list([area.name for area in region.areas], locale=locale())


def few_for_bridges(found: RegionalGap) -> str:
    """Why there are no bridges."""
    return _("Too few people of %(place)s are counted to tell of bridges", place=place(found.region))


def level_word(level: JobLevel) -> str:
    """Which jobs, for a choice."""
    return {
        JobLevel.ALL: _("All jobs"),
        JobLevel.ABOVE_MEDIAN: _("Paying above the median"),
        JobLevel.TO_MEDIAN: _("Paying the median or less"),
        JobLevel.WELL_ABOVE: _("Paying over 1.5 times the median"),
    }[level]


def level_phrase(level: JobLevel) -> str:
    """Which jobs, inside of a sentence."""
    return {
        JobLevel.ALL: _("all jobs"),
        JobLevel.ABOVE_MEDIAN: _("jobs paying above the median"),
        JobLevel.TO_MEDIAN: _("jobs paying the median or less"),
        JobLevel.WELL_ABOVE: _("jobs paying over one and a half times the median"),
    }[level]


def jobs_phrase(found: RegionalGap) -> str:
    """Which jobs or openings, inside of a sentence."""
    jobs = level_phrase(found.asked.level)
    if found.sector is not None:
        jobs = _("%(jobs)s in “%(sector)s”", jobs=jobs, sector=found.sector.name)
    jobs = credential_phrase(found.asked.credential, jobs)
    return jobs if not by_openings(found) else _("openings a year in %(jobs)s", jobs=jobs)


def by_openings(found: RegionalGap) -> bool:
    """Whether demand is weighed by openings a year."""
    return found.asked.measure is Measure.OPENINGS


def measure_word(measure: Measure) -> str:
    """By what demand is weighed, for a choice."""
    return {Measure.JOBS: _("Jobs there are"), Measure.OPENINGS: _("Openings a year")}[measure]


def demand_header(found: RegionalGap, elsewhere_in: str = "") -> str:
    """What the demand is per, over a column."""
    if by_openings(found):
        if elsewhere_in:
            return _("Openings a year that call for it, in 1,000: %(place)s", place=elsewhere_in)
        return _("Openings a year that call for it, in 1,000")
    if elsewhere_in:
        return _("Jobs that call for it, in 1,000: %(place)s", place=elsewhere_in)
    return _("Jobs that call for it, in 1,000")


def demand_axis(found: RegionalGap) -> str:
    """The same along a picture."""
    if by_openings(found):
        return _("openings a year that call for it, in 1,000")
    return _("jobs that call for it, in 1,000")


def map_finding(found: RegionalGap, skill: str, county: str, value: str) -> str:
    """Where a skill is asked for most."""
    said = {"skill": skill, "county": county, "rate": value}
    if by_openings(found):
        return _("“%(skill)s” is asked for most around %(county)s: %(rate)s of 1,000 openings a year", **said)
    return _("“%(skill)s” is asked for most around %(county)s: %(rate)s of 1,000 jobs", **said)


def map_unit(found: RegionalGap) -> str:
    """What the shades are."""
    if by_openings(found):
        return _(
            "Openings a year that call for the skill, weighed by its importance, in 1,000 openings of the"
            " area that BLS counts the county in: counties of one area have one colour. Outlined: what is"
            " asked about."
        )
    return _(
        "Jobs that call for the skill, weighed by its importance, in 1,000 jobs of the area"
        " that BLS counts the county"
        " in: counties of one area have one colour. Outlined: what is asked about."
    )


def demand_words(skill: SkillGap) -> str:
    """Demand with its margin, where an error is published."""
    return f"{rate(skill.demand)} ±{rate(skill.margin)}" if skill.margin > 0 else rate(skill.demand)


def amount(found: RegionalGap, figure: Figure | None) -> str:
    """How many jobs, or openings a year."""
    return write.openings(figure) if by_openings(found) else write.jobs(figure)


def amount_header(found: RegionalGap) -> str:
    """The same over a column."""
    return _("Openings a year") if by_openings(found) else _("Jobs")


def openings_words(found: RegionalGap) -> str:
    """How openings come to be, where demand is weighed by them."""
    if not by_openings(found):
        return ""
    return _(
        "Openings a year are projected for states and the nation: from growth, and from people who leave an"
        " occupation. For a smaller place they are estimated here: its jobs, times the openings to a job that"
        " are projected for its state, or for the nation where its state has none. No error of projections"
        " is published; ranges are of the survey of jobs alone."
    )


def credential_phrase(credential: Credential | None, jobs: str) -> str:
    """Which jobs, with what they usually take to enter."""
    if credential is None:
        return jobs
    if credential.scale is Scale.ZONE:
        if credential.below:
            return _("%(jobs)s below job zone %(zone)s", jobs=jobs, zone=credential.level)
        return _("%(jobs)s of job zone %(zone)s", jobs=jobs, zone=credential.level)
    if credential.below:
        return _(
            "%(jobs)s that usually need less than “%(credential)s”", jobs=jobs, credential=credential.name
        )
    return _("%(jobs)s that usually need “%(credential)s”", jobs=jobs, credential=credential.name)


def credential_word(credential: Credential) -> str:
    """A level, for a choice."""
    if credential.scale is Scale.ZONE:
        return _("Job zone %(zone)s of 5", zone=credential.level)
    return credential.name


def credential_words(found: RegionalGap) -> str:
    """What says what jobs take to enter, where it was asked for, and how many are left out."""
    credential = found.asked.credential
    if credential is None:
        return ""
    if credential.scale is Scale.ZONE:
        said = _(
            "What jobs take to enter is the job zone that O*NET gives their occupation, 1 (little) to 5."
        )
    else:
        said = _(
            "What jobs usually take to enter is the typical education that BLS gives with its projections of"
            " the nation; employers here may ask for another."
        )
    left = found.jobs.unrated
    if not left:
        return said
    return f"{said} " + ngettext(
        "%(n)s occupation of which none is given, or several, is left out.",
        "%(n)s occupations of which none is given, or several, are left out.",
        left,
        n=left,
    )


def sector_words(found: RegionalGap) -> str:
    """How jobs by sector come to be, where one was chosen."""
    if found.sector is None:
        return ""
    if found.region.areas[0].kind == "nation":
        return _(
            "Jobs of each occupation in this sector as BLS publishes them for the nation. Wage levels are"
            " those of the occupation over all industries."
        )
    return _(
        "An estimate: BLS publishes occupations by sector for the nation alone. Taken are the jobs of each"
        " occupation here, times the share of the nation's jobs of that occupation that are in this sector."
        " The range covers the sampling error of the three figures; that the share may be another here is"
        " not in it."
    )


def proof_word(proof: Proof) -> str:
    """Which skills of people count."""
    return {Proof.ALL: _("All that people hold"), Proof.VERIFIED: _("Verified or confirmed only")}[proof]


def group_word(group: PeopleGroup) -> str:
    """Whose skills count, for a choice."""
    return {
        PeopleGroup.ALL: _("Everybody who is counted"),
        PeopleGroup.VETERANS: _("Veterans"),
        PeopleGroup.FIRST_GENERATION: _("First-generation students"),
        PeopleGroup.ENGLISH_LEARNERS: _("English learners"),
    }[group]


def group_phrase(group: PeopleGroup) -> str:
    """A group, inside of a sentence."""
    return {
        PeopleGroup.VETERANS: _("veterans"),
        PeopleGroup.FIRST_GENERATION: _("first-generation students"),
        PeopleGroup.ENGLISH_LEARNERS: _("people learning English"),
    }[group]


def group_words(found: RegionalGap) -> str:
    """That figures are of a group, and on what that rests; it goes wherever they go."""
    if found.group is PeopleGroup.ALL or found.people.wallets is None:
        return ""
    return _(
        "People are %(group)s alone, by their own word, told for these figures and for nothing else."
        " Who did not tell is not in it, so it says nothing of how many there are.",
        group=group_phrase(found.group),
    )


def rate(value: float | None) -> str:
    """A rate in 1,000: one digit under ten, none above; a word where it is withheld."""
    if value is None:
        return _("withheld")
    return format_decimal(round(value, 1 if abs(value) < 10 else 0), format="#,##0.#", locale=NUMBERS)


def gap_words(skill: SkillGap) -> str:
    """The gap with its range: ``short by 62 (54 to 71)``."""
    if skill.gap is None:
        if skill.at_least is not None and skill.at_least > 0:
            return _("withheld; short by at least %(least)s", least=rate(skill.at_least))
        return _("withheld")
    return gap_of(skill.gap, skill.low, skill.high)


def gap_of(gap: float, low: float | None, high: float | None) -> str:
    """A gap with its range."""
    if gap >= 0:
        return _("short by %(gap)s (%(low)s to %(high)s)", gap=rate(gap), low=rate(low), high=rate(high))
    less, more = (None if high is None else -high), (None if low is None else -low)
    return _("more by %(gap)s (%(low)s to %(high)s)", gap=rate(-gap), low=rate(less), high=rate(more))


def bar(skill: SkillGap, *, known: bool) -> Bar:
    """A row of the picture; of demand alone where nothing is known of people."""
    if not known:
        return Bar(
            skill.skill.name,
            skill.demand,
            max(skill.demand - skill.margin, 0.0),
            skill.demand + skill.margin,
            rate(skill.demand),
        )
    if skill.gap is None:
        bound = skill.at_least
        words = _("at least %(n)s", n=rate(bound)) if bound is not None and bound > 0 else _("withheld")
        return Bar(skill.skill.name, None, None, None, words, max(bound or 0.0, 0.0))
    return Bar(skill.skill.name, skill.gap, skill.low, skill.high, rate(abs(skill.gap)))


def chart_words(found: RegionalGap, title: str) -> Words:
    """What is written on the picture."""
    if found.people.wallets is None:
        return Words(
            title, _("openings that call for it") if by_openings(found) else _("jobs that call for it"), ""
        )
    if by_openings(found):
        return Words(title, _("short: more in 1,000 openings"), _("more in 1,000 people"))
    return Words(title, _("short: more jobs than people"), _("more people than jobs"))


def finding(found: RegionalGap, named: Sequence[str]) -> str:
    """The sentence that states it, with ``named`` skills; for a title, a file and a screen reader alike."""
    where, jobs = place(found.region), jobs_phrase(found)
    if not named:
        return _("Nothing is published for %(place)s from which a gap could be reckoned.", place=where)
    skills = format_list([f"“{name}”" for name in named], locale=locale())
    values = {"place": where, "skills": skills, "jobs": jobs}
    if found.people.wallets is None:
        return _("In %(place)s, %(jobs)s call most for %(skills)s", **values)
    return ngettext(
        "%(place)s is shortest of %(skills)s, for %(jobs)s",
        "%(place)s are shortest of %(skills)s, for %(jobs)s",
        len(found.region.areas),
        **values,
    )


def unit_words(found: RegionalGap) -> str:
    """What the numbers are."""
    if by_openings(found):
        if found.people.wallets is None:
            return _(
                "Openings a year that call for each skill, weighed by its importance, in 1,000 openings."
                " The line is the 95 percent range of the employment survey; of projections no error is"
                " published."
            )
        return _(
            "Openings a year that call for each skill, weighed by its importance, in 1,000 openings, less"
            " people who hold it in 1,000 wallets. The line takes in the employment survey's error and all"
            " between what is verified and what people claim; of projections no error is published."
        )
    if found.people.wallets is None:
        return _(
            "Jobs that call for each skill, weighed by its importance, in 1,000 jobs. The line is"
            " the 95 percent range of the"
            " employment survey."
        )
    return _(
        "Jobs that call for each skill, weighed by its importance, in 1,000 jobs, less people who"
        " hold it in 1,000"
        " wallets. The line takes in the survey's error and all between what is verified and what"
        " people claim."
    )


def invented_words(found: RegionalGap) -> str:
    """That people are invented, where they are; it goes wherever their figures go."""
    if not found.people.invented:
        return ""
    return _(
        "Invented people: the demonstration population is on, and nearly all wallets counted here"
        " are made up by a"
        " program, after the jobs of this place. Do not quote what is said of people."
    )


def people_words(found: RegionalGap) -> str:
    """Who was counted."""
    people = found.people
    if people.away:
        return _("The wallets of residents cannot be read just now, so this shows the jobs alone.")
    if people.wallets is None and found.group is not PeopleGroup.ALL:
        return _(
            "Too few residents of this place told for these figures that they are %(group)s, or too few are"
            " counted who did not: at least %(least)s of each are needed in a county. The jobs' side is"
            " complete; choose everybody to see what people hold.",
            group=group_phrase(found.group),
            least=MOST_WITHHELD + 1,
        )
    if people.wallets is None:
        return _(
            "Too few residents of this place let themselves be counted to say what people hold: at least"
            " %(least)s are needed in a county. The jobs' side is complete.",
            least=MOST_WITHHELD + 1,
        )
    count = format_decimal(people.wallets, locale=NUMBERS)
    if found.group is not PeopleGroup.ALL:
        return _(
            "About %(n)s wallets of %(group)s, whose owners let themselves be counted and told that"
            " they are.",
            n=count,
            group=group_phrase(found.group),
        )
    if people.counties == 1:
        return _("About %(n)s wallets whose owners let themselves be counted.", n=count)
    return ngettext(
        "About %(wallets)s wallets whose owners let themselves be counted, in %(n)s of %(all)s"
        " counties; the others"
        " have too few to tell.",
        "About %(wallets)s wallets whose owners let themselves be counted, in %(n)s of %(all)s"
        " counties; the others"
        " have too few to tell.",
        people.counted,
        wallets=count,
        n=people.counted,
        all=people.counties,
    )


def jobs_words(found: RegionalGap) -> str:
    """Which jobs were counted."""
    jobs = found.jobs
    values = {"jobs": format_decimal(round(jobs.jobs), locale=NUMBERS), "n": jobs.occupations}
    parts = [
        ngettext(
            "%(jobs)s openings a year in %(n)s occupation.",
            "%(jobs)s openings a year in %(n)s occupations.",
            jobs.occupations,
            **values,
        )
        if by_openings(found)
        else ngettext(
            "%(jobs)s jobs in %(n)s occupation.",
            "%(jobs)s jobs in %(n)s occupations.",
            jobs.occupations,
            **values,
        )
    ]
    if jobs.unprojected:
        parts.append(
            ngettext(
                "%(n)s has no projected openings and is left out.",
                "%(n)s have no projected openings and are left out.",
                jobs.unprojected,
                n=jobs.unprojected,
            )
        )
    if jobs.withheld:
        parts.append(
            ngettext(
                "%(n)s more has no published number.",
                "%(n)s more have no published number.",
                jobs.withheld,
                n=jobs.withheld,
            )
        )
    if jobs.unpriced:
        parts.append(
            ngettext(
                "%(n)s has no published wage and is left out.",
                "%(n)s have no published wage and are left out.",
                jobs.unpriced,
                n=jobs.unpriced,
            )
        )
    return " ".join(parts)


def market_words(found: RegionalGap, names: Mapping[str, str]) -> str:
    """Where the jobs are counted, when it is not the place itself."""
    if found.region.areas[0].kind != "county":
        return ""
    areas = format_list([names.get(code, code) for code in found.region.markets], locale=locale())
    return _("BLS publishes the jobs of this place as part of %(areas)s.", areas=areas)


def not_shown(found: RegionalGap) -> tuple[str, ...]:
    """What the picture does not show."""
    return (
        _("Skills that people have and never recorded, and people who did not say yes to being counted."),
        _("The self-employed, and occupations of which BLS publishes no number here."),
        _(
            "Vacancies: openings are projected, a year on average over ten years, with their skills as"
            " O*NET's tasks call for them in the whole nation, not what employers here are hiring for today."
        )
        if by_openings(found)
        else _(
            "Vacancies: these are the jobs there are, with their skills as O*NET's tasks call for"
            " them in the whole"
            " nation, not what employers here are hiring for today."
        ),
        _(
            "Counts of fewer than %(least)s people, and whatever would let them be reckoned: they"
            " are withheld, all"
            " others rounded to tens.",
            least=FEWEST_TOLD,
        ),
        _("What would happen if a skill were taught: nothing here is a prediction."),
    )


def sources_words(sources: Iterable[Source], day: str, *, people: bool) -> str:
    """Releases that the figures rest on, with their dates."""
    named = [
        f"{source.title}, {source.release}"
        for source in sources
        if source.id in ("oews", "onet_tasks", "projections", "state_projections")
    ]
    if people:
        named.append(_("wallets whose owners let themselves be counted, on %(day)s", day=day))
    return _("Sources: %(sources)s.", sources="; ".join(named))


def elsewhere(areas: Sequence[Area]) -> str:
    """Another place, or several of like size together."""
    return areas[0].name if len(areas) == 1 else _("areas of like size")


def peers_words(areas: Sequence[Area]) -> str:
    """Which areas are of like size."""
    named = format_list([area.name for area in areas], locale=locale())
    return _("Areas of like size, by all their jobs, taken together: %(areas)s.", areas=named)


def compared_value(comparison: Comparison, skill: SkillGap) -> str:
    """The same demand elsewhere."""
    value = comparison.demand.get(skill.skill.id)
    return _("none") if value is None else rate(value)


def stars(one: Demanded) -> str:
    """The tests that an occupation passes, in words."""
    passed = [
        name
        for name, yes in ((_("pays"), one.pays), (_("many"), one.many), (_("on the rise"), one.grows))
        if yes is True
    ]
    return f"{one.stars} ({', '.join(passed)})" if passed else "0"


def star_marks(one: Demanded) -> str:
    """The same as marks, for a picture."""
    return "★" * one.stars + "☆" * (3 - one.stars)


def stars_words(found: RegionalGap, *, projected: bool) -> str:
    """What the stars are given for."""
    if by_openings(found):
        return _(
            "A star each: the median wage is above that of all jobs here; openings a year are among"
            " the highest quarter; projected growth is above the middle one. Bars are openings a year."
        )
    if projected:
        return _(
            "A star each: the median wage is above that of all jobs here; openings a year are among"
            " the highest quarter;"
            " projected growth is above the middle one. Bars are jobs."
        )
    return _(
        "A star each: the median wage is above that of all jobs here; jobs are among the highest"
        " quarter; the occupation has"
        " more of the jobs here than of the nation's. No projections are loaded, so growth and"
        " openings are not in it."
        " Bars are jobs."
    )


def count(people: int) -> str:
    """A count, with thousands set apart."""
    return format_decimal(people, locale=NUMBERS)


def plain(value: float | None) -> str:
    """A plain number with up to two digits, or why there is none."""
    return _("not published") if value is None else format_decimal(round(value, 2), locale=NUMBERS)


def listed(names: Sequence[str]) -> str:
    """Names of skills, one after the other."""
    return format_list([f"“{name}”" for name in names], locale=locale())


def open_share(skill: SkillGap) -> float:
    """How much of what jobs call for people do not cover, 0-1."""
    return min(max((skill.gap or 0.0) / skill.demand, 0.0), 1.0) if skill.demand else 0.0


def withheld_words() -> tuple[str, ...]:
    """What is withheld, for views that count people."""
    return (
        _(
            "Counts of fewer than %(least)s people, and whatever would let them be reckoned: they"
            " are withheld, all"
            " others rounded to tens.",
            least=FEWEST_TOLD,
        ),
    )


def fund_words(funded: FundedSkill, *, named: bool = False) -> str:
    """What becomes of the gap in a skill if every seat is taken."""
    now = funded.now
    if now is None or now.supply is None or funded.supply_then is None:
        said = _("What people hold of this skill is withheld, so what becomes of the gap is not said.")
    else:
        said = _(
            "Of 1,000 people %(now)s hold it now; with every seat taken it would be %(then)s. Of 1,000"
            " jobs %(demand)s call"
            " for it.",
            now=rate(now.supply),
            then=rate(funded.supply_then),
            demand=rate(now.demand),
        )
    return f"“{funded.skill.name}”: {said}" if named else said


def funded_name(funded: Funded) -> str:
    """What seats are in: the programme, or the skills."""
    if funded.program is not None:
        return f"“{funded.program.name}” ({funded.program.provider})"
    return listed([one.skill.name for one in funded.skills])


def program_words(funded: Funded) -> tuple[str, ...]:
    """What a programme is said to teach and to cost."""
    program = funded.program
    if program is None:
        return ()
    taught = _(
        "“%(name)s” teaches %(skills)s, as the loaded list says.",
        name=program.name,
        skills=listed([one.skill.name for one in funded.skills]),
    )
    if program.cost.value is None:
        return (taught,)
    return (
        taught,
        _(
            "A seat costs %(cost)s as listed; all of them %(sum)s.",
            cost=write.dollars(program.cost),
            sum=write.dollars(Figure(program.cost.value * funded.seats)),
        ),
    )


def between(least: int, most: int) -> str:
    """About how many people, from the fewest to the most."""
    if least == most:
        return count(least)
    return _("%(least)s to %(most)s", least=count(least), most=count(most))


def both(bridge: Bridge) -> str:
    """The skill, or the two."""
    return " + ".join(skill.name for skill in bridge.skills)


def more_word(skills: int) -> str:
    """How many skills more, for a choice."""
    return _("One skill") if skills == 1 else _("Two skills")


def bridge_finding(where: str, first: Bridge) -> str:
    """The largest bridge, as a sentence."""
    said = {"place": where, "role": first.role.title, "people": count(first.people)}
    if first.second is not None:
        return _(
            "The largest bridge of two skills in %(place)s: “%(skill)s” and “%(other)s” together would bring"
            " “%(role)s” within reach of about %(people)s people",
            skill=first.skill.name,
            other=first.second.name,
            **said,
        )
    return _(
        "The largest bridge in %(place)s: “%(skill)s” would bring “%(role)s” within reach of"
        " about %(people)s"
        " people",
        skill=first.skill.name,
        **said,
    )


def bridges_unit(found: RegionalGap, *, two: bool) -> str:
    """What the bars of bridges are."""
    if two:
        if by_openings(found):
            return _(
                "Careers that two skills together would bring within reach of people whom no single skill"
                " would, by people times local openings a year. Within reach means that at least 30 percent"
                " of what a career requires is matched."
            )
        return _(
            "Careers that two skills together would bring within reach of people whom no single skill would,"
            " by people times local jobs. Within reach means that at least 30 percent of what a career"
            " requires is matched."
        )
    if by_openings(found):
        return _(
            "Careers that one skill more would bring within reach of people who do not reach them"
            " now, by people times local openings a year. Within reach means that at least 30 percent of what"
            " a career requires is matched."
        )
    return _(
        "Careers that one skill more would bring within reach of people who do not reach them"
        " now, by people"
        " times local jobs. Within reach means that at least 30 percent of what a career"
        " requires is matched."
    )
