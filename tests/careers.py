"""A labour market small enough to reckon by hand, and wallets to hold against it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from graph.build import SkillRoleGraph, build
from graph.model import (
    Area,
    Evidence,
    Figure,
    Holding,
    InterestActivity,
    Interests,
    JobFamily,
    Kinship,
    LaborMarket,
    ModelledMove,
    ObservedMove,
    Outlook,
    Preparation,
    PriceParity,
    Program,
    Relation,
    Requirement,
    Role,
    Skill,
    Source,
    Standing,
    Task,
    Wallet,
)

HEALTH = JobFamily("29", "Healthcare Practitioners and Technical")
AIDES = JobFamily("31", "Healthcare Support")
MOVING = JobFamily("53", "Transportation and Material Moving")

NATION = Area("0000000", "United States", "nation")
SPOKANE = Area("0044060", "Spokane-Spokane Valley, WA", "metro", "WA", "0044060")
COUNTY = Area("53063", "Spokane County", "county", "WA", "0044060")
OUTLOOK = Outlook(
    NATION,
    "29-1141",
    "Registered nurses",
    2024,
    2034,
    employment_base=Figure(3_391_000),
    employment_target=Figure(3_557_100),
    change_percent=Figure(4.9),
    openings=Figure(189_100),
    entry_education="Bachelor's degree",
)


def skill(name: str) -> Skill:
    """An ESCO skill of that name."""
    key = name.replace(" ", "-")
    return Skill(f"esco:{key}", name, f"http://data.europa.eu/esco/skill/{key}", "esco", "skill")


def needs(name: str, importance: float = 0.5, level: float | None = None, **more: Any) -> Requirement:
    """A requirement, called for by a task of its own."""
    task = Task(hashlib.sha256(f"They {name}.".encode()).hexdigest()[:10], f"They {name}.")
    return Requirement(skill(name), importance, level, evidence=(task,), **more)


def role(code: str, title: str, family: JobFamily, *required: Requirement) -> Role:
    return Role(code, title, family, f"They work as {title.lower()}.", required)


NURSE = role(
    "29-1141.00",
    "Registered Nurses",
    HEALTH,
    needs("monitor patients", 0.8),
    needs("give medicines", 0.6),
    needs("write reports", 0.4),
)
ACUTE = role(
    "29-1141.01", "Acute Care Nurses", HEALTH, needs("monitor patients", 0.9), needs("read monitors", 0.6)
)
AIDE = role(
    "31-1131.00",
    "Nursing Assistants",
    AIDES,
    needs("monitor patients", 0.3),
    needs("lift patients", 0.7),
    needs("write reports", 0.4),
)
DRIVER = role(
    "53-3032.00",
    "Heavy and Tractor-Trailer Truck Drivers",
    MOVING,
    needs("drive trucks", 0.9),
    needs("write reports", 0.2),
)
LIGHT = role(
    "53-3033.00", "Light Truck Drivers", MOVING, needs("drive vans", 0.9), needs("write reports", 0.2)
)
CLERK = role("53-7065.00", "Stockers and Order Fillers", MOVING, needs("fill orders", 0.9))
UNKNOWN = role("55-1011.00", "Air Crew Officers", JobFamily("55", "Military Specific"))
ROLES = (NURSE, ACUTE, AIDE, DRIVER, LIGHT, CLERK, UNKNOWN)

KIN = (Kinship(skill("drive trucks").id, skill("drive vans").id, Relation.NARROWER, 0.6),)
SIMILAR = {
    NURSE.code: ((ACUTE.code, 0.9), (AIDE.code, 0.5)),
    ACUTE.code: ((NURSE.code, 0.9),),
    AIDE.code: ((NURSE.code, 0.5),),
    DRIVER.code: ((LIGHT.code, 0.8), (CLERK.code, 0.1)),
}
TITLES = (
    (AIDE.code, "CNA", "en"),
    (AIDE.code, "Certified nursing assistant", "en"),
    (NURSE.code, "Enfermera", "es"),
    (DRIVER.code, "Truck driver", "en"),
    (LIGHT.code, "Truck driver", "en"),
)
JOBS = {NURSE.code: 3_000_000, AIDE.code: 1_400_000, DRIVER.code: 2_000_000, LIGHT.code: 900_000}


def small_graph() -> SkillRoleGraph:
    """The graph of ``ROLES``."""
    return build(ROLES, KIN, SIMILAR)


def holding(name: str, standing: Standing = Standing.VERIFIED, level: float | None = None) -> Holding:
    """A skill somebody has, from a record called after it."""
    evidence = Evidence(f"record-{name}", f"Certificate: {name}", "Technical Institute")
    return Holding(skill(name), standing, level, (evidence,))


def wallet(*holdings: Holding, owner: str = "", hidden: Iterable[str] = ()) -> Wallet:
    return Wallet(owner, holdings, frozenset(skill(name).id for name in hidden))


class SmallLabor:
    """What the labour-market store answers, for ``ROLES``."""

    def __init__(self) -> None:
        self.build_id = "one"
        self.reads = 0

    def load_wallets(self, _url: str, _today: date) -> int:
        return 0

    def roles(self) -> tuple[Role, ...]:
        self.reads += 1
        return tuple(Role(r.code, r.title, r.job_family, r.description) for r in ROLES)

    def requirements(self) -> dict[str, tuple[Requirement, ...]]:
        return {r.code: r.requirements for r in ROLES if r.requirements}

    def kinships(self) -> tuple[Kinship, ...]:
        return KIN

    def similar(self) -> dict[str, tuple[tuple[str, float], ...]]:
        return dict(SIMILAR)

    def role_titles(self) -> tuple[tuple[str, str, str], ...]:
        return TITLES

    def sources(self) -> tuple[Source, ...]:
        return (
            Source(
                "oews",
                "OEWS",
                "BLS",
                "May 2025",
                "public domain",
                "https://www.bls.gov/oes/",
                "BLS",
                date(2026, 5, 1),
            ),
        )

    def job_families(self) -> tuple[JobFamily, ...]:
        return (HEALTH, AIDES, MOVING)

    def area(self, code: str) -> Area | None:
        return {area.code: area for area in (NATION, SPOKANE, COUNTY)}.get(code)

    def areas(self, text: str = "", limit: int = 20) -> tuple[Area, ...]:
        return tuple(a for a in (NATION, SPOKANE, COUNTY) if text.casefold() in a.name.casefold())[:limit]

    def search_skills(self, text: str, limit: int = 20) -> tuple[Skill, ...]:
        return (skill(text),)[:limit]

    def skills(self, ids: Iterable[str]) -> dict[str, Skill]:
        known = {
            key: r.skill for each in ROLES for r in each.requirements for key in (r.skill.id, r.skill.uri)
        }
        return {key: known[key] for key in ids if key in known}

    def tasks(self, role_code: str) -> tuple[Task, ...]:
        found = (
            task for r in ROLES if r.code == role_code for one in r.requirements for task in one.evidence
        )
        return tuple({task.id: task for task in found}.values())

    def market(self, role_code: str, area_code: str) -> LaborMarket | None:
        return self.markets((role_code,), area_code).get(role_code)

    def markets(self, role_codes: Iterable[str], area_code: str) -> dict[str, LaborMarket]:
        area = self.area(area_code)
        if area is None:
            return {}
        area = SPOKANE if area is COUNTY else area
        return {code: self._market(code, area) for code in role_codes if code in JOBS}

    def outlooks(self, role_codes: Iterable[str], area_code: str) -> dict[str, Outlook]:
        return {}

    def preparations(self) -> dict[str, Preparation]:
        return {}

    def price_parity(self, area_code: str) -> PriceParity | None:
        return None

    def programs(self, skill_ids: Iterable[str], limit: int = 20) -> tuple[Program, ...]:
        return ()

    def interests(self) -> dict[str, Interests]:
        return {}

    def occupation_moves(self) -> dict[str, tuple[tuple[str, float | None], ...]]:
        return {}

    def survey_occupations(self) -> tuple[tuple[str, str, float], ...]:
        return ()

    def modelled_moves(self, role_code: str) -> tuple[ModelledMove, ...]:
        return ()

    def observed_moves(self) -> tuple[ObservedMove, ...]:
        return ()

    def interest_activities(self) -> tuple[InterestActivity, ...]:
        return ()

    def close(self) -> None:
        pass

    def _market(self, code: str, area: Area) -> LaborMarket:
        if area is not NATION and code != NURSE.code:
            return LaborMarket(
                area,
                code[:7],
                "Occupation",
                Figure(None, "suppressed"),
                annual={"p50": Figure(None, "suppressed")},
            )
        return LaborMarket(
            area,
            code[:7],
            "Occupation",
            employment=Figure(6_850 if area is SPOKANE else JOBS[code]),
            employment_rse=Figure(4.0),
            hourly={"p50": Figure(45.0)},
            annual={"p50": Figure(93_600.0)},
        )
