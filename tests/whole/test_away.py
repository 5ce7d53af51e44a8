"""While the labour-market data is away: careers say so in the frame, and wallets go on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import app as composition
from accounts.passwords import DEMO_PASSWORD
from services.container import Services
from tests.product import settings_for
from tests.whole.asking import Asker
from web.shell import Shell


@pytest.fixture(scope="module", params=["missing", "broken"])
def without_roles(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shell]:
    folder: Path = tmp_path_factory.mktemp("away")
    if request.param == "broken":
        (folder / "labor.duckdb").write_bytes(b"This is no database." * 500)
    settings = settings_for(folder)
    composition.prepare_stores(settings)
    services = Services.open(settings)
    shell = composition.create_app(settings, services)
    shell.prepare()
    yield shell
    services.close()


@pytest.fixture
def pete(without_roles: Shell) -> Asker:
    return Asker(without_roles, "pete@demo.example", DEMO_PASSWORD)


@pytest.mark.parametrize("path", ["/network", "/network?now=41-2011.00", "/gap/13-1081.00"])
def test_careers_say_in_the_frame_that_their_data_is_away(
    pete: Asker, without_roles: Shell, path: str
) -> None:
    for who in (pete, Asker(without_roles)):
        answer = who.ask("GET", path)
        if answer.status_code == 200:
            # The words are there first; what cannot be had is said when it is asked for.
            page, _, search = path.partition("?")
            answer = who.call("page.children", {"pathname": page, "search": search})
            assert answer.status_code == 503
            assert answer.get_json()["title"]
            continue
        assert answer.status_code == 503
        assert "Part of Waymark is away" in answer.text
        assert '<a class="brand" href="/">' in answer.text
        assert "Traceback" not in answer.text and "duckdb" not in answer.text.lower()
        assert int(answer.headers["Retry-After"]) > 0


def test_the_first_answer_for_the_network_tells_it_already(without_roles: Shell) -> None:
    answer = Asker(without_roles).ask("GET", "/network")
    assert answer.status_code == 503
    assert "Try again in a few minutes" in answer.text


def test_a_wallet_goes_on_without_the_labour_market(pete: Asker) -> None:
    assert pete.ask("GET", "/wallet").status_code == 200
    layout = pete.call("page.children", {"pathname": "/wallet", "search": ""})
    assert layout.status_code == 200
    assert "Forklift Operator Certificate" in layout.text
    answer = pete.ask("GET", "/api/v1/wallet")
    assert answer.status_code == 200
    assert answer.get_json()["credentials"]
    assert pete.ask("GET", "/account").status_code == 200


def test_the_other_pages_go_on_too(without_roles: Shell) -> None:
    visitor = Asker(without_roles)
    for path in ("/", "/login", "/register"):
        assert visitor.ask("GET", path).status_code == 200, path
    health = visitor.ask("GET", "/healthz")
    assert health.status_code == 503
    assert health.get_json()["status"] != "ok"
    assert visitor.ask("GET", "/api/v1/roles").status_code == 503
    # Who may not ask is told that first.
    assert visitor.ask("GET", "/api/v1/areas/53063/gap").status_code == 401
    assert visitor.ask("GET", "/county").status_code in (302, 303, 401)
    assert visitor.ask("GET", "/?job=cook").status_code in (200, 503)
