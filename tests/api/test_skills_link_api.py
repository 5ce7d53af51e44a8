"""What any program may ask about a text: the skills it speaks of."""

from __future__ import annotations

from pathlib import Path

from services.container import Services
from services.linking import Linking
from wallet.link import Linker


def test_a_text_is_linked_to_skills(client, monkeypatch, index_folder: Path):
    linking = Linking(Linker.open(index_folder))
    monkeypatch.setattr(Services, "linker", property(lambda services: linking))
    answer = client.get("/api/v1/skills/link", query_string={"text": "drove a forklift", "limit": 2})
    assert answer.status_code == 200 and len(answer.json) == 2
    assert answer.json[0]["skill"] == "Operate forklift" and answer.json[0]["vocabulary"] == "esco"
    assert set(answer.json[0]) == {"skill", "uri", "vocabulary", "score", "words"}


def test_while_the_index_is_away_it_says_so(client):
    answer = client.get("/api/v1/skills/link?text=weld")
    assert answer.status_code == 503 and answer.mimetype == "application/problem+json"


def test_a_text_must_be_there_and_short_enough(client):
    assert client.get("/api/v1/skills/link").status_code == 400
    assert client.get("/api/v1/skills/link", query_string={"text": "x" * 4001}).status_code == 400
