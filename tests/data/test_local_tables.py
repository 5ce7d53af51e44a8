"""Projections, price levels, training lists, moves and area definitions: what is taken, what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from data import local_table
from data.errors import InputFault
from data.inputs import STARTER
from data.sources import areas, moves, price_parities, programs, projections, starter
from tests.data.workbooks import workbook, zipped

STATES = starter.states(STARTER)
ROLES = pd.Series(["29-1141.00", "29-1141.01", "29-2061.00", "31-1122.00", "31-1121.00"])
KNOWN = local_table.groups({*ROLES.str[:7], "31-1120"})
PLACES = pd.DataFrame(
    [
        ("0000000", "nation", None),
        ("5300000", "state", "WA"),
        ("0044060", "metro", "WA"),
        ("5300006", "nonmetro", "WA"),
        ("5300007", "nonmetro", "WA"),
    ],
    columns=["code", "kind", "state"],
)
CARE, CHART = "http://data.europa.eu/esco/skill/care", "esco:chart"
SKILLS = {CARE: "esco:care", CHART: CHART}


def table(tmp_path: Path, text: str, name: str = "table.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


# Employment projections of the nation

HEADINGS = [
    "2024 National Employment Matrix title",
    "2024 National Employment Matrix code",
    "Occupation type",
    "Employment, 2024",
    "Employment, 2034",
    "Employment distribution, percent, 2024",
    "Employment change, numeric, 2024–34",
    "Employment change, percent, 2024–34",
    "Percent self employed, 2024",
    "Occupational openings, 2024–34 annual average",
    "Median annual wage, dollars, 2024[1]",
    "Typical education needed for entry",
    "Work experience in a related occupation",
    "Typical on-the-job training needed to attain competency in the occupation",
]
ALL = ["Total, all occupations", "00-0000", "Summary", 169956.1, 175167.9, 100.0, 5211.8, 3.1, 6.0, 18916.7]
HEALTH = ["Healthcare practitioners", "29-0000", "Summary", 9900.0, 10700.0, 5.8, 800.0, 8.1, 3.0, 660.3]
NURSES = ["  Registered nurses", "29-1141", "Line item", 3391.0, 3557.1, 2.0, 166.1, 4.9, 0.6, 189.1]
AIDES = ["Home health aides", "31-1120", "Line item", 4347.7, 5087.5, 2.6, 739.8, 17.0, 6.7, 765.8]
ENTRY = [93600.0, "Bachelor's degree", "None", "None"]
NONE = ["—", "—", "—", "—"]


def matrix(tmp_path: Path, *rows: list[object], headings: list[str] = HEADINGS) -> Path:
    title = ["Table 1.2 Occupational projections, 2024–34, and worker characteristics, 2024 (in thousands)"]
    below = ["[1] Data are from the Occupational Employment and Wage Statistics program."]
    return workbook(
        tmp_path / "occupation.xlsx",
        {
            "Index": [["Tables"], ["Table 1.2 Occupational projections"]],
            "Table 1.2": [title, headings, *rows, below],
            "Table 1.10": [["Table 1.10"], ["2024 National Employment Matrix code"], ["29-1141"]],
        },
    )


def test_the_nations_projections_are_its_line_items_in_single_jobs(tmp_path):
    given = matrix(tmp_path, [*ALL, *NONE], [*HEALTH, *NONE], [*NURSES, *ENTRY], [*AIDES, *NONE])
    frame, years = projections.of_the_nation(given)
    assert years == "2024-34"
    nurses, aides = frame.to_dict("records")
    assert nurses == {
        "area_code": "0000000",
        "occupation_code": "29-1141",
        "occupation_title": "Registered nurses",
        "base_year": 2024,
        "target_year": 2034,
        "employment_base": 3_391_000,
        "employment_target": 3_557_100,
        "change_percent": 4.9,
        "openings": 189_100,
        "entry_education": "Bachelor's degree",
        "experience": "None",
        "training": "None",
        "source_id": "projections",
    }
    assert (aides["occupation_code"], aides["entry_education"]) == ("31-1120", "")


def test_columns_are_known_in_another_order_and_decade(tmp_path):
    headings = [each.replace("2024", "2031").replace("34", "41") for each in HEADINGS]
    order = [7, 1, 0, 4, 2, 3, 9, 13, 12, 11, 5, 6, 8, 10]
    rows = [[row[place] for place in order] for row in (headings, [*NURSES, *ENTRY])]
    frame, years = projections.of_the_nation(matrix(tmp_path, rows[1], headings=rows[0]))
    assert years == "2031-41"
    assert frame.iloc[0].employment_base == 3_391_000 and frame.iloc[0].change_percent == 4.9


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            [[*NURSES[:3], "many", *NURSES[4:], *ENTRY]],
            "line 3: employment_base is 'many', which is no number",
        ),
        ([[*ALL[:3], 169_956_100.0, *ALL[4:], *NONE], [*NURSES, *ENTRY]], "cannot be in thousands"),
        ([[*NURSES, *ENTRY], [*NURSES, *ENTRY]], "line 4: 29-1141 stands there twice"),
        ([[*HEALTH, *NONE]], "no line items"),
        ([[*NURSES[:7], 99_999.0, *NURSES[8:], *ENTRY]], "change_percent is '99999.0'; it goes from"),
    ],
)
def test_projections_that_cannot_be_meant_are_refused(rows, words, tmp_path):
    with pytest.raises(InputFault, match=words):
        projections.of_the_nation(matrix(tmp_path, *rows))


@pytest.mark.parametrize("missing", [1, 3, 9, 11])
def test_projections_that_lack_a_column_are_refused(missing, tmp_path):
    rows = [row[:missing] + row[missing + 1 :] for row in (HEADINGS, [*NURSES, *ENTRY])]
    with pytest.raises(InputFault, match=r"occupation\.xlsx: (has no|does not have)"):
        projections.of_the_nation(matrix(tmp_path, rows[1], headings=rows[0]))


def test_a_workbook_without_table_1_2_and_a_damaged_one_are_refused(tmp_path):
    with pytest.raises(InputFault, match=r"no Table 1\.2"):
        projections.of_the_nation(workbook(tmp_path / "skills.xlsx", {"Table 6.1": [HEADINGS]}))
    whole = matrix(tmp_path, [*NURSES, *ENTRY]).read_bytes()
    cut = tmp_path / "cut.xlsx"
    for at in range(0, len(whole), 61):
        cut.write_bytes(whole[:at])
        with pytest.raises(InputFault, match=r"cut\.xlsx"):
            projections.of_the_nation(cut)


# Employment projections of states

OWN = (
    "area,occupation_code,occupation_title,base_year,target_year,employment_base,employment_target,openings\n"
)


def states(path: Path):
    return projections.of_states(path, STATES, KNOWN)


@pytest.mark.parametrize("written", ["WA", "Washington", "53", "5300000"])
def test_a_state_may_be_written_in_any_of_its_ways(written, tmp_path):
    given = table(tmp_path, f"{OWN}{written},29-1141,Nurses,2024,2034,65000,72000,4400\n")
    frame, years, notes = states(given)
    assert (frame.iloc[0].area_code, years, notes) == ("5300000", "2024-34", ())
    assert frame.iloc[0].change_percent == 10.8
    assert frame.iloc[0].source_id == "state_projections"


def test_projections_centrals_download_is_read_as_far_as_it_goes(tmp_path):
    given = table(
        tmp_path,
        "STFIPS,Area,OccCode,Title,BaseYear,Base,ProjYear,Projected,Change,PercentChange,AvgAnnualOpenings\n"
        "0,United States,29-1141,Nurses,2022,3172500,2032,3349900,177400,5.6,193100\n"
        '53,Washington,00-0000,"Total, All",2022,3700000,2032,4100000,400000,10.8,470000\n'
        "53,Washington,29-1141,Nurses,2022,62000,2032,70000,8000,12.9,4300\n"
        "53,Washington,29-9999,Unheard of,2022,10,2032,20,10,100,1\n"
        "41,Oregon,31-1120,Aides,2022,*,2032,*,*,-1.0,*\n",
    )
    frame, years, notes = states(given)
    assert [*zip(frame.area_code, frame.occupation_code, strict=True)] == [
        ("5300000", "29-1141"),
        ("4100000", "31-1120"),
    ]
    assert years == "2022-32" and frame.iloc[1].change_percent == -1
    assert pd.isna(frame.iloc[1].employment_base)
    assert "1 rows name occupations" in notes[0] and "line 5" in notes[0]


def test_rows_that_sum_up_others_of_their_state_are_left_out(tmp_path):
    rows = ("29-0000,All", "31-1120,Aides", "31-1121,Home aides", "29-1140,Nurses of every kind")
    lines = "".join(f"WA,{row},2024,2034,100,200,10\n" for row in rows)
    frame, _, _ = states(table(tmp_path, OWN + lines))
    assert [*frame.occupation_code] == ["31-1121", "29-1140"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("ZZ,29-1141,Nurses,2024,2034,1,2,3", "line 2: 'ZZ' is no state"),
        ("0044060,29-1141,Nurses,2024,2034,1,2,3", "line 2: '0044060' is no state"),
        ("US,29-1141,Nurses,2024,2034,1,2,3", "line 2: 'US' is the nation"),
        ("WA,nurse,Nurses,2024,2034,1,2,3", "line 2: 'nurse' is no occupation code"),
        ("WA,29-9999,Nurses,2024,2034,1,2,3", "line 2: '29-9999' is not an occupation"),
        ("WA,29-1141,Nurses,2034,2024,1,2,3", "line 2: base_year is not before target_year"),
        ("WA,29-1141,Nurses,2024,,1,2,3", "line 2: base_year is not before target_year"),
        ("WA,29-1141,Nurses,2024,2034,-5,2,3", "line 2: employment_base is '-5'; it goes from 0"),
        ("WA,29-1141,Nurses,2024,2034,1,lots,3", "line 2: employment_target is 'lots', which is no number"),
        ("WA,29-1141,Nurses,2024,2034,1,2", "line 2: has 7 cells of 8"),
        ("WA,29-1141,Nurses,2024,2034,1,2,3,4", "line 2: has more cells than the header names"),
        ('WA,29-1141,"Nurses,2024,2034,1,2,3', "line 2: cannot be read"),
        ("WA,29-0000,Group,2024,2034,1,2,3", "no projections of occupations"),
    ],
)
def test_a_state_table_with_a_mistake_is_pointed_at(line, words, tmp_path):
    with pytest.raises(InputFault, match=f"table.csv: .*{words}"):
        states(table(tmp_path, OWN + line + "\n"))


def test_the_line_is_the_files_own_where_a_cell_has_a_line_break_in_it(tmp_path):
    text = OWN + 'WA,29-1141,"Nurses,\nregistered",2024,2034,1,2,3\n\nZZ,29-2061,Nurses,2024,2034,1,2,3\n'
    with pytest.raises(InputFault, match="line 5: 'ZZ'"):
        states(table(tmp_path, text))


# Price levels

BEA = (
    '"GeoFIPS","GeoName","Region","TableName","LineCode","IndustryClassification","Description","Unit",'
    '"2023","2024"\n'
)
METRO = "(Metropolitan Statistical Area)"
ALL_ITEMS = '"1","...","RPPs: All items","Index"'
BEA_ROWS = (
    f'"00000","United States","","MARPP",{ALL_ITEMS},100.0,100.0\n'
    f'" 44060","Spokane-Spokane Valley, WA {METRO}",8,"MARPP",{ALL_ITEMS},99.1,99.6\n'
    f'"44060","Spokane-Spokane Valley, WA {METRO}",8,"MARPP","2","...","RPPs: Goods","Index",90,91\n'
    f'"53000","Washington",8,"SARPP",{ALL_ITEMS},108.6,(NA)\n'
    f'"53999","Washington (Nonmetropolitan Portion)",8,"PARPP",{ALL_ITEMS},95.0,95.5\n'
    f'"53998","Washington (Metropolitan Portion)",8,"PARPP",{ALL_ITEMS},110.0,110.5\n'
    f'"12345","Nowhere, WA {METRO}",8,"MARPP",{ALL_ITEMS},95.0,95.5\n'
    '"Note: See the included footnote file."\n'
)


def levels(path: Path, tmp_path: Path):
    (tmp_path / "scratch").mkdir(exist_ok=True)
    return price_parities.load(path, tmp_path / "scratch", PLACES)


def test_beas_download_gives_the_newest_level_of_each_area(tmp_path):
    plain = table(tmp_path, BEA + BEA_ROWS, "MARPP_MSA_2008_2024.csv")
    note = table(tmp_path, "<note/>", "MARPP__definition.xml")
    folder = tmp_path / "downloads"
    folder.mkdir()
    for given in (plain, zipped(tmp_path / "MARPP.zip", plain, note), folder):
        if given == folder:
            shutil.copyfile(tmp_path / "MARPP.zip", folder / "MARPP.zip")
        frame, years, notes = levels(given, tmp_path)
        assert dict(zip(frame.area_code, frame.price_index, strict=True)) == {
            "0000000": 100.0,
            "0044060": 99.6,
            "5300000": 108.6,
            "5300006": 95.5,
            "5300007": 95.5,
        }
        assert years == "2023-2024"
        assert "1 areas are not in the OEWS release, such as Nowhere" in notes[0]


def test_a_table_of_price_levels_keeps_the_newest_year(tmp_path):
    frame, years, _ = levels(
        table(tmp_path, "area_code,year,index\n0044060,2023,99\n0044060,2024,99.6\n"), tmp_path
    )
    assert frame.to_dict("records") == [{"area_code": "0044060", "year": 2024, "price_index": 99.6}]
    assert years == "2024"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("area_code,year,index\n0099999,2024,99\n", "line 2: '0099999' is not an area"),
        ("area_code,year,index\n0044060,2024,1.07\n", "line 2: index is '1.07'; it goes from 20"),
        ("area_code,year,index\n0044060,2024,\n", "line 2: has no index"),
        ("area_code,year,index\n0044060,,99\n", "line 2: has no year"),
        ("area_code,year,index\n0044060,2024,99\n0044060,2024,98\n", "line 3: 0044060 stands there twice"),
        ("area_code,index\n0044060,99\n", "has no column year"),
        ("area_code,year,index\n", "has no rows"),
        ("", "has no rows"),
        (BEA.replace("2023", "one").replace("2024", "two") + BEA_ROWS, "no column of a year"),
        (BEA + BEA_ROWS.replace("All items", "Goods"), "no price levels of all items"),
    ],
)
def test_price_levels_that_cannot_be_meant_are_refused(text, words, tmp_path):
    with pytest.raises(InputFault, match=words):
        levels(table(tmp_path, text), tmp_path)


# What teaches what

PROGRAMS = (
    "id,name,provider,place,credential,url,skills,occupations,cost,weeks,completion,employed,earnings\n"
)


def teach(path: Path):
    return programs.load(path, SKILLS, ROLES)


def test_a_programme_teaches_the_skills_that_its_row_names(tmp_path):
    given = table(
        tmp_path,
        PROGRAMS + f"a,Care I,A college,Spokane,Certificate,https://a.example,{CARE} {CHART},29-1141,"
        '"$1,200",12,80%,75.5,9000\n,Care II,A college,,,,,31-1121.00,,,,,\n',
    )
    tables, notes = teach(given)
    program, skill, role = tables["program"], tables["program_skill"], tables["program_role"]
    assert program.iloc[0][["id", "cost", "weeks", "completion", "employed", "earnings"]].to_list() == [
        *("a", 1200, 12, 80, 75.5, 9000)
    ]
    assert program.iloc[1].id == "program-2" and pd.isna(program.iloc[1].cost)
    assert {*zip(skill.program_id, skill.skill_id, strict=True)} == {("a", "esco:care"), ("a", CHART)}
    # An occupation of the SOC stands for each of its roles, a role for itself; neither says what is taught.
    assert {*zip(role.program_id, role.role_code, strict=True)} == {
        ("a", "29-1141.00"),
        ("a", "29-1141.01"),
        ("program-2", "31-1121.00"),
    }
    assert notes == ()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (f"a,,A college,,,,{CARE},,,,,,", "line 2: has no name"),
        (f"a,Care,,,,,{CARE},,,,,,", "line 2: has no provider"),
        ("a,Care,A college,,,,esco:nothing,,,,,,", "line 2: 'esco:nothing' is not a skill"),
        ("a,Care,A college,,,,,99-9999,,,,,", "line 2: '99-9999' is not an occupation"),
        (f"a,Care,A college,,,javascript:alert(1),{CARE},,,,,,", "line 2: url is 'javascript:alert"),
        (f"a,Care,A college,,,,{CARE},,free,,,,", "line 2: cost is 'free', which is no number"),
        (f"a,Care,A college,,,,{CARE},,,,180,,", "line 2: completion is '180'; it goes from 0 to 100"),
        ("a,Care,A college,,,,,,,,,,", "names no skill and no occupation"),
    ],
)
def test_a_table_of_programmes_with_a_mistake_is_pointed_at(line, words, tmp_path):
    with pytest.raises(InputFault, match=words):
        teach(table(tmp_path, PROGRAMS + line + "\n"))


def test_two_programmes_of_one_id_are_refused(tmp_path):
    line = f"a,Care,A college,,,,{CARE},,,,,,\n"
    with pytest.raises(InputFault, match="line 3: the id 'a' stands there twice"):
        teach(table(tmp_path, PROGRAMS + line + line))


LISTED = [
    *(
        "d101_eligible_training_provider",
        "d105_program_name",
        "d107_program_url",
        "d109_associated_credential",
    ),
    *(
        "d110_cip_code",
        "d114_program_length_weeks",
        "d117_program_soc_occupation_1",
        "d118_program_soc_occupation_2",
    ),
    *("non_wioa_tuition_cost", "non_wioa_supplies_cost", "c_completed_percent", "c_q2_employment_percent"),
    *("c_median_earnings", "city", "state", "zip"),
]


def test_a_states_list_of_training_providers_is_read_with_its_outcomes(tmp_path):
    nursing = ["A college", "Nursing", "college.example/nursing", "Degree", 51.3801, 104, "29-114100"]
    nursing += ["29-999900", 9000, 600, 0.64, 0.81, 14_200.5, "Spokane", "WA", 99201]
    aides = ["A school", "Aides", "see brochure", None, None, 0, "31-112100", None, 500, -1, -1, 71, -1]
    rows = [nursing, [*aides, None, "WA", None]]
    given = workbook(tmp_path / "DownloadPrograms.xlsx", {"Programs": [LISTED, *rows]})
    tables, notes = teach(given)
    nursing, aides = tables["program"].to_dict("records")
    assert nursing == {
        "id": "program-1",
        "name": "Nursing",
        "provider": "A college",
        "place": "Spokane, WA",
        "credential": "Degree",
        "url": "https://college.example/nursing",
        "cost": 9600,
        "weeks": 104,
        "completion": 64,
        "employed": 81,
        "earnings": 14_200.5,
    }
    # What is withheld (-1), half known or no share is not there; nothing of it is zero.
    assert [aides[name] is None or pd.isna(aides[name]) for name in programs.BOUNDS] == [True] * 5
    assert (aides["url"], aides["place"]) == ("", "WA")
    assert tables["program_skill"].empty
    assert {*tables["program_role"].role_code} == {"29-1141.00", "29-1141.01", "31-1121.00"}
    assert "1 occupation codes are not in the O*NET release" in notes[0] and "line 2" in notes[0]


def test_skills_added_to_a_states_list_are_what_its_programmes_teach(tmp_path):
    text = f"Name of Eligible Training Provider,Program Name,skills\nA college,Nursing,{CARE}\n"
    tables, _ = teach(table(tmp_path, text))
    assert tables["program_skill"].to_dict("records") == [
        {"program_id": "program-1", "skill_id": "esco:care"}
    ]


# Moves

MOVES = "from_code,to_code,share,year\n"


def moved(path: Path):
    return moves.load(path, KNOWN | set(ROLES))


def test_moves_are_those_of_the_newest_year_of_each_occupation_left(tmp_path):
    frame, years = moved(
        table(
            tmp_path,
            MOVES + "31-1120,29-1141,0.07,2023\n31-1120,29-2061,0.05,2022\n29-2061.00,29-1140,0.2,2021-2023\n"
            "31-1120,29-1140,0,2023\n",
        )
    )
    assert [*zip(frame.from_code, frame.to_code, frame.share, strict=True)] == [
        ("29-2061.00", "29-1140", 0.2),
        ("31-1120", "29-1141", 0.07),
    ]
    assert years == "2021-2023 to 2023"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("31-1120,99-9999,0.1,2023\n", "line 2: to_code is '99-9999'"),
        ("nurse,29-1141,0.1,2023\n", "line 2: from_code is 'nurse'"),
        ("29-1141,29-1141,0.1,2023\n", "line 2: who stays"),
        ("31-1120,29-1141,7,2023\n", "line 2: share is '7'; it goes from 0 to 1"),
        ("31-1120,29-1141,,2023\n", "line 2: has no share"),
        ("31-1120,29-1141,0.1,last year\n", "line 2: year is 'last year'"),
        (
            "31-1120,29-1141,0.1,2023\n31-1120,29-1141,0.2,2023\n",
            "line 3: the move to 29-1141 stands there twice",
        ),
        (
            "31-1120,29-1141,0.6,2023\n31-1120,29-2061,0.5,2023\n",
            "line 3: with it the shares of those who left",
        ),
        ("31-1120,29-1141,0,2023\n", "no move with a share"),
    ],
)
def test_moves_that_cannot_be_meant_are_refused(lines, words, tmp_path):
    with pytest.raises(InputFault, match=words):
        moved(table(tmp_path, MOVES + lines))


def test_shares_of_different_years_are_not_summed(tmp_path):
    frame, _ = moved(table(tmp_path, MOVES + "31-1120,29-1141,0.6,2023\n31-1120,29-2061,0.6,2022\n"))
    assert len(frame) == 1


# Area definitions

NEW = [
    *("FIPS Code", "State", "State Abbreviation", "May 2025 Area Code", "May 2025 Area Title", "County Code"),
    "County Name",
]
OLD = [
    *("FIPS code", "State", "State abbreviation", "May 2021 MSA code", "May 2021 MSA name", "County code"),
    *("Township code", "County name (or Township name for the New England states)"),
]


def test_blss_definitions_give_every_county_its_area(tmp_path):
    rows = [
        ["53", "Washington", "WA", "44060", "Spokane-Spokane Valley, WA", "063", "Spokane County"],
        [1.0, "Alabama", "AL", 100001.0, "Northwest Alabama nonmetropolitan area", 33.0, "Colbert County"],
    ]
    frame, release, notes = areas.load(workbook(tmp_path / "given.xlsx", {"Sheet": [NEW, *rows]}))
    assert [*zip(frame.county_fips, frame.area_code, frame.county_name, strict=True)] == [
        ("01033", "0100001", "Colbert County"),
        ("53063", "0044060", "Spokane County"),
    ]
    assert (release, notes) == ("May 2025 area definitions", ())


def test_a_county_of_several_areas_has_the_one_of_most_of_its_townships(tmp_path):
    towns = [("72850", 1), ("2300006", 2), ("72850", 3), ("72850", 4), ("2300006", 5)]
    rows = [
        ["23", "Maine", "ME", code, "An area", "019", f"{town:03}", f"Town {town}"] for code, town in towns
    ]
    rows += [["53", "Washington", "WA", "44060", "Spokane, WA", "063", "000", "Spokane County"]]
    frame, release, notes = areas.load(workbook(tmp_path / "given.xlsx", {"Sheet": [OLD, *rows]}))
    assert [*zip(frame.county_fips, frame.area_code, frame.county_name, strict=True)] == [
        ("23019", "0072850", ""),
        ("53063", "0044060", "Spokane County"),
    ]
    assert release == "May 2021 area definitions"
    assert "1 counties lie in several areas" in notes[0] and "23019" in notes[0]


def test_where_two_areas_have_as_many_townships_the_lower_code_is_taken(tmp_path):
    rows = [
        ["23", "Maine", "ME", code, "An area", "019", town, town] for code, town in (("9", "1"), ("8", "2"))
    ]
    frame, _, _ = areas.load(workbook(tmp_path / "given.xlsx", {"Sheet": [OLD, *rows]}))
    assert [*frame.area_code] == ["0000008"]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([NEW[:3], ["53", "Washington", "WA"]], "no column of county codes"),
        ([[*NEW[:3], *NEW[4:]], ["53", "Washington", "WA", "An area", "063", "Spokane County"]], "area code"),
        ([NEW], "lists no county"),
        (
            [NEW, ["53", "Washington", "WA", "Spokane", "An area", "063", "Spokane County"]],
            "line 2: '53063' is no",
        ),
    ],
)
def test_definitions_that_are_none_are_refused(rows, words, tmp_path):
    with pytest.raises(InputFault, match=words):
        areas.load(workbook(tmp_path / "given.xlsx", {"Sheet": rows}))


# Any table


def test_a_table_may_be_a_worksheet_with_a_title_above_it(tmp_path):
    sheets = {
        "Read me": [["About"]],
        "Moves": [["Moves of 2023"], [], ["from_code", "to_code", "share", "year"]],
    }
    sheets["Moves"] += [["31-1120", "29-1141", 0.07, 2023.0]]
    frame, years = moved(workbook(tmp_path / "moves.xlsx", sheets))
    assert (len(frame), years) == (1, "2023")


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n\xe2\xe3\xcf\xd3 nothing", b"\x00\x01\x02", b"PK\x03\x04 half a zip"]
)
def test_a_file_of_another_kind_is_refused_by_every_loader(content, tmp_path):
    other = tmp_path / "other.bin"
    other.write_bytes(content)
    for load in (projections.of_the_nation, states, teach, moved, lambda path: levels(path, tmp_path)):
        with pytest.raises(InputFault, match=r"other\.bin"):
            load(other)


def test_a_table_saved_by_excel_in_its_own_encoding_is_read(tmp_path):
    given = tmp_path / "programs.csv"
    text = f"name,provider,skills\nEnfermería,Peña College,{CARE}\n"
    given.write_bytes(text.encode("cp1252"))
    assert teach(given)[0]["program"].iloc[0]["name"] == "Enfermería"
