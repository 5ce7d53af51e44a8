"""O*NET's ratings of a role: skills, knowledge, work activities, software, education, zone, interests.

They come with a full official text release only (``--onet``), in the layout before 30.3 or the one
since. What a release does not have stays empty, and the build says so; what it has must be whole.

Importance (scale IM, 1-5) and level (LV, 0-7) become 0-1, and the standard error of importance goes
along. A rating that O*NET recommends to suppress for its low precision is left out, and so is an
element marked not relevant for the occupation; both are counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from data.errors import InputFault
from data.folding import search_form
from data.labels import sentence_case
from data.official import TextRelease
from data.sources import technologies

ADDRESS = "https://www.onetonline.org/find/descriptor/result/"
CODE, ELEMENT, SCALE, VALUE = "O*NET-SOC Code", "Element ID", "Scale ID", "Data Value"
RATED = (CODE, ELEMENT, "Element Name", SCALE, VALUE, "Standard Error", "Recommend Suppress", "Not Relevant")
FACETS = {"2.A.": "essential", "2.B.": "transferable", "2.C.": "knowledge", "4.A.": "activity"}
KINDS = {"essential": "skill", "transferable": "skill", "knowledge": "knowledge", "activity": "activity"}
EMPTY = ("", "n/a")

SKILLS, ESSENTIAL, TRANSFERABLE = "Skills.txt", "Essential Skills.txt", "Transferable Skills.txt"
KNOWLEDGE, ACTIVITIES = "Knowledge.txt", "Work Activities.txt"
SOFTWARE = {"Software Skills.txt": "Workplace Example", "Technology Skills.txt": "Example"}
EDUCATION = {
    "Education.txt": "Education Categories.txt",
    "Education, Training, and Experience.txt": "Education, Training, and Experience Categories.txt",
}
INTERESTS = ("Career Interest Types.txt", "Interests.txt")
ILLUSTRATIONS = "Interests Illustrative Activities.txt"
ZONES, MODEL = "Job Zones.txt", "Content Model Reference.txt"
REPORTED, REPORTED_TITLE = "Sample of Reported Titles.txt", "Reported Job Title"

IN_DEMAND, HOT, NAMED = 0.75, 0.5, 0.25
"""O*NET does not rate software. In demand: employers' postings for this very occupation often ask for it;
hot technology: postings of all kinds often do; otherwise it is an example of what is used."""

RIASEC = {
    "1.B.1.a": "realistic", "1.B.1.b": "investigative", "1.B.1.c": "artistic",
    "1.B.1.d": "social", "1.B.1.e": "enterprising", "1.B.1.f": "conventional",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ratings:
    """Frames in the columns of their tables, and what was left out or is not in the release, a line each.

    ``software`` has role_code, name, category, importance: `software` makes requirements of it.

    Titles are those that job holders report. The alternate titles, seven times as many, would cost every
    worker 30 MB and stay out.
    """

    skill: pd.DataFrame
    skill_label: pd.DataFrame
    requirement: pd.DataFrame
    software: pd.DataFrame
    role_job_zone: pd.DataFrame
    role_education: pd.DataFrame
    role_interest: pd.DataFrame
    interest_activity: pd.DataFrame
    role_title: pd.DataFrame
    notes: tuple[str, ...]

    @property
    def rows(self) -> int:
        """Rows of all tables but those of skills and titles."""
        tables = (self.role_job_zone, self.role_education, self.role_interest, self.interest_activity)
        return len(self.requirement) + len(self.software) + sum(map(len, tables))


def load(release: TextRelease, roles: pd.Series) -> Ratings | None:
    """What the release rates; ``None`` where it rates nothing.

    Parameters
    ----------
    release : TextRelease
    roles : Series
        Codes of the release's roles.

    Raises
    ------
    InputFault
        If a file is not what it should be.
    """
    notes: list[str] = []
    known = frozenset(roles)
    rated, elements = _rated(release, known, notes)
    named = _software(release, known, notes)
    zones = _zones(release, known, notes)
    education = _education(release, known, notes)
    interests = _interests(release, known, notes)
    illustrations = _illustrations(release, notes)
    if rated.empty and named.empty and zones.empty and education.empty and interests.empty:
        return None
    return Ratings(
        skill=elements,
        skill_label=_labels(elements),
        requirement=rated,
        software=named,
        role_job_zone=zones,
        role_education=education,
        role_interest=interests,
        interest_activity=illustrations,
        role_title=_titles(release, known),
        notes=tuple(notes),
    )


# Skills, knowledge and work activities


def _rated(
    release: TextRelease, roles: frozenset[str], notes: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Requirements and, as skills, the elements they are of."""
    frames = [_ratings(release, file, facets, roles) for file, facets in _rated_files(release, notes)]
    columns = [CODE, ELEMENT, "Element Name", "importance", "level", "stderr", "suppressed", "irrelevant"]
    frame = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=columns)
    suppressed = frame.suppressed.astype(bool) | frame.importance.isna()
    irrelevant = frame.irrelevant.astype(bool) & ~suppressed
    for left_out, why in ((suppressed, "O*NET suppresses"), (irrelevant, "O*NET calls not relevant")):
        if left_out.any():
            notes.append(f"left out: {int(left_out.sum()):,} ratings that {why}")
    kept = frame[~suppressed & ~irrelevant]
    requirement = pd.DataFrame(
        {
            "role_code": kept[CODE],
            "skill_id": "onet:" + kept[ELEMENT],
            "facet": kept[ELEMENT].str[:4].map(FACETS),
            "importance": kept.importance.astype(float),
            "level": kept.level.astype(float),
            "stderr": kept.stderr.astype(float),
        }
    )
    return requirement, _elements(release, frame)


def _rated_files(release: TextRelease, notes: list[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Which files hold ratings, and of which parts of the content model."""
    split = [file for file in (ESSENTIAL, TRANSFERABLE) if release.has(file)]
    if len(split) == 1:
        other = TRANSFERABLE if split[0] == ESSENTIAL else ESSENTIAL
        raise InputFault(release.path, f"has {split[0]} and no {other}")
    found: list[tuple[str, tuple[str, ...]]] = [(SKILLS, ("2.A.", "2.B."))]
    if split:
        found = [(ESSENTIAL, ("2.A.",)), (TRANSFERABLE, ("2.B.",))]
    found += [(KNOWLEDGE, ("2.C.",)), (ACTIVITIES, ("4.A.",))]
    for file, _ in found:
        if not release.has(file):
            notes.append(f"not in this release: {file}")
    return [(file, parts) for file, parts in found if release.has(file)]


def _ratings(release: TextRelease, file: str, parts: Sequence[str], roles: frozenset[str]) -> pd.DataFrame:
    """One row per role and element, with importance, level and stderr 0-1."""
    frame, name = release.table(file, RATED), release.called(file)
    frame = frame[frame[SCALE].isin(["IM", "LV"])]
    if frame.empty:
        raise InputFault(name, "has no ratings on the scales IM and LV")
    _known(frame, roles, name)
    foreign = ~frame[ELEMENT].str.startswith(tuple(parts))
    if foreign.any():
        raise InputFault(name, f"has element {frame[ELEMENT][foreign].iloc[0]!r}, which is not of its kind")
    _once(frame, [CODE, ELEMENT, SCALE], name)
    frame = frame.assign(
        value=_numbers(frame[VALUE], name, VALUE),
        error=_numbers(frame["Standard Error"], name, "Standard Error"),
        suppress=_flags(frame["Recommend Suppress"], name, "Recommend Suppress"),
        irrelevant=_flags(frame["Not Relevant"], name, "Not Relevant"),
    )
    keys = [CODE, ELEMENT]
    scales = {scale: frame[frame[SCALE] == scale].set_index(keys) for scale in ("IM", "LV")}
    importance, level = scales["IM"], scales["LV"].reindex(scales["IM"].index)
    _within(importance.value, 1, 5, name)
    _within(level.value, 0, 7, name)
    return pd.DataFrame(
        {
            "Element Name": importance["Element Name"],
            "importance": (importance.value - 1) / 4,
            # A level that is suppressed, or of an element that is not relevant, is not published.
            "level": level.value.where(~level.suppress.eq(True)) / 7,
            "stderr": importance.error / 4,
            "suppressed": importance.suppress,
            "irrelevant": level.irrelevant.eq(True) | importance.irrelevant,
        }
    ).reset_index()


def _elements(release: TextRelease, rated: pd.DataFrame) -> pd.DataFrame:
    """Elements as skills, in the columns of table skill."""
    named = rated[[ELEMENT, "Element Name"]].drop_duplicates(ELEMENT).sort_values(ELEMENT)
    described = {}
    if release.has(MODEL):
        model = release.table(MODEL, (ELEMENT, "Description"))
        described = dict(zip(model[ELEMENT], model.Description, strict=True))
    name = named["Element Name"].str.split().str.join(" ")
    return pd.DataFrame(
        {
            "id": "onet:" + named[ELEMENT],
            "name": [sentence_case(each, title_case=True) for each in name],
            "published_name": name,
            "uri": ADDRESS + named[ELEMENT],
            "vocabulary": "onet",
            "kind": named[ELEMENT].str[:4].map(FACETS).map(KINDS),
            "description": named[ELEMENT].map(described).fillna(""),
        }
    )


def _labels(elements: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "skill_id": elements.id,
            "label": elements.published_name,
            "language": "en",
            "preferred": True,
            "folded": elements.published_name.map(search_form),
        }
    )


# Software


def software(
    named: pd.DataFrame, technology: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Requirements, and the technologies that are not known yet with their labels.

    Parameters
    ----------
    named : DataFrame
        ``Ratings.software``.
    technology : DataFrame
        id, published_name of the technologies that are known already; capitals make no difference.
    """
    ids = dict(zip(technology.published_name.str.casefold(), technology.id, strict=True))
    key = named.name.str.casefold()
    first = ~key.isin(ids) & ~key.duplicated()
    fresh, labels = technologies.named(named.name[first], named.category[first])
    ids.update(zip(fresh.published_name.str.casefold(), fresh.id, strict=True))
    requirement = named[["role_code", "importance"]].assign(skill_id=key.map(ids), facet="software")
    requirement = requirement.sort_values("importance", ascending=False, kind="stable")
    return requirement.drop_duplicates(["role_code", "skill_id"]), fresh, labels


def _software(release: TextRelease, roles: frozenset[str], notes: list[str]) -> pd.DataFrame:
    file = release.first(*SOFTWARE)
    if file is None:
        notes.append(f"not in this release: {' or '.join(SOFTWARE)}")
        return pd.DataFrame(columns=["role_code", "name", "category", "importance"])
    name, example = release.called(file), SOFTWARE[file]
    category = "Commodity Title" if file == "Technology Skills.txt" else "Element Name"
    frame = release.table(file, (CODE, example, category, "Hot Technology", "In Demand"))
    _known(frame, roles, name)
    if frame.empty or frame[example].str.strip().isin(EMPTY).any():
        raise InputFault(name, f"has a row without {example}" if len(frame) else "has no software")
    in_demand = _flags(frame["In Demand"], name, "In Demand")
    hot = _flags(frame["Hot Technology"], name, "Hot Technology")
    return pd.DataFrame(
        {
            "role_code": frame[CODE],
            "name": frame[example].str.split().str.join(" "),
            "category": frame[category],
            "importance": pd.Series(NAMED, index=frame.index).mask(hot, HOT).mask(in_demand, IN_DEMAND),
        }
    )


# Preparation


def _zones(release: TextRelease, roles: frozenset[str], notes: list[str]) -> pd.DataFrame:
    if not release.has(ZONES):
        notes.append(f"not in this release: {ZONES}")
        return pd.DataFrame(columns=["role_code", "job_zone"])
    frame, name = release.table(ZONES, (CODE, "Job Zone")), release.called(ZONES)
    _known(frame, roles, name)
    _once(frame, [CODE], name)
    zone = _numbers(frame["Job Zone"], name, "Job Zone")
    if not zone.dropna().isin(range(1, 6)).all():
        raise InputFault(name, "has a Job Zone that is not 1 to 5")
    rated = zone.notna()
    return pd.DataFrame({"role_code": frame[CODE][rated], "job_zone": zone[rated].astype(int)})


def _education(release: TextRelease, roles: frozenset[str], notes: list[str]) -> pd.DataFrame:
    columns = ["role_code", "category", "name", "share"]
    file = release.first(*EDUCATION)
    if file is None:
        notes.append(f"not in this release: {' or '.join(EDUCATION)}")
        return pd.DataFrame(columns=columns)
    name = release.called(file)
    frame = release.table(file, (CODE, SCALE, "Category", VALUE, "Recommend Suppress"))
    frame = frame[frame[SCALE] == "RL"]
    if frame.empty:
        raise InputFault(name, "has nothing on the scale RL, required level of education")
    _known(frame, roles, name)
    _once(frame, [CODE, "Category"], name)
    share = _numbers(frame[VALUE], name, VALUE)
    _within(share, 0, 100, name)
    names = _categories(release, EDUCATION[file])
    unnamed = ~frame.Category.isin(names)
    if unnamed.any():
        raise InputFault(name, f"has category {frame.Category[unnamed].iloc[0]!r}, which has no name")
    suppressed = _flags(frame["Recommend Suppress"], name, "Recommend Suppress") | share.isna()
    # Shares with a hole among them say nothing of what is usual: such a role is left out whole.
    holed = frame[CODE].isin(frame[CODE][suppressed & (share != 0)])
    if holed.any():
        among = frame[CODE][holed].nunique()
        notes.append(f"left out: required education of {among:,} roles, of which O*NET suppresses a part")
    table = pd.DataFrame(
        {
            "role_code": frame[CODE],
            "category": frame.Category.astype(int),
            "name": frame.Category.map(names),
            "share": share / 100,
        }
    )
    return table[~suppressed & ~holed]


def _categories(release: TextRelease, file: str) -> dict[str, str]:
    """Names of education categories by number, without the explanation after the dash."""
    frame = release.table(file, (SCALE, "Category", "Category Description"))
    frame = frame[(frame[SCALE] == "RL") & frame.Category.str.fullmatch(r"\d{1,2}")]
    return {
        category: re.split(r"\s+-\s+", text, maxsplit=1)[0].strip()
        for category, text in zip(frame.Category, frame["Category Description"], strict=True)
    }


# Interests


def _interests(release: TextRelease, roles: frozenset[str], notes: list[str]) -> pd.DataFrame:
    file = release.first(*INTERESTS)
    if file is None:
        notes.append(f"not in this release: {' or '.join(INTERESTS)}")
        return pd.DataFrame(columns=["role_code", "interest", "score"])
    frame, name = release.table(file, (CODE, ELEMENT, SCALE, VALUE)), release.called(file)
    frame = frame[(frame[SCALE] == "OI") & frame[ELEMENT].isin(RIASEC)]
    if frame.empty:
        raise InputFault(name, "has nothing on the scale OI, occupational interests")
    _known(frame, roles, name)
    _once(frame, [CODE, ELEMENT], name)
    score = _numbers(frame[VALUE], name, VALUE)
    _within(score, 1, 7, name)
    table = pd.DataFrame({"role_code": frame[CODE], "interest": frame[ELEMENT].map(RIASEC), "score": score})
    return table.dropna(subset="score")


def _illustrations(release: TextRelease, notes: list[str]) -> pd.DataFrame:
    """Activities of the six general interests; those of the finer areas of interest stay out."""
    if not release.has(ILLUSTRATIONS):
        notes.append(f"not in this release: {ILLUSTRATIONS}")
        return pd.DataFrame(columns=["interest", "text", "position"])
    frame = release.table(ILLUSTRATIONS, (ELEMENT, "Activity"))
    frame = frame[frame[ELEMENT].isin(RIASEC) & ~frame.Activity.isin(EMPTY)].drop_duplicates()
    if frame.empty:
        raise InputFault(release.called(ILLUSTRATIONS), "has no activity of the six interests")
    table = pd.DataFrame({"interest": frame[ELEMENT].map(RIASEC), "text": frame.Activity})
    return table.assign(position=table.groupby("interest").cumcount())


# Titles


def _titles(release: TextRelease, roles: frozenset[str]) -> pd.DataFrame:
    """What job holders call their job; CEO (Chief Executive Officer) is two titles."""
    if not release.has(REPORTED):
        return pd.DataFrame(columns=["role_code", "title", "language"])
    frame = release.table(REPORTED, (CODE, REPORTED_TITLE))
    _known(frame, roles, release.called(REPORTED))
    split = frame[REPORTED_TITLE].str.extract(r"^(.*?)\s*(?:\(([^()]*)\))?$")
    titles = pd.concat([frame[[CODE]].assign(title=split[part].str.strip()) for part in (0, 1)])
    titles = titles[titles.title.notna() & ~titles.title.isin(EMPTY)].drop_duplicates()
    return titles.set_axis(["role_code", "title"], axis=1).assign(language="en")


# What every file is checked for


def _known(frame: pd.DataFrame, roles: frozenset[str], name: str) -> None:
    unknown = ~frame[CODE].isin(roles)
    if unknown.any():
        raise InputFault(name, f"has rows of an unknown occupation, {frame[CODE][unknown].iloc[0]}")


def _once(frame: pd.DataFrame, keys: list[str], name: str) -> None:
    twice = frame.duplicated(keys)
    if twice.any():
        raise InputFault(name, f"has two rows for {' '.join(frame.loc[twice, keys].iloc[0])}")


def _numbers(values: pd.Series, name: str, column: str) -> pd.Series:
    """Numbers, and NaN where a cell is empty or n/a."""
    numbers = pd.to_numeric(values, errors="coerce").astype(float)
    wrong = numbers.isna() & ~values.isin(EMPTY)
    if wrong.any():
        raise InputFault(name, f"has {values[wrong].iloc[0]!r} as {column}, which is no number")
    return numbers


def _within(values: pd.Series, least: float, most: float, name: str) -> None:
    outside = values.notna() & ~values.between(least, most)
    if outside.any():
        raise InputFault(name, f"has {values[outside].iloc[0]:g} where {least} to {most} is the scale")


def _flags(values: pd.Series, name: str, column: str) -> pd.Series:
    """Whether a cell says Y; N, n/a and nothing say it does not."""
    wrong = ~values.isin(["Y", "N", *EMPTY])
    if wrong.any():
        raise InputFault(name, f"has {values[wrong].iloc[0]!r} as {column}, which is neither Y nor N")
    return values == "Y"
