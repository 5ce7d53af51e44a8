"""The official's page: its views, what is taken along, and what is open to everybody."""

from __future__ import annotations

import csv
import io
import re
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from accounts.roles import PersonRole
from graph.model import Standing
from pages.county_address import VIEWS
from services.region_files import COLUMNS, meanings
from services.region_packets import NoSuchPacket
from tests.pages.small_product import SmallProduct
from tests.regions import COUNTY, JOBS, KING, SPOKANE, RegionLabor, settle


class Product:
    """The product over a small region, and an official in it."""

    def __init__(self, folder: Path) -> None:
        # A secret that withholds neither the thirty nor the twenty.
        self.small = SmallProduct(folder, RegionLabor, secret_key="one county, one secret")
        self.browser, record = self.small.browser, self.small.record
        settle(record, COUNTY.code, 60, "write reports", "lift patients")
        settle(record, COUNTY.code, 40, "write reports", standing=Standing.VERIFIED)
        settle(record, COUNTY.code, 50, "drive trucks")
        settle(record, COUNTY.code, 30, "drive trucks", groups=["veterans"])
        settle(record, COUNTY.code, 20, "whistle", groups=["veterans"])
        self.official = self.small.sign_in("Lee")
        record.people.grant_roles(self.official.person_id, {PersonRole.OFFICIAL})
        record.people.set_area(self.official.person_id, COUNTY.code)

    def text(self, path: str, status: int = 200) -> str:
        answer = self.browser.get(path)
        assert answer.status_code == status, (path, answer.status_code)
        return answer.get_data(as_text=True)


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    made = Product(tmp_path_factory.mktemp("county"))
    yield made
    made.small.close()


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_states_its_finding_and_stands_as_a_table_with_its_limits(
    product: Product, view: str
) -> None:
    more = "&skill=esco:drive-trucks&seats=30" if view in ("fund", "map") else ""
    page = product.text(f"/county?view={view}{more}")
    assert page.count("<h1>") == 1 and "Regional skills gap</h1>" in page
    assert "What this " in page and ("<table" in page or "Choose a skill" in page)
    assert "OEWS, May 2025" in page


def test_every_view_is_told_in_spanish(product: Product) -> None:
    product.browser.get("/language/es?next=/county")
    try:
        assert "Brecha regional de habilidades" in product.text("/county")
    finally:
        product.browser.get("/language/en?next=/county")


def test_others_are_kept_out(tmp_path: Path) -> None:
    small = SmallProduct(tmp_path, RegionLabor)
    paths = ["", "/data.csv", "/data.parquet", "/table.csv", "/chart.svg", "/packet.pdf", "/dictionary.csv"]
    assert {small.browser.get(f"/county{path}").status_code for path in paths} <= {302, 303, 401}
    small.sign_in("Pete")
    assert {small.browser.get(f"/county{path}").status_code for path in paths} == {403}
    assert small.browser.get(f"/api/v1/areas/{COUNTY.code}/gap").status_code == 403
    small.close()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("area=99999", 404),
        ("family=98", 404),
        ("view=map&skill=esco:none", 404),
        ("jobs=most&evidence=x&shown=7&view=nothing&area=';--&seats=-1&skill=<b>", 200),
    ],
)
def test_what_cannot_be_asked_is_said_or_passed_over(product: Product, query: str, status: int) -> None:
    product.text(f"/county?{query}", status)


def test_figures_taken_along_are_those_of_the_page_and_are_repeated_by_pandas(product: Product) -> None:
    table = pd.read_csv(io.StringIO(product.text("/county/data.csv?jobs=above_median")))
    assert list(table.columns) == [column.name for column in COLUMNS]
    # By hand, from jobs and requirements alone: nurses (two roles) and drivers pay above the median.
    jobs = pd.DataFrame(
        [
            (one.occupation_code, one.employment.value, one.median_wage.value)
            for one in JOBS
            if one.area_code == SPOKANE.code
        ],
        columns=["occupation", "jobs", "wage"],
    ).set_index("occupation")
    above = jobs[(jobs.wage > jobs.wage["00-0000"]) & jobs.jobs.notna()].drop(
        index="00-0000", errors="ignore"
    )
    importance = pd.DataFrame(
        {
            "29-1141": {
                "monitor patients": 0.85,
                "give medicines": 0.3,
                "write reports": 0.2,
                "read monitors": 0.3,
            },
            "53-3032": {"drive trucks": 0.9, "write reports": 0.2},
        }
    ).fillna(0.0)
    expected = 1000 * importance[above.index].mul(above.jobs, axis=1).sum(axis=1) / above.jobs.sum()
    found = table.set_index("skill").demand
    pd.testing.assert_series_equal(found[expected.index], expected, check_names=False, atol=1e-3)
    assert ((table.demand - table.supply) - table.gap).abs().max() < 0.002
    told = table[~table.withheld]
    assert (told.low <= told.gap).all() and (told.gap <= told.high).all()
    assert table[table.withheld][["supply", "gap", "low", "high"]].isna().all().all()


def test_parquet_holds_what_the_csv_holds_and_every_column_is_explained(
    product: Product, tmp_path: Path
) -> None:
    path = tmp_path / "skills.parquet"
    path.write_bytes(product.browser.get("/county/data.parquet").data)
    rows = duckdb.sql(f"SELECT skill, demand, supply, withheld FROM '{path}'").fetchall()  # noqa: S608
    listed = list(csv.DictReader(io.StringIO(product.text("/county/data.csv"))))
    assert [row[0] for row in rows] == [row["skill"] for row in listed]
    assert [row[2] for row in rows] == [float(row["supply"]) if row["supply"] else None for row in listed]
    assert set(meanings()) == {column.name for column in COLUMNS}
    assert len(product.text("/county/dictionary.csv").splitlines()) == len(COLUMNS) + 1


def test_a_picture_says_what_it_shows_and_where_it_is_from(product: Product) -> None:
    picture = product.text("/county/chart.svg")
    assert picture.startswith("<?xml") and "OEWS, May 2025" in picture and "var(" not in picture
    assert product.browser.get("/county/chart.png").data.startswith(b"\x89PNG")
    product.text("/county/chart.gif", 404)
    product.text("/county/chart.svg?view=fund", 404)


def test_a_packet_is_accessible_and_in_the_language_asked_for(product: Product) -> None:
    content = product.browser.get("/county/packet.pdf?in=gap&in=roles&in=bridges&in=fund&language=es").data
    packet = PdfReader(io.BytesIO(content))
    text = " ".join(page.extract_text() for page in packet.pages)
    assert packet.root_object["/Lang"] == "es" and packet.root_object["/MarkInfo"]["/Marked"]
    assert "Lo que esto no muestra" in text and COUNTY.name in text


def test_a_packet_is_begun_once_and_is_nobody_elses(product: Product) -> None:
    token = product.text("/county").split('name="csrf_token" value="')[1].split('"')[0]
    sent = {"csrf_token": token, "in": ["gap", "roles"], "language": "es", "jobs": "above_median"}
    first, second = (product.browser.post("/county/packet", data=sent) for _ in range(2))
    assert first.status_code == 303 and first.location == second.location
    for _ in range(200):
        state = product.browser.get(f"{first.location}/state").json
        if state["ready"] or state["failed"]:
            break
        time.sleep(0.05)
    assert state == {"done": 3, "steps": 3, "ready": True, "failed": False}
    page = product.text(first.location)
    assert "<progress" in page and "The packet is ready." in page and "/county?jobs=above_median" in page
    taken = product.browser.get(f"{first.location}/packet.pdf")
    assert PdfReader(io.BytesIO(taken.data)).root_object["/Lang"] == "es"
    product.text(f"/county/packet/{'0' * 32}", 404)
    other = product.small.record.person("Kim")
    product.small.record.people.grant_roles(other.person_id, {PersonRole.OFFICIAL})
    kim = product.small.services.people.actor(other.person_id, 1)
    with pytest.raises(NoSuchPacket):
        product.small.services.region_packets.packet(kim, first.location.rsplit("/", 1)[1])


def test_a_bridge_is_one_skill_and_as_many_people_as_may_be_told(product: Product) -> None:
    rows = list(csv.DictReader(io.StringIO(product.text("/county/table.csv?view=bridges"))))
    found = {row["Career"]: int(row["People it alone would bring there"]) for row in rows}
    # 120 lack driving, 140 lifting; that everybody lacks what a nurse does first is withheld.
    assert found == {"Heavy and Tractor-Trailer Truck Drivers": 120, "Nursing Assistants": 140}
    rows = list(csv.DictReader(io.StringIO(product.text("/county/table.csv?view=bridges&people=veterans"))))
    assert {row["Career"] for row in rows} <= set(found)
    funded = product.text("/county?view=fund&skill=esco:drive-trucks&seats=30")
    assert "30 seats in “drive trucks” could bring 1 career within reach" in funded
    both = product.text("/county?view=fund&skill=esco:drive-trucks&skill=esco:lift-patients&seats=30")
    assert "30 seats in “drive trucks” and “lift patients” could bring 2 careers within reach" in both
    program = product.text("/county?view=fund&program=care&seats=30")
    assert "30 seats in “Care and haul” (Institute) could bring 2 careers" in program
    assert "A seat costs $1,200 as listed; all of them $36,000." in program
    product.text("/county?view=fund&program=none&seats=30", 404)


def test_the_largest_bridges_stand_beside_the_gaps_once_they_are_counted(tmp_path: Path) -> None:
    made = Product(tmp_path)
    try:
        first = made.text("/county")
        assert "They are being counted" in first and ">Look again<" in first
        for _ in range(100):
            if made.small.services.bridges_counted:
                break
            time.sleep(0.05)
        later = made.text("/county")
        assert "Look again" not in later and ">All bridges<" in later
    finally:
        made.small.close()


def test_a_view_is_public_only_while_an_official_says_so(product: Product) -> None:
    token = product.text("/county").split('name="csrf_token" value="')[1].split('"')[0]
    sent = {"csrf_token": token, "address": "jobs=above_median&view=roles"}
    assert product.browser.post("/county/public", data=sent).status_code == 303
    link = product.text("/county").split("/public/regions/")[1][:32]
    anybody: FlaskClient = product.small.shell.server.test_client()
    answer = anybody.get(f"/public/regions/{link}")
    assert answer.status_code == 200 and COUNTY.name in answer.get_data(as_text=True)
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "Lee" not in answer.get_data(as_text=True)
    assert "frame-ancestors 'none'" in anybody.get("/").headers["Content-Security-Policy"]
    assert anybody.get(f"/public/regions/{'0' * 32}").status_code == 404
    assert product.browser.post(f"/county/public/{link}/withdraw", data=sent).status_code == 303
    assert anybody.get(f"/public/regions/{link}").status_code == 410


def test_a_group_is_shown_by_itself_or_it_is_said_why_not(product: Product) -> None:
    page = product.text("/county?people=veterans")
    assert "(people: veterans)" in page and "About 50 wallets of veterans" in page
    table = pd.read_csv(io.StringIO(product.text("/county/data.csv?people=veterans")))
    assert set(table.people_group) == {"veterans"} and set(table.people) == {50}
    told = table[~table.withheld].set_index("skill").supply
    # Thirty of the fifty drive; the twenty others are told of nobody else, so nothing else is.
    assert told.to_dict() == {"drive trucks": 600.0}
    few = product.text("/county?people=english_learners")
    assert "Too few residents of this place told for these figures" in few and "call most for" in few
    packet = product.browser.get("/county/packet.pdf?in=gap&people=veterans").data
    text = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(packet)).pages)
    assert "veterans alone, by their own word" in " ".join(text.split())


def test_a_county_is_released_with_noise_once_and_the_file_stays(product: Product) -> None:
    page = product.text("/county")
    sent = dict(re.findall(r'name="(csrf_token|form)" value="([^"]+)"', page.split('id="releases"')[1]))
    sent |= {"county": COUNTY.code, "epsilon": "500"}
    for _sent_twice in range(2):
        assert product.browser.post("/county/releases", data=sent).status_code == 303
    page = product.text("/county").split('id="releases"')[1]
    assert "budget of 2, 0.5 is spent" in page and page.count("/county/releases/") == 1
    file = product.text(f"/county/releases/{sent['form']}.csv")
    assert file.startswith(f"# county={COUNTY.code};") and "epsilon=0.5" in file
    assert file == product.text(f"/county/releases/{sent['form']}.csv")
    for wrong in ({"epsilon": "9"}, {"county": "53", "form": "a" * 32}, {"form": "x"}):
        assert product.browser.post("/county/releases", data=sent | wrong).status_code == 400
    product.text(f"/county/releases/{'0' * 32}.csv", 404)
    # Several counties, or an area, have no budget of their own.
    assert 'id="releases"' not in product.text(f"/county?area={SPOKANE.code}")


def test_several_counties_can_be_asked_about_together(product: Product) -> None:
    page = product.text(f"/county?area={COUNTY.code},{KING.code}")
    assert f"{COUNTY.name} and {KING.name}" in page
    product.text(f"/county?area={COUNTY.code},{SPOKANE.code}", 404)
