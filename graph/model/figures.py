"""The nouns of places and of the figures that are published of them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Area:
    """A place with its own figures.

    ``code`` is the OEWS area code (``0000000`` nation, ``5300000`` a state, ``0044060`` a
    metropolitan or non-metropolitan area) or a county's five-digit FIPS code. ``kind`` is
    ``nation``, ``state``, ``metro``, ``nonmetro`` or ``county``. A county has the figures
    of ``oews_code``, the area BLS publishes it in.
    """

    code: str
    name: str
    kind: str
    state: str | None = None
    oews_code: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A published number, or the reason there is none.

    ``note`` is ``None``, or one of ``suppressed``, ``not_published``, ``top_coded`` (``value`` is
    then the bound the release gives: at least this much), ``annual_only``, ``hourly_only``.
    """

    value: float | None
    note: str | None = None


NOT_PUBLISHED = Figure(None, "not_published")


@dataclass(frozen=True, slots=True)
class LaborMarket:
    """OEWS figures of one occupation in one area.

    Attributes
    ----------
    area : Area
        Where the figures are of (the OEWS area, also when a county was asked for).
    occupation_code, occupation_title : str
        The OEWS occupation; several O*NET roles may share it.
    employment : Figure
        Jobs, rounded to ten by BLS; excludes the self-employed.
    employment_rse, wage_rse : Figure
        Relative standard errors in percent.
    hourly, annual : dict of str to Figure
        US dollars by ``mean``, ``p10``, ``p25``, ``p50`` (median), ``p75``, ``p90``.
    jobs_per_1000, location_quotient : Figure
        Jobs in a thousand of the area's, and that share over the nation's.
    source_id : str
        The release.
    """

    area: Area
    occupation_code: str
    occupation_title: str
    employment: Figure = NOT_PUBLISHED
    employment_rse: Figure = NOT_PUBLISHED
    wage_rse: Figure = NOT_PUBLISHED
    hourly: dict[str, Figure] = field(default_factory=dict)
    annual: dict[str, Figure] = field(default_factory=dict)
    jobs_per_1000: Figure = NOT_PUBLISHED
    location_quotient: Figure = NOT_PUBLISHED
    source_id: str = "oews"


@dataclass(frozen=True, slots=True)
class Outlook:
    """Employment projections of one occupation in the nation or in a state.

    Attributes
    ----------
    area : Area
        Where the projection is of: a state, or the nation.
    occupation_code, occupation_title : str
        As projected; several roles may share it.
    base_year, target_year : int
    employment_base, employment_target : Figure
        Jobs, the self-employed included.
    change_percent : Figure
        Percent over the whole period.
    openings : Figure
        Openings a year on average, from growth and from people who leave.
    entry_education, experience, training : str
        What BLS calls typical to enter; empty where not published.
    source_id : str
        The release.
    """

    area: Area
    occupation_code: str
    occupation_title: str
    base_year: int
    target_year: int
    employment_base: Figure = NOT_PUBLISHED
    employment_target: Figure = NOT_PUBLISHED
    change_percent: Figure = NOT_PUBLISHED
    openings: Figure = NOT_PUBLISHED
    entry_education: str = ""
    experience: str = ""
    training: str = ""
    source_id: str = "projections"


@dataclass(frozen=True, slots=True)
class PriceParity:
    """Regional price parity (BEA): the area's price level, 100 is the nation's."""

    area: Area
    year: int
    index: float
    source_id: str = "price_parities"
