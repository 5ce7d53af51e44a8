"""A full O*NET release: what is taken from it in either layout, and what is done with damaged ones."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from data.__main__ import main
from data.build import build
from data.diff import PREVIOUS
from data.errors import InputFault
from data.official import TextRelease
from data.sources import onet_ratings, onet_tasks
from data.store import LaborStore
from graph.model import Facet, Interest, InterestActivity
from tests.data import onet_release
from tests.data.onet_release import ACTORS, NURSES, changed, newer, older, rearranged, written

OFFICIAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "db_29_3_text.zip"
LAYOUTS = {"older": older, "newer": newer}
FRAMES = ("requirement", "software", "role_job_zone", "role_education", "role_interest", "interest_activity")


@pytest.fixture(params=list(LAYOUTS))
def release(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The small release in one of the layouts, as a folder."""
    return written(LAYOUTS[request.param](), tmp_path / "db_31_0_text")


def load(path: Path) -> onet_ratings.Ratings:
    roles, _, _ = onet_tasks.load_official(path)
    ratings = onet_ratings.load(TextRelease(path), roles.code)
    assert ratings is not None
    return ratings


def zipped(folder: Path) -> Path:
    packed = folder.with_suffix(".zip")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, f"{folder.name}/{path.name}")
    return packed


def same(one: onet_ratings.Ratings, other: onet_ratings.Ratings) -> None:
    for frame in FRAMES:
        left, right = getattr(one, frame), getattr(other, frame)
        columns = list(left.columns)
        assert sorted(map(str, left.values.tolist())) == sorted(map(str, right[columns].values.tolist())), (
            frame
        )


# What is taken


def test_importance_level_and_standard_error_run_from_0_to_1(release):
    rows = load(release).requirement.set_index(["role_code", "skill_id"])
    reading = rows.loc[(ACTORS, "onet:2.A.1.a")]
    assert (reading.importance, reading.level, reading.stderr) == (0.5, 0.5, pytest.approx(0.05))
    assert rows.loc[(ACTORS, "onet:2.B.1.a"), ["importance", "level"]].tolist() == [1, 1]
    assert rows.facet.to_dict() == {
        (ACTORS, "onet:2.A.1.a"): "essential",
        (NURSES, "onet:2.A.1.a"): "essential",
        (ACTORS, "onet:2.B.1.a"): "transferable",
        (NURSES, "onet:2.C.4.e"): "knowledge",
        (NURSES, "onet:4.A.4.a.5"): "activity",
    }


def test_what_onet_suppresses_or_calls_not_relevant_is_left_out_and_counted(release):
    ratings = load(release)
    rows = ratings.requirement.set_index(["role_code", "skill_id"])
    assert (NURSES, "onet:2.B.1.a") not in rows.index
    assert (ACTORS, "onet:2.B.3.e") not in rows.index
    # A level that is suppressed, and figures that are empty or n/a, are not published: never zero.
    assert (
        rows.loc[[(NURSES, "onet:2.A.1.a"), (NURSES, "onet:2.C.4.e")], ["level", "stderr"]].isna().all().all()
    )
    assert "left out: 1 ratings that O*NET suppresses" in ratings.notes
    assert "left out: 1 ratings that O*NET calls not relevant" in ratings.notes


def test_education_with_a_suppressed_share_is_left_out_whole(release):
    ratings = load(release)
    assert set(ratings.role_education.role_code) == {NURSES}
    assert ratings.role_education[["category", "name", "share"]].values.tolist() == [
        [1, "Less than a High School Diploma", 0],
        [6, "Bachelor's Degree", 0.6],
        [8, "Master's Degree", 0.4],
    ]
    assert any("required education of 1 roles" in note for note in ratings.notes)


def test_only_the_six_general_interests_are_taken(release):
    ratings = load(release)
    assert ratings.role_interest.values.tolist() == [[NURSES, "social", 6.33], [NURSES, "investigative", 5]]
    assert ratings.interest_activity.text.tolist() == [
        "Help people with personal problems.",
        "Teach a class.",
    ]


def test_what_a_release_does_not_have_is_noted_and_stays_empty(release):
    (release / "Work Activities.txt").unlink()
    (release / "Interests Illustrative Activities.txt").unlink()
    ratings = load(release)
    assert "not in this release: Work Activities.txt" in ratings.notes
    assert ratings.interest_activity.empty and "activity" not in set(ratings.requirement.facet)


def test_a_release_of_roles_and_tasks_alone_rates_nothing(small_onet):
    roles, _, _ = onet_tasks.load_official(small_onet)
    assert onet_ratings.load(TextRelease(small_onet), roles.code) is None


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_the_store_reads_a_full_release(layout, small_oews, tmp_path):
    folder = written(LAYOUTS[layout](), tmp_path / "db_31_0_text")
    (tmp_path / "labor.duckdb").write_bytes(b"the build before")
    built = build(tmp_path / "labor.duckdb", onet=zipped(folder), oews_release=small_oews)
    assert (tmp_path / PREVIOUS).read_bytes() == b"the build before"
    store = LaborStore.open(built.path)
    try:
        required = {
            each.skill.id: each for each in store.requirements()[NURSES] if each.facet != "occupational"
        }
        assert required["onet:2.A.1.a"].skill.name == "Reading comprehension"
        assert required["onet:2.A.1.a"].skill.description == "Understanding written sentences."
        assert required["onet:2.C.4.e"].skill.uri.endswith("/find/descriptor/result/2.C.4.e")
        assert required["onet:4.A.4.a.5"].skill.kind == "activity"
        # Software that the starter data knows keeps its identity; the rest is added.
        assert required["onet:Microsoft%20Excel"].importance == onet_ratings.HOT
        assert required["onet:Waymark%20Ward%20Planner"].importance == onet_ratings.IN_DEMAND
        assert {each.facet for each in required.values()} <= {facet.value for facet in Facet}
        preparation = store.preparations()[NURSES]
        assert (preparation.job_zone, preparation.usual_education) == (4, (6, "Bachelor's Degree"))
        assert store.preparations()[ACTORS].education == ()
        assert store.interests()[NURSES].scores[Interest.SOCIAL] == 6.33
        assert store.interest_activities()[1] == InterestActivity(Interest.SOCIAL, "Teach a class.")
        titles = [title for code, title, _ in store.role_titles() if code == NURSES]
        assert {"WN", "Ward Nightingale"} <= set(titles)
        assert [title.casefold() for title in titles].count("registered nurse") == 1
        ratings = next(source for source in store.sources() if source.id == "onet_ratings")
        assert ratings.release == "31.0" and "O*NET 31.0 Database" in ratings.attribution
        # A person who reads English for work has a part of what O*NET calls reading comprehension.
        kin = [each for each in store.kinships() if each.skill_id == "onet:2.A.1.a"]
        assert kin and all(0 < each.strength <= 0.8 for each in kin)
        assert store.search_skills("social perceptiveness")[0].id == "onet:2.B.1.a"
    finally:
        store.close()


def test_without_a_full_release_nothing_of_it_is_there(labor_store):
    assert labor_store.preparations() == labor_store.interests() == {}
    assert labor_store.interest_activities() == ()
    facets = {each.facet for role in labor_store.requirements().values() for each in role}
    assert facets == {"occupational"}
    assert labor_store.skill("onet:2.A.1.a") is None
    assert not any(each.skill_id.startswith("onet:2.") for each in labor_store.kinships())


# The official release of May 2025, cut down to a few roles


@pytest.fixture(scope="module")
def cut() -> dict[str, onet_release.Table]:
    """Files of the official release, the rows of every fortieth role only."""
    if not OFFICIAL.exists():
        pytest.skip("the official release is not here")
    files: dict[str, onet_release.Table] = {}
    with zipfile.ZipFile(OFFICIAL) as archive:
        for name in archive.namelist():
            if not name.endswith(".txt") or "Read Me" in name:
                continue
            text = io.TextIOWrapper(archive.open(name), encoding="utf-8")
            head, *rows = csv.reader(text, delimiter="\t", quoting=csv.QUOTE_NONE)
            files[name.rsplit("/", 1)[-1]] = head, rows
    kept = {row[0] for row in files["Occupation Data.txt"][1][::40]}
    return {
        name: (head, [row for row in rows if head[0] != "O*NET-SOC Code" or row[0] in kept])
        for name, (head, rows) in files.items()
    }


def test_the_official_release_gives_the_same_in_both_layouts(cut, tmp_path):
    one = load(written(cut, tmp_path / "older"))
    other = load(zipped(written(rearranged(cut), tmp_path / "newer")))
    same(one, other)
    counted = one.requirement.facet.value_counts()
    assert counted["essential"] > 100 and counted["transferable"] > 300 and counted["knowledge"] > 300
    assert one.requirement.importance.between(0, 1).all()
    assert one.requirement.level.dropna().between(0, 1).all()
    assert len(one.software) > 300 and one.role_job_zone.job_zone.between(1, 5).all()
    whole = one.role_education.groupby("role_code").share.sum()
    assert whole.between(0.999, 1.001).all()


@pytest.mark.parametrize("layout", ["older", "newer"])
def test_a_damaged_official_release_leaves_the_old_database(layout, cut, tmp_path, monkeypatch, capsys):
    files = cut if layout == "older" else rearranged(cut)
    packed = zipped(written(files, tmp_path / "db_29_3_text"))
    content = packed.read_bytes()
    folder = tmp_path / "var"
    folder.mkdir()
    (folder / "labor.duckdb").write_bytes(b"the old database")
    monkeypatch.setenv("DATA_DIR", str(folder))
    damaged = [content[:-300], content[: len(content) // 2], content[:5000] + b"\xff" * 4000 + content[9000:]]
    for each in damaged:
        packed.write_bytes(each)
        assert main(["build", "--onet", str(packed)]) == 1
        out, err = capsys.readouterr()
        assert out == "" and err.count("\n") == 1 and "db_29_3_text.zip" in err
        assert (folder / "labor.duckdb").read_bytes() == b"the old database"
        assert [path.name for path in folder.iterdir()] == ["labor.duckdb"]


# Damaged copies


SKILL_FILE = {"older": "Skills.txt", "newer": "Transferable Skills.txt"}
SOFTWARE_FILE = {"older": "Technology Skills.txt", "newer": "Software Skills.txt"}
SCHOOL_FILE = {"older": "Education, Training, and Experience.txt", "newer": "Education.txt"}
INTEREST_FILE = {"older": "Interests.txt", "newer": "Career Interest Types.txt"}
DAMAGE = {
    "a row cut short": (SKILL_FILE, lambda text: text[:-30], "middle of a row"),
    "a lost column": (SKILL_FILE, lambda text: text.replace("Scale ID", "Scale"), "has no column Scale ID"),
    "another file": (SKILL_FILE, lambda text: text.replace("2.B.", "1.A."), "is not of its kind"),
    "no rows": (SKILL_FILE, lambda text: text.split("\n", 1)[0] + "\n", "no ratings"),
    "a page of the web": (SKILL_FILE, lambda text: "<html>not found</html>\n", "has no column"),
    "an unknown role": (SKILL_FILE, lambda text: text.replace(ACTORS, "99-9999.00"), "99-9999.00"),
    "a word for a number": (SKILL_FILE, lambda text: text.replace("5.00", "high"), "'high'"),
    "a value off the scale": (SKILL_FILE, lambda text: text.replace("5.00", "55.0"), "1 to 5"),
    "a flag that is none": (SKILL_FILE, lambda text: text.replace("\tY\t", "\tmaybe\t"), "neither Y nor N"),
    "a row twice": (SKILL_FILE, lambda text: text + text.splitlines()[-1] + "\n", "two rows"),
    "software without a name": (
        SOFTWARE_FILE,
        lambda text: text.replace("Adobe Photoshop", ""),
        "has a row without",
    ),
    "software of nobody": (SOFTWARE_FILE, lambda text: text.replace(NURSES, "12-3456.00"), "12-3456.00"),
    "a share of 160 percent": (SCHOOL_FILE, lambda text: text.replace("\t60\t", "\t160\t"), "0 to 100"),
    "a category without a name": (SCHOOL_FILE, lambda text: text.replace("RL\t8", "RL\t9"), "'9'"),
    "no required education": (SCHOOL_FILE, lambda text: text.replace("RL", "RW"), "scale RL"),
    "an interest off the scale": (INTEREST_FILE, lambda text: text.replace("6.33", "9.33"), "1 to 7"),
    "no interests": (INTEREST_FILE, lambda text: text.replace("OI", "IH"), "scale OI"),
}


@pytest.mark.parametrize("damage", list(DAMAGE))
@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_a_damaged_release_is_refused_in_one_line(layout, damage, tmp_path, monkeypatch, capsys):
    files, change, words = DAMAGE[damage]
    folder = written(LAYOUTS[layout](), tmp_path / "db_31_0_text")
    changed(folder, files[layout], change)
    data = tmp_path / "var"
    data.mkdir()
    (data / "labor.duckdb").write_bytes(b"the old database")
    monkeypatch.setenv("DATA_DIR", str(data))
    assert main(["build", "--onet", str(folder)]) == 1
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1
    assert files[layout] in err and words in err
    assert (data / "labor.duckdb").read_bytes() == b"the old database"
    assert [path.name for path in data.iterdir()] == ["labor.duckdb"]


def test_one_half_of_the_skills_without_the_other_is_refused(tmp_path):
    folder = written(newer(), tmp_path / "db")
    (folder / "Essential Skills.txt").unlink()
    with pytest.raises(InputFault, match=r"has Transferable Skills\.txt and no Essential Skills\.txt"):
        load(folder)


def test_categories_that_are_not_there_are_missed(tmp_path):
    folder = written(newer(), tmp_path / "db")
    (folder / "Education Categories.txt").unlink()
    with pytest.raises(InputFault, match=r"has no Education Categories\.txt"):
        load(folder)


def test_a_zip_whose_insides_were_overwritten_is_refused(release):
    packed = zipped(release)
    content = bytearray(packed.read_bytes())
    content[200:900] = b"\x00" * 700
    packed.write_bytes(content)
    with pytest.raises(InputFault, match="not a whole zip"):
        load(packed)


def test_a_zip_of_gigabytes_is_refused_before_it_is_unpacked(release, monkeypatch):
    monkeypatch.setattr("data.official.LARGEST", 100)
    with pytest.raises(InputFault, match="too large"):
        TextRelease(zipped(release))


def test_a_release_takes_its_number_from_its_name_or_its_read_me(release, tmp_path):
    assert TextRelease(release).number() == "31.0"
    unnamed = release.rename(tmp_path / "downloaded")
    assert TextRelease(unnamed).number() == "unnumbered"
    (unnamed / "Read Me.txt").write_text("O*NET 30.3 Database\nMay 2026 Release\n", encoding="utf-8")
    assert TextRelease(unnamed).number() == "30.3"


def test_the_crosswalk_names_elements_and_statements_once_and_never_promises_all(labor_store):
    frame = pd.read_csv(Path(onet_ratings.__file__).parents[1] / "starter" / "onet_elements.csv", dtype=str)
    assert not frame.duplicated(["element_id", "skill_uri"]).any()
    assert frame.strength.astype(float).between(0.2, 0.8).all()
    assert set(frame.relation) == {"same", "near", "narrower"}
    assert (frame.strength[frame.relation == "narrower"].astype(float) <= 0.6).all()
    assert (frame.reason.str.len() > 3).all()
    known = labor_store.skills(frame.skill_uri)
    assert set(frame.skill_uri) == set(known)
    elements = set(frame.element_id)
    counted = {
        prefix: sum(each.startswith(prefix) for each in elements) for prefix in ("2.A", "2.B", "2.C", "4.A")
    }
    assert counted == {"2.A": 10, "2.B": 25, "2.C": 33, "4.A": 41}
