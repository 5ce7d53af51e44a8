from __future__ import annotations

from collections import Counter

Rows = list[dict[str, str]]


def test_every_title_belongs_to_a_role_and_a_language(titles: Rows, role_titles: dict[str, str]) -> None:
    for row in titles:
        assert row["role_code"] in role_titles
        assert row["language"] in {"en", "es"}
        assert row["title"] == row["title"].strip() != ""


def test_no_title_means_two_roles(titles: Rows, role_titles: dict[str, str]) -> None:
    meant = Counter((row["title"].lower(), row["language"]) for row in titles)
    assert [title for title, count in meant.items() if count > 1] == []
    official = {title.lower(): code for code, title in role_titles.items()}
    for row in titles:
        for form in (row["title"].lower(), row["title"].lower() + "s"):
            assert official.get(form, row["role_code"]) == row["role_code"], row


def test_the_titles_people_use_lead_to_their_role(titles: Rows) -> None:
    roles = {row["title"].lower(): row["role_code"] for row in titles}
    assert roles["cna"] == "31-1131.00"
    assert roles["truck driver"] == "53-3032.00"
    assert roles["forklift driver"] == "53-7051.00"
    assert roles["stocker"] == "53-7065.00"
    assert roles["warehouse associate"] == "53-7065.00"
    assert roles["trucker"] == "53-3032.00"
    assert roles["ups driver"] == roles["delivery driver"] == "53-3033.00"
    assert roles["amazon warehouse"] == "53-7065.00"
    assert roles["logistics coordinator"] == "13-1081.00"
    assert roles["rn"] == "29-1141.00"
    assert roles["auxiliar de enfermería"] == "31-1131.00"
    assert roles["chofer de camión"] == "53-3032.00"


def test_titles_come_in_both_languages(titles: Rows) -> None:
    languages: dict[str, set[str]] = {}
    for row in titles:
        languages.setdefault(row["role_code"], set()).add(row["language"])
    assert len(languages) >= 250
    assert all(spoken == {"en", "es"} for spoken in languages.values())
