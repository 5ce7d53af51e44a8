"""The frame around every page, written by the server: its words are there before any script.

Plain pages extend ``shell.html``. A page of the dashboard is the same frame with its heading
and lead sentence in it, and an empty place that Dash fills in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any

from dash import Dash, Input, Output, State, dcc, html
from dash.development.base_component import Component
from dash.exceptions import CallbackException
from flask import Flask, abort, has_request_context, render_template, request
from werkzeug.exceptions import BadRequest, HTTPException
from werkzeug.routing import Map, Rule

from accounts.permissions import Action, require
from accounts.roles import PersonRole
from i18n import LOCALES, gettext, locale, plural_form
from web import delivery, navigation
from web.actor import current_actor
from web.drawn import fold
from web.page import Page, Place
from web.preferences import THEMES, reader_theme

# Paths of this server that are no pages keep their rule in the log; a page has its own below.
CATCH_ALL = "/<path:path>"
# Language features that every browser of the last years has, and a table that no page draws.
UNUSED = ("/deps/polyfill@", "/dash_table/")


@dataclass(frozen=True)
class Pages:
    """The pages of the dashboard, in the order of the navigation."""

    all: tuple[Page, ...]

    @cached_property
    def _rules(self) -> Map:
        return Map([Rule(page.path, endpoint=page) for page in self.all], strict_slashes=False)

    def at(self, path: str) -> Page | None:
        """The page at a path, or ``None``."""
        try:
            page, _values = self._rules.bind("").match(path)
        except HTTPException:
            return None
        return page


class Shell(Dash):
    """Dash inside the server's frame.

    Parameters
    ----------
    server : Flask
        Where it serves. Views that are already there keep their paths.
    services : object
        Handed to every page.
    pages : sequence of Page
        What there is to show.
    """

    def __init__(self, server: Flask, services: Any, pages: Sequence[Page]) -> None:
        self.services = services
        self.pages = Pages(tuple(pages))
        super().__init__(
            __name__,
            server=server,
            assets_folder=str(delivery.ASSETS),
            include_assets_files=False,
            serve_locally=True,
            suppress_callback_exceptions=True,
            title="Waymark",
            update_title=None,
            add_log_handler=False,
        )
        self.enable_dev_tools(
            debug=False,
            dev_tools_ui=False,
            dev_tools_props_check=False,
            dev_tools_hot_reload=False,
            dev_tools_prune_errors=False,
            dev_tools_silence_routes_logging=False,
            dev_tools_disable_version_check=True,
        )
        self.layout = self._first_layout
        self.callback(
            Output("page", "children"),
            Input("address", "pathname"),
            State("address", "search"),
            prevent_initial_call=True,
        )(self._page_layout)

    def callback(self, *parts: Any, **more: Any) -> Callable[..., Any]:
        """As Dash's; of what the function gives back, plain HTML is drawn in one piece."""
        register = super().callback(*parts, **more)
        several = sum(isinstance(part, Output) for part in parts) > 1

        def registered(function: Callable[..., Any]) -> Any:
            @wraps(function)
            def drawn(*given: Any) -> Any:
                answer = function(*given)
                if several and isinstance(answer, tuple):
                    return tuple(fold(one, self._named) for one in answer)
                return fold(answer, self._named)

            return register(drawn)

        return registered

    @cached_property
    def _named(self) -> frozenset[str]:
        """The ids of everything that callbacks speak to."""
        read = (part["id"] for one in self._callback_list for part in (*one["inputs"], *one["state"]))
        written = (part for one in self._callback_list for part in one["output"].strip(".").split("..."))
        return frozenset((*read, *(part.rpartition(".")[0] for part in written)))

    def index(self, *_args: Any, **_kwargs: Any) -> str:
        """The first HTML of a page; 404 where there is none."""
        if self.pages.at(request.path) is None:
            abort(404)
        return super().index()

    def interpolate_index(self, **parts: str) -> str:
        """Dash's parts in the frame, under the page's own words."""
        page = self.pages.at(request.path)
        if page is None:
            abort(404)
        actor = current_actor()
        if page.action is not None:
            require(actor, Action(page.action), actor.person_id)
        heading, lead = page.heading(request.path, self.services, actor)
        return render_template(
            "dashboard.html",
            title=heading,
            heading=heading,
            lead=lead,
            page=page,
            config=parts["config"],
            scripts=_needed(parts["scripts"]),
            renderer=parts["renderer"],
            library_css=parts["css"],
        )

    def _first_layout(self) -> Component:
        """The page that the first HTML announced, in the same answer as the frame that Dash puts it in.

        Where it cannot be shown, the frame is empty: the browser then asks for the page by its
        address, and is told why.
        """
        asked = request.args.get("at", "") if has_request_context() else ""
        path, mark, search = asked.partition("?")
        try:
            page = (
                fold(self._page_layout(path, mark + search), self._named) if asked.startswith("/") else None
            )
        except Exception:
            page = None
        here = {"pathname": path, "search": mark + search} if page is not None else {}
        return html.Div(
            [dcc.Location(id="address", refresh="callback-nav", **here), html.Div(page, id="page")],
            id="dashboard",
        )

    def _page_layout(self, pathname: Any, search: Any) -> Any:
        if not all(part is None or isinstance(part, str) for part in (pathname, search)):
            abort(400)
        page = self.pages.at(pathname or "/")
        if page is None:
            abort(404)
        actor = current_actor()
        if page.action is not None:
            require(actor, Action(page.action), actor.person_id)
        return page.layout(pathname or "/", search or "", self.services, actor)

    def _initialize_context(self, body: Any) -> Any:
        # A callback that does not exist, or is asked for in another shape, is of no page of ours.
        output = body.get("output") if isinstance(body, dict) else None
        if not isinstance(output, str) or output not in self.callback_map:
            abort(400)
        try:
            return super()._initialize_context(body)
        except (CallbackException, KeyError, TypeError, AttributeError) as error:
            raise BadRequest from error

    def _prepare_callback(self, g: Any, body: Any) -> Any:
        try:
            return super()._prepare_callback(g, body)
        except (CallbackException, KeyError, TypeError, AttributeError, IndexError) as error:
            raise BadRequest from error

    def prepare(self) -> None:
        """Do what the first request would have to wait for, and know every file to be served."""
        self._setup_server()
        self._generate_scripts_html()

    def path_template(self) -> str:
        """The present request's path, without what in it points at anybody."""
        rule = request.url_rule.rule if request.url_rule is not None else None
        if rule not in (None, CATCH_ALL):
            return str(rule)
        page = self.pages.at(request.path)
        return page.path if page is not None else "unknown"


def init_app(server: Flask, dash_app: Shell, *, demo: bool, plain: Sequence[Place] = ()) -> None:
    """Give every template what the frame is made of; ``plain`` pages come last in the navigation."""
    places = navigation.in_order((*dash_app.pages.all, *plain))
    server.jinja_env.add_extension("jinja2.ext.i18n")
    server.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, plural_form, newstyle=True
    )
    server.jinja_env.globals.update(asset=delivery.asset, together=delivery.together_address, part=part)
    server.jinja_env.trim_blocks = server.jinja_env.lstrip_blocks = True
    styles = [name for name in delivery.SHELL_FILES if name.endswith(".css")]

    @server.context_processor
    def frame() -> dict[str, Any]:
        actor = current_actor()
        here = request.full_path if request.query_string else request.path
        on_a_page = request.method == "GET" and not request.path.startswith(("/language/", "/theme/"))
        return {
            "actor": actor,
            "navigation": navigation.links(places, actor, request.path),
            "start": navigation.first_page(places, actor),
            "locale": locale(),
            "locales": LOCALES,
            "theme": reader_theme(),
            "themes": THEMES,
            "here": here if on_a_page else "/",
            "demo": demo,
            "sources": _sources(dash_app.services),
            "news_count": _news_count(dash_app.services, actor),
            "styles": styles,
        }


def _needed(scripts: str) -> str:
    return "\n".join(line for line in scripts.splitlines() if not any(part in line for part in UNUSED))


def part(roles: frozenset[PersonRole]) -> str:
    """What a person is here, in words."""
    names = {
        PersonRole.LEARNER: gettext("learner"),
        PersonRole.COUNSELOR: gettext("counselor"),
        PersonRole.OFFICIAL: gettext("county official"),
        PersonRole.EMPLOYER: gettext("employer"),
        PersonRole.ISSUER: gettext("issuer"),
        PersonRole.ADMIN: gettext("administrator"),
    }
    return ", ".join(name for role, name in names.items() if role in roles)


def _news_count(services: Any, actor: Any) -> int:
    # Nor the bell: a page is shown without its number while the system of record is away.
    if not actor.signed_in:
        return 0
    try:
        return int(services.news.new(actor))
    except Exception:
        return 0


def _sources(services: Any) -> tuple[Any, ...]:
    # The footer must not take a page down that works without the labour-market data.
    try:
        return tuple(services.roles.sources())
    except Exception:
        return ()
