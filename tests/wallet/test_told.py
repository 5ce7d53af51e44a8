"""What a record says of skills beside its title, and the level it states, are read."""

from __future__ import annotations

import json

import pytest

from tests.wallet.issuing import AT, ESCO, badge, changed, signed_badge
from wallet.documents import NoDocuments
from wallet.entries import records_of
from wallet.parse import read
from wallet.record import Told, WalletRecord
from wallet.stated_level import stated_level
from wallet.verify import verify

RUBRIC = [
    {"id": f"urn:level:{n}", "type": ["RubricCriterionLevel"], "name": f"Level {n}"} for n in range(1, 5)
]


def records(value: dict) -> tuple[WalletRecord, ...]:
    return records_of(verify(read(json.dumps(value).encode()), NoDocuments(), AT))


def with_achievement(result: dict | None = None, **more: object) -> dict:
    value = badge()
    value["credentialSubject"]["achievement"].update(more)
    if result is not None:
        value["credentialSubject"]["result"] = [result]
    return value


def alignment(uri: str, name: str, **more: str) -> dict:
    return {"type": ["Alignment"], "targetUrl": uri, "targetName": name, **more}


def test_tags_criteria_and_alignments_are_told_beside_the_title():
    (record,) = records(
        with_achievement(
            description="Welding for beginners.",
            criteria={"narrative": "Joins plates in three positions."},
            tag=["GTAW", "grinding"],
            alignment=[
                alignment(
                    "https://ctdl.example/ce-1", "Weld pipes", targetDescription="Joins pipes by heat."
                ),
                alignment("https://www.onetonline.org/link/summary/51-4121.00", "Welders"),
            ],
        )
    )
    assert record.description == "Welding for beginners."
    assert [one.words for one in record.told] == [
        "Weld pipes",
        "Joins pipes by heat.",
        "GTAW",
        "grinding",
        "Joins plates in three positions.",
    ]
    assert record.told[0] == Told("Weld pipes", "https://ctdl.example/ce-1")


def test_a_result_gives_the_level_of_what_it_is_about_and_of_nothing_else():
    other = "http://data.europa.eu/esco/skill/00000000-0000-0000-0000-000000000001"
    described = {"id": "urn:result", "resultType": "RubricCriterionLevel", "rubricCriterionLevel": RUBRIC}
    (record,) = records(
        with_achievement(
            {
                "resultDescription": "urn:result",
                "achievedLevel": "urn:level:3",
                "alignment": [alignment(ESCO, "Weld")],
            },
            alignment=[alignment(ESCO, "Weld"), alignment(other, "Grind")],
            resultDescription=[described],
        )
    )
    assert {one.uri: one.level for one in record.proposals} == {ESCO: 0.75, other: None}


def test_a_result_about_nothing_in_particular_is_about_all_of_it():
    described = {"id": "urn:result", "allowedValue": ["Novice", "Practised", "Master"]}
    (record,) = records(
        with_achievement(
            {"resultDescription": "urn:result", "value": "Practised"},
            alignment=[alignment(ESCO, "Weld")],
            resultDescription=[described],
        )
    )
    assert [one.level for one in record.proposals] == [0.667]


@pytest.mark.parametrize(
    "result",
    [
        {"resultDescription": "urn:result", "value": "A+"},
        {"resultDescription": "urn:other", "value": "Master"},
        {"resultDescription": ["urn:result"], "value": {"x": 1}},
        {"resultDescription": "urn:result", "achievedLevel": 3},
    ],
)
def test_a_result_that_names_no_level_of_a_list_states_none(result):
    described = {"id": "urn:result", "allowedValue": ["Novice", "Practised", "Master"]}
    (record,) = records(
        with_achievement(result, alignment=[alignment(ESCO, "Weld")], resultDescription=[described])
    )
    assert [one.level for one in record.proposals] == [None]


def test_skills_languages_and_projects_of_a_resume_are_entries():
    found = records(
        {
            "basics": {"name": "Ann"},
            "skills": [{"name": "Web design", "level": "Advanced", "keywords": ["HTML", "CSS"]}],
            "languages": [{"language": "Spanish", "fluency": "Native"}],
            "projects": [{"name": "Shop site", "description": "Built a shop.", "keywords": ["PHP"]}],
        }
    )
    assert {one.title: one.description for one in found} == {
        "Shop site": "Built a shop.\nPHP",
        "Skills": "Web design (Advanced)\nHTML\nCSS\nSpanish (Native)",
    }


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Spanish (Native)", 1.0),
        ("Excel: intermediate", 0.5),
        ("advanced user of AutoCAD", 0.75),
        ("nivel avanzado de inglés", 0.75),
        ("conocimientos básicos de soldadura", 0.25),
        ("fluent in Vietnamese", 0.9),
        ("English, level C1", 0.833),
        ("level 3 of 4", 0.75),
    ],
)
def test_a_stated_level_is_read(text, level):
    assert stated_level(text) == level


@pytest.mark.parametrize(
    "text",
    [
        "",
        "basic life support",
        "native plants",
        "master electrician",
        "level 9 of 4",
        "B1 mechanic",
        "expert witness",
    ],
)
def test_words_that_state_no_level_state_none(text):
    assert stated_level(text) is None


def test_what_is_read_in_a_title_is_what_stands_there() -> None:
    signed = signed_badge(name="x")
    turned = changed(signed, "credentialSubject", "achievement", "name", to="Weld\u202egni\u200b\u00ad\ufeff")
    (told,) = read(json.dumps(turned).encode()).achievements
    assert told.title == "Weldgni"
    persian = changed(signed, "credentialSubject", "achievement", "name", to="\u0646\u0645\u06cc\u200c\u062f")
    assert "\u200c" in read(json.dumps(persian).encode()).achievements[0].title
