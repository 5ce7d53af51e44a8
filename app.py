"""The composition root: settings in, a served product out. Nothing imports this module.

``python app.py`` serves it, once the environment is set up (``make run`` does both).
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Sequence
from functools import partial
from typing import Any

import structlog
import waitress
from flask import Flask
from flask_wtf import CSRFProtect
from sqlalchemy.exc import OperationalError

import api
import web.shell
from accounts.consents import ConsentStore
from accounts.errors import PersonError
from accounts.migrate import upgrade
from accounts.passwords import DEMO_PASSWORD, Passwords
from accounts.postings import PostingStore
from accounts.store import PersonStore
from config import ROOT, Settings, SettingsError
from data.errors import LaborDataUnavailable
from database import Database
from pages import (
    account,
    add_record,
    api_docs,
    client,
    compare,
    confirm,
    confirmations,
    counselor,
    county,
    county_public,
    employer,
    employment_plan,
    explore,
    gap,
    home,
    invitation,
    issuer,
    let_in,
    login,
    network,
    next_skills,
    notifications,
    pathways,
    postings,
    record,
    register,
    registry,
    reports,
    shared,
    shares,
    tokens,
    wallet,
    webhooks,
)
from services import demo
from services.container import Services
from services.recheck import Recheck
from wallet.store import WalletStore
from web import (
    actor,
    bearer,
    delivery,
    errors,
    issuers,
    logs,
    memory,
    navigation,
    oauth,
    preferences,
    security,
)
from web.addresses import public_root
from web.attempts import Attempts
from web.demo_key import with_demo_key
from web.shell import Shell
from web.sign_in import SignIn

# In the order of the navigation.
PAGES: tuple[Any, ...] = (network, gap, wallet)
# Plain pages where somebody's work begins.
STARTS = (county.PLACE,)


def create_app(settings: Settings, services: Any = None, modules: Sequence[Any] | None = None) -> Shell:
    """Put the rooms together.

    Parameters
    ----------
    settings : Settings
        What to run with.
    services : Services, optional
        The verbs, over both stores; opened from the settings by default.
    modules : sequence of modules, optional
        Those of the pages, each with its ``PAGE`` and ``register``; the product's by default.

    Returns
    -------
    Shell
        A Dash application; its WSGI application is ``.server``.
    """
    services = services or Services.open(settings)
    server = Flask(__name__, static_folder=None, template_folder=str(ROOT / "templates"))
    server.secret_key = settings.secret_key
    server.config["WTF_CSRF_TIME_LIMIT"] = None  # As long as the session.
    server.extensions["waymark"] = services
    csrf = CSRFProtect()
    sign_in = SignIn(services.people, Attempts())
    modules = PAGES if modules is None else modules
    pages = tuple(module.PAGE for module in modules)

    def first_page() -> str:
        return navigation.first_page((*pages, *STARTS), actor.current_actor())

    # In this order before a request: logged, in the reader's language, refused if from elsewhere.
    logs.init_app(server, lambda: dash_app.path_template())
    actor.init_app(server, services.people, https_only=settings.secure_cookies)
    preferences.init_app(server, services.people)
    server.before_request(security.refuse_other_sites)
    by_token = bearer.actor_by(services)
    server.before_request(lambda: add_record.allow_large_files(by_token))
    csrf.init_app(server)
    errors.init_app(server, (OperationalError, LaborDataUnavailable), {"/ims/": api.status_info})
    server.register_blueprint(home.create_blueprint(services))
    server.register_blueprint(login.create_blueprint(services, sign_in, first_page, demo=settings.demo))
    server.register_blueprint(register.create_blueprint(services, sign_in, first_page))
    server.register_blueprint(account.create_blueprint(services, sign_in))
    server.register_blueprint(tokens.create_blueprint(services))
    server.register_blueprint(webhooks.create_blueprint(services))
    server.register_blueprint(reports.create_blueprint(services))
    server.register_blueprint(issuer.create_blueprint(services))
    server.register_blueprint(issuers.create_blueprint(services))
    server.register_blueprint(add_record.create_blueprint(services))
    server.register_blueprint(record.create_blueprint(services))
    server.register_blueprint(confirmations.create_blueprint(services, settings.public_url))
    server.register_blueprint(confirm.create_blueprint(services))
    server.register_blueprint(registry.create_blueprint(services))
    root = partial(public_root, settings.public_url)
    server.register_blueprint(shares.create_blueprint(services, root))
    server.register_blueprint(postings.create_blueprint(services))
    server.register_blueprint(employer.create_blueprint(services))
    server.register_blueprint(counselor.create_blueprint(services, root))
    server.register_blueprint(client.create_blueprint(services))
    server.register_blueprint(employment_plan.create_blueprint(services))
    server.register_blueprint(invitation.create_blueprint(services))
    server.register_blueprint(next_skills.create_blueprint(services))
    server.register_blueprint(compare.create_blueprint(services))
    server.register_blueprint(pathways.create_blueprint(services))
    server.register_blueprint(explore.create_blueprint(services))
    server.register_blueprint(notifications.create_blueprint(services))
    stop = notifications.create_stop_blueprint(services)
    server.register_blueprint(stop)
    csrf.exempt(
        stop
    )  # A mail program stops mails with one request, which the secret in its path lets do that.
    server.register_blueprint(county.create_blueprint(services, root))
    server.register_blueprint(county_public.create_blueprint(services))
    server.register_blueprint(shared.create_blueprint(services, api.shared_json, root))
    # Programs and Dash send no form: their requests are held to this origin instead.
    interface = api.create_blueprint(services, by_token, sign_in, root)
    server.register_blueprint(interface)
    csrf.exempt(interface)
    cookie = server.config["SESSION_COOKIE_NAME"]
    server.register_blueprint(api_docs.create_blueprint(lambda: api.document(cookie)))
    badges = api.open_badges(services, by_token, root)
    server.register_blueprint(badges)
    csrf.exempt(badges)
    authorization = oauth.Authorization(services)
    machines = oauth.create_blueprint(services, authorization, root)
    server.register_blueprint(machines)
    csrf.exempt(machines)
    server.register_blueprint(let_in.create_blueprint(services, authorization))
    csrf.exempt("dash.dash.dispatch")

    dash_app = Shell(server, services, pages)
    for module in modules:
        module.register(dash_app, services)
    web.shell.init_app(
        server,
        dash_app,
        demo=settings.demo,
        plain=(
            counselor.PLACE,
            pathways.PLACE,
            employment_plan.PLACE,
            next_skills.PLACE,
            compare.PLACE,
            explore.PLACE,
            postings.PLACE,
            shares.PLACE,
            employer.PLACE,
            county.PLACE,
            reports.PLACE,
            registry.PLACE,
            issuer.PLACE,
            confirm.INBOX,
        ),
    )
    # After a request the last added comes first: headers, then compression.
    delivery.init_app(server, settings.data_dir / "compressed")
    security.init_app(server, dash_app, https_only=settings.secure_cookies)
    return dash_app


def prepare_stores(settings: Settings) -> tuple[demo.Refreshed, ...]:
    """Bring the system of record to today's tables; returns the demo people, where they are wanted.

    What is up to date already is left alone, so that this costs little at every start.
    """
    upgrade(settings.database_url)
    if not settings.demo:
        return ()
    database = Database(settings.database_url)
    people = demo.refresh(
        PersonStore(database),
        WalletStore(database),
        ConsentStore(database),
        Passwords(),
        demo.read(ROOT / "demo"),
        PostingStore(database),
    )
    database.close()
    return people


def prepare_files(dash_app: Shell) -> None:
    """Compress the scripts and styles that are not compressed yet."""
    dash_app.prepare()
    dash_app.server.extensions["compressed_files"].prepare(delivery.static_files(dash_app))


def main() -> int:
    """Serve until told to stop; returns the exit code."""
    try:
        settings = Settings.from_environment(with_demo_key(os.environ))
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        logs.configure(settings.log_level)
        memory.give_back()
        dash_app = create_app(settings)
        people = prepare_stores(settings)
        prepare_files(dash_app)
        server = waitress.create_server(
            dash_app.server,
            host=settings.host,
            port=settings.port,
            threads=settings.threads,
            ident=None,
            max_request_body_size=add_record.LARGEST_BROUGHT_BACK + security.LARGEST_REQUEST,
        )
    except SettingsError as error:
        return _stop(str(error))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return _stop(f"Port {settings.port} is taken. Stop what uses it, or choose another: PORT=8051.")
        if error.errno == errno.ENOSPC:
            return _stop(f"The disk is full. Make room for {settings.data_dir}, then start again.")
        if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
            return _stop(
                f"{settings.data_dir} or port {settings.port} is not open to this user: {error.strerror}."
            )
        raise
    services = dash_app.server.extensions["waymark"]
    try:
        _ = services.roles, services.pathways  # So that the first reader does not wait for the graphs.
        structlog.get_logger().info("wallet skills loaded", rows=services.load_wallets())
    except PersonError as error:
        print(f"Labour-market data: {error}", file=sys.stderr)

    def prepare() -> None:
        services.prepare_region()
        memory.give_back_now()

    # Beside the first requests, none of which waits for it unless it is an official's.
    services.beside("regions", prepare)
    # Both end it, also where a shell started it in the background and had it ignore Ctrl-C.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    recheck = Recheck(services.check_due, settings.recheck_hours, settings.data_dir / "recheck.lock")
    recheck.begin()
    telling = Recheck(
        services.tell,
        1,
        settings.data_dir / "telling.lock",
        wait=60.0,
        name="telling",
        counts=("written", "reached"),
    )
    telling.begin()
    sending = Recheck(
        lambda _every, _go_on: services.webhooks.deliver(),
        hours=1,
        lock=settings.data_dir / "webhooks.lock",
        wait=5.0,
        name="webhooks",
        counts=("sent", "arrived"),
    )
    sending.begin()
    print(_greeting(settings, people), flush=True)
    try:
        server.run()
    finally:
        recheck.end()
        telling.end()
        sending.end()
        services.close()
    return 0


def _greeting(settings: Settings, people: tuple[demo.Refreshed, ...]) -> str:
    lines = [f"Waymark: http://{settings.host}:{settings.port}   (Ctrl-C ends it)"]
    if people:
        lines.append(f"Who can sign in, all invented, all with the password {DEMO_PASSWORD}:")
        lines += [f"  {one.email:<26} {one.name} ({', '.join(sorted(one.roles))})" for one in people]
    return "\n".join(lines)


def _stop(why: str) -> int:
    print(why, file=sys.stderr)
    return 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
