"""A small O*NET text release, in the layout before 30.3 and in the one since."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

Table = tuple[Sequence[str], Sequence[Sequence[str]]]

RATED = (
    "O*NET-SOC Code", "Element ID", "Element Name", "Scale ID", "Data Value", "N", "Standard Error",
    "Lower CI Bound", "Upper CI Bound", "Recommend Suppress", "Not Relevant", "Date", "Domain Source",
)  # fmt: skip
ACTORS, NURSES = "27-2011.00", "29-1141.00"


def rated(code: str, element: str, name: str, scale: str, value: str, *rest: str) -> tuple[str, ...]:
    """A row of ratings; ``rest`` is standard error, suppress, not relevant."""
    error, suppress, irrelevant = (*rest, *("0.2", "N", "n/a" if scale == "IM" else "N")[len(rest) :])
    return (
        code,
        element,
        name,
        scale,
        value,
        "20",
        error,
        "n/a",
        "n/a",
        suppress,
        irrelevant,
        "08/2030",
        "x",
    )


SKILLS: Table = (
    RATED,
    [
        rated(ACTORS, "2.A.1.a", "Reading Comprehension", "IM", "3.00"),
        rated(ACTORS, "2.A.1.a", "Reading Comprehension", "LV", "3.50"),
        rated(NURSES, "2.A.1.a", "Reading Comprehension", "IM", "4.00", "n/a"),
        rated(NURSES, "2.A.1.a", "Reading Comprehension", "LV", "4.00", "0.1", "Y"),
        rated(NURSES, "2.B.1.a", "Social Perceptiveness", "IM", "4.20", "0.1", "Y"),
        rated(NURSES, "2.B.1.a", "Social Perceptiveness", "LV", "4.00"),
        rated(ACTORS, "2.B.1.a", "Social Perceptiveness", "IM", "5.00", "0.4"),
        rated(ACTORS, "2.B.1.a", "Social Perceptiveness", "LV", "7.00"),
        rated(ACTORS, "2.B.3.e", "Programming", "IM", "1.10"),
        rated(ACTORS, "2.B.3.e", "Programming", "LV", "0.00", "0.1", "N", "Y"),
    ],
)
KNOWLEDGE: Table = (
    RATED,
    [
        rated(NURSES, "2.C.4.e", "Psychology", "IM", "4.60", ""),
        rated(NURSES, "2.C.4.e", "Psychology", "LV", "n/a", ""),
    ],
)
ACTIVITIES: Table = (
    RATED,
    [
        rated(NURSES, "4.A.4.a.5", "Assisting and Caring for Others", "IM", "4.80"),
        rated(NURSES, "4.A.4.a.5", "Assisting and Caring for Others", "LV", "5.60"),
    ],
)
SOFTWARE = [
    (ACTORS, "Adobe Photoshop", "Graphics software", "N", "N"),
    (NURSES, "microsoft excel", "Spreadsheet software", "Y", "N"),
    (NURSES, "Waymark Ward Planner", "Medical software", "N", "Y"),
]
SHARES = [("1", "0"), ("6", "60"), ("8", "40")]
EDUCATION_HEAD = ("O*NET-SOC Code", "Element ID", "Element Name", "Scale ID", "Category", "Data Value", "N")
EDUCATION_HEAD += (
    "Standard Error",
    "Lower CI Bound",
    "Upper CI Bound",
    "Recommend Suppress",
    "Date",
    "Source",
)
EDUCATION: Table = (
    EDUCATION_HEAD,
    [
        *((NURSES, "2.D.1", "x", "RL", c, v, "20", "1", "", "", "N", "08/2030", "x") for c, v in SHARES),
        (ACTORS, "2.D.1", "x", "RL", "6", "70", "20", "9", "", "", "Y", "08/2030", "x"),
        (ACTORS, "2.D.1", "x", "RL", "1", "30", "20", "9", "", "", "N", "08/2030", "x"),
    ],
)
CATEGORIES: Table = (
    ("Element ID", "Element Name", "Scale ID", "Category", "Category Description"),
    [
        ("2.D.1", "x", "RL", "1", "Less than a High School Diploma"),
        ("2.D.1", "x", "RL", "6", "Bachelor's Degree"),
        ("2.D.1", "x", "RL", "8", "Master's Degree - awarded after (for example) two years"),
    ],
)
INTERESTS: Table = (
    ("O*NET-SOC Code", "Element ID", "Element Name", "Scale ID", "Data Value", "Date", "Domain Source"),
    [
        (NURSES, "1.B.1.d", "Social", "OI", "6.33", "08/2030", "x"),
        (NURSES, "1.B.1.b", "Investigative", "OI", "5", "08/2030", "x"),
        (NURSES, "1.B.1.g", "First Interest High-Point", "IH", "4", "08/2030", "x"),
    ],
)
BOTH: Mapping[str, Table] = {
    "Occupation Data.txt": (
        ("O*NET-SOC Code", "Title", "Description"),
        [(ACTORS, "Actors", "Play parts."), (NURSES, "Registered Nurses", "Assess patients.")],
    ),
    "Task Statements.txt": (
        ("O*NET-SOC Code", "Task ID", "Task", "Task Type"),
        [(ACTORS, "1", "Rehearse roles.", "Core"), (NURSES, "2", "Record vital signs.", "n/a")],
    ),
    "Content Model Reference.txt": (
        ("Element ID", "Element Name", "Description"),
        [("2.A.1.a", "Reading Comprehension", "Understanding written sentences.")],
    ),
    "Knowledge.txt": KNOWLEDGE,
    "Work Activities.txt": ACTIVITIES,
    "Job Zones.txt": (("O*NET-SOC Code", "Job Zone"), [(ACTORS, "2"), (NURSES, "4")]),
    "Interests Illustrative Activities.txt": (
        ("Element ID", "Element Name", "Interest Type", "Activity"),
        [
            ("1.B.1.d", "Social", "General", "Help people with personal problems."),
            ("1.B.1.d", "Social", "General", "Teach a class."),
            ("1.B.3.x", "Nursing", "Basic", "Dress a wound."),
        ],
    ),
    "Sample of Reported Titles.txt": (
        ("O*NET-SOC Code", "Reported Job Title", "Shown in My Next Move"),
        [(NURSES, "WN (Ward Nightingale)", "Y"), (NURSES, "Registered Nurse", "Y")],
    ),
}


def _software(example: str, category: str, rows: Sequence[tuple[str, ...]] = SOFTWARE) -> Table:
    return (("O*NET-SOC Code", example, category, "Hot Technology", "In Demand"), rows)


def _part(table: Table, element: str) -> Table:
    place = list(table[0]).index("Element ID")
    return table[0], [row for row in table[1] if row[place].startswith(element)]


def older() -> dict[str, Table]:
    """Files of a release before 30.3."""
    return {
        **BOTH,
        "Skills.txt": SKILLS,
        "Technology Skills.txt": _software("Example", "Commodity Title"),
        "Education, Training, and Experience.txt": EDUCATION,
        "Education, Training, and Experience Categories.txt": CATEGORIES,
        "Interests.txt": INTERESTS,
    }


def newer() -> dict[str, Table]:
    """The same content in the layout since 30.3."""
    return rearranged(older())


def rearranged(files: Mapping[str, Table]) -> dict[str, Table]:
    """Files of the older layout in the newer one."""
    new = dict(files)
    skills = new.pop("Skills.txt")
    new["Essential Skills.txt"] = _part(skills, "2.A.")
    new["Transferable Skills.txt"] = _part(skills, "2.B.")
    names = {
        "Example": "Workplace Example",
        "Commodity Title": "Element Name",
        "Commodity Code": "Element ID",
    }
    head, rows = new.pop("Technology Skills.txt")
    new["Software Skills.txt"] = [names.get(name, name) for name in head], rows
    experience = new.pop("Education, Training, and Experience.txt")
    new["Education.txt"] = _part(experience, "2.D.1")
    new["Training and Experience.txt"] = _part(experience, "3.A")
    new["Education Categories.txt"] = _part(
        new.pop("Education, Training, and Experience Categories.txt"), "2.D.1"
    )
    new["Career Interest Types.txt"] = new.pop("Interests.txt")
    return new


def written(files: Mapping[str, Table], folder: Path) -> Path:
    """The release as a folder of tab-separated files."""
    folder.mkdir(parents=True)
    for name, (head, rows) in files.items():
        lines = ["\t".join(head), *("\t".join(row) for row in rows)]
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def changed(folder: Path, file: str, change: Callable[[str], str]) -> Path:
    """One file of a release on disk, with its text changed."""
    path = folder / file
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    return path
