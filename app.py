"""The composition root: settings in, a served product out. Nothing imports this module.

``python app.py`` serves it, once the environment is set up (``make run`` does both).
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from flask import Flask
from flask_wtf import CSRFProtect
from sqlalchemy.exc import OperationalError

import web.shell
from config import ROOT, Settings
from pages import account, home, login, register
from web import actor, delivery, errors, logs, navigation, preferences, security
from web.attempts import Attempts
from web.shell import Shell
from web.sign_in import SignIn

PAGES = ("network", "gap", "wallet")


def create_app(settings: Settings, services: Any = None) -> Shell:
    """Put the rooms together.

    Parameters
    ----------
    settings : Settings
        What to run with.
    services : Services, optional
        The verbs, over both stores; opened from the settings by default.

    Returns
    -------
    Shell
        A Dash application; its WSGI application is ``.server``.
    """
    services = services or _open(settings)
    server = Flask(__name__, static_folder=None, template_folder=str(ROOT / "templates"))
    server.secret_key = settings.secret_key
    server.config["WTF_CSRF_TIME_LIMIT"] = None  # As long as the session.
    server.extensions["waymark"] = services
    csrf = CSRFProtect()
    sign_in = SignIn(services.people, Attempts())
    modules = _page_modules()
    pages = tuple(module.PAGE for module in modules)

    def first_page() -> str:
        return navigation.first_page(pages, actor.current_actor())

    # In this order before a request: logged, in the reader's language, refused if from elsewhere.
    logs.init_app(server, lambda: dash_app.path_template())
    actor.init_app(server, services.people, https_only=settings.secure_cookies)
    preferences.init_app(server, services.people)
    server.before_request(security.refuse_other_sites)
    csrf.init_app(server)
    errors.init_app(server, (OperationalError,))
    server.register_blueprint(home.create_blueprint(services))
    server.register_blueprint(login.create_blueprint(services, sign_in, first_page, demo=settings.demo))
    server.register_blueprint(register.create_blueprint(services, sign_in, first_page))
    server.register_blueprint(account.create_blueprint(services, sign_in))

    dash_app = Shell(server, services, pages)
    for module in modules:
        module.register(dash_app, services)
    # Dash sends no form: its requests are held to this origin instead.
    csrf.exempt("dash.dash.dispatch")
    web.shell.init_app(server, dash_app, demo=settings.demo)
    # After a request the last added comes first: headers, then compression.
    delivery.init_app(server, settings.data_dir / "compressed")
    security.init_app(server, dash_app, https_only=settings.secure_cookies)
    return dash_app


def _page_modules() -> list[Any]:
    return [import_module(f"pages.{name}") for name in PAGES if find_spec(f"pages.{name}")]


def _open(settings: Settings) -> Any:
    from services.container import Services

    return Services.open(settings)
