"""How a number is written: the one formatter behind every figure on a screen."""

from __future__ import annotations

from babel.numbers import format_decimal, format_percent

from graph.model import Figure, LaborMarket, Match
from i18n import gettext as _
from i18n import ngettext

# Amounts are US dollars and US counts in both languages, written the way US readers of either write them.
NUMBERS = "en_US"
Z_95 = 1.96
LEAST_SHOWN = 0.005
"""Share below which a whole percentage would read 0."""


def percent(share: float) -> str:
    """A share of 0-1 as a whole percentage: ``0.312`` is ``31%``."""
    return format_percent(share, locale=NUMBERS)


def share(part: float) -> str:
    """The same where a part may be small: ``<1%`` for what would read ``0%`` and is not nothing."""
    return "<1%" if 0 < part < LEAST_SHOWN else percent(part)


def score(match: Match) -> str:
    """How much of a role is matched; a dash where nothing of it can be reckoned."""
    return percent(match.score) if match.required else "–"


def dollars(figure: Figure | None) -> str:
    """US dollars: ``$113,280``, ``$239,200 or more`` where the release caps, or ``not published``."""
    if figure is None or figure.value is None:
        return unpublished(figure)
    digits = "#,##0.00" if figure.value < 1000 else "#,##0"
    amount = "$" + format_decimal(figure.value, format=digits, locale=NUMBERS)
    return _("%(amount)s or more", amount=amount) if figure.note == "top_coded" else amount


def change(figure: Figure | None) -> str:
    """A change in percent with its sign: ``+4.9%``, ``-2.1%``, or ``not published``."""
    if figure is None or figure.value is None:
        return unpublished(figure)
    return format_decimal(figure.value, format="+#,##0.#;-#,##0.#", locale=NUMBERS) + "%"


def openings(figure: Figure | None) -> str:
    """Openings a year: ``4,400 openings a year``, or ``not published``."""
    if figure is None or figure.value is None:
        return unpublished(figure)
    count = round(figure.value)
    written = format_decimal(count, locale=NUMBERS)
    return ngettext("%(count)s opening a year", "%(count)s openings a year", count, count=written)


def short_dollars(value: float) -> str:
    """Thousands of US dollars for the end of a bar: ``$63k``."""
    return f"${value / 1000:.0f}k"


def jobs(figure: Figure | None) -> str:
    """A count of jobs: ``6,850 jobs``, or ``not published``."""
    if figure is None or figure.value is None:
        return unpublished(figure)
    count = round(figure.value)
    return ngettext("%(count)s job", "%(count)s jobs", count, count=format_decimal(count, locale=NUMBERS))


def margin(rse: Figure | None) -> str:
    """Half the 95% interval of an estimate, from its relative standard error in percent: ``±13%``."""
    if rse is None or rse.value is None:
        return ""
    return f"±{Z_95 * rse.value:.0f}%"


def number(figure: Figure | None, digits: int = 2) -> str:
    """A plain number, or ``not published``."""
    if figure is None or figure.value is None:
        return unpublished(figure)
    return format_decimal(round(figure.value, digits), locale=NUMBERS)


def unpublished(figure: Figure | None) -> str:
    """Why there is no number, in two or three words."""
    if figure is not None and figure.note == "suppressed":
        return _("not published (withheld by BLS)")
    return _("not published")


def median_wage(market: LaborMarket | None) -> str:
    """The median of the year where there is one, else of the hour, with its unit."""
    if market is None:
        return unpublished(None)
    annual, hourly = market.annual.get("p50"), market.hourly.get("p50")
    if annual is not None and annual.value is not None:
        return _("%(amount)s a year", amount=dollars(annual))
    if hourly is not None and hourly.value is not None:
        return _("%(amount)s an hour", amount=dollars(hourly))
    return unpublished(annual)
