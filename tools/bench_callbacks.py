"""How long a server takes to answer what the pages ask while somebody uses them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tools.bench_figures import Figure, percentile, spread
from tools.bench_server import CALLBACKS, Reader, Served

WORDS = ("nurse", "cna", "truck driver", "forklift", "welder", "it", "cocinero", "tech", "xyzzy", "a")
PLACES = ("spokane", "king county", "wa", "yakima", "new york", "zzz", "s")
SKILLS = ("first aid", "inventory", "python", "weld", "communicate", "soldar", "x")
PATHS = ("/", "/network", "/gap/31-1131.00", "/wallet", "/login", "/account", "/api/v1/roles?q=nurse")
A_CAREER = "31-1131.00"


def measure(served: Served, codes: Sequence[str]) -> Iterator[Figure]:
    """Every callback of the pages, as Pete, over all roles where it is about a role.

    Times are those of the whole request over the loopback; those ending in ``_server`` stand in the log.
    """
    pete = Reader(served, "pete")
    visitor = Reader(served)
    for path in PATHS:
        pete.get(path)
    worst = 0.0

    def ask(name: str, question: Callable[[str], float], subjects: Sequence[str]) -> Iterator[Figure]:
        nonlocal worst
        question(subjects[0])
        since = served.mark()
        found = [question(subject) for subject in subjects]
        logged = served.logged_ms(since, CALLBACKS)
        worst = max(worst, percentile(logged, 0.95))
        yield from spread(name, "ms", found)
        yield from spread(f"{name}_server", "ms", logged)

    def network(search: str) -> float:
        return pete.ask(
            "net-picture.elements", "address.search", address_search=search, address_pathname="/network"
        )

    def gap(code: str) -> float:
        return pete.ask(
            "gap-content.children", "address.search", address_search="", address_pathname=f"/gap/{code}"
        )

    def page(path: str) -> float:
        return pete.ask("page.children", "address.pathname", address_pathname=path, address_search="")

    def act(verb: str) -> float:
        return pete.ask(
            "net-tick.data",
            "net-act.data",
            net_act={"act": verb, "on": A_CAREER, "nth": 1},
            address_search="",
            address_pathname="/network",
        )

    yield from ask("network_callback", network, [f"?open={code}" for code in codes])
    yield from ask("network_table_callback", network, [f"?open={code}&view=table" for code in codes[::10]])
    yield from ask(
        "network_visitor_callback",
        lambda code: visitor.ask(
            "net-picture.elements",
            "address.search",
            address_search=f"?now={code}",
            address_pathname="/network",
        ),
        codes[::4],
    )
    yield from ask("network_page_callback", page, ["/network"] * 20)
    yield from ask("career_keep_callback", act, ["choose", "drop"] * 10)
    yield from ask(
        "find_role_callback",
        lambda words: pete.ask("net-add-found.children", "net-add-words.value", net_add_words=words),
        WORDS * 3,
    )
    yield from ask(
        "find_place_callback",
        lambda words: pete.ask("net-area-found.children", "net-area-words.value", net_area_words=words),
        PLACES * 3,
    )
    if pete.has("gap-content.children"):
        yield from ask("gap_callback", gap, codes[::2])
        yield from ask("gap_page_callback", page, [f"/gap/{code}" for code in codes[::25]])
    if pete.has("wallet-records.children"):
        yield from ask("wallet_page_callback", page, ["/wallet"] * 20)
        yield from ask(
            "find_skill_callback",
            lambda words: pete.ask("wallet-found.children", "wallet-search.value", wallet_search=words),
            SKILLS * 3,
        )
    yield Figure("worst_callback_p95_server_ms", worst)
