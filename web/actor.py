"""Who is asking, as far as the browser is concerned: the only reader of the session.

A session carries the person's opaque id and ``session_version``; a change of password
raises the version, and every session with the former one has ended. A session also has a
random id of its own: signing out notes it as ended in the system of record, so that a copy
of the cookie opens nothing, while the person's other devices stay signed in. Sessions end
after twelve idle hours, and after seven days in any case.
"""

from __future__ import annotations

import secrets
import time
from datetime import UTC, datetime, timedelta

from flask import Flask, Response, current_app, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager, current_user, login_user, logout_user

from accounts.actor import VISITOR, Actor
from services.people import PeopleService
from web.delivery import FILES

IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(days=7)
RENEW = timedelta(minutes=5)

_ID, _VERSION, _SINCE, _SEEN = "id", "version", "since", "seen"
_ID_BYTES = 16
_PEOPLE = "waymark.sessions"


class Sessions(SecureCookieSessionInterface):
    """Flask's signed cookie, which scripts and styles neither read nor renew."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not request.path.startswith(FILES):
            super().save_session(app, session, response)


class SignedIn:
    """An actor in the shape that Flask-Login asks for."""

    is_authenticated = is_active = True
    is_anonymous = False

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def get_id(self) -> str:
        return str(self.actor.person_id)


class Visitor:
    """Nobody in particular."""

    is_authenticated = is_active = False
    is_anonymous = True
    actor = VISITOR

    def get_id(self) -> None:
        return None


def init_app(server: Flask, people: PeopleService, *, https_only: bool) -> None:
    """Load the person of each request from its session."""
    server.config.update(
        SESSION_COOKIE_NAME="__Host-session" if https_only else "session",
        SESSION_COOKIE_SECURE=https_only,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        PERMANENT_SESSION_LIFETIME=IDLE,
        # Renewed below, at most every few minutes, and never by an image or a script.
        SESSION_REFRESH_EACH_REQUEST=False,
    )
    server.session_interface = Sessions()
    manager = LoginManager()
    manager.init_app(server)
    manager.anonymous_user = Visitor
    manager.session_protection = None
    server.extensions[_PEOPLE] = people

    @manager.user_loader
    def load(person_id: str) -> SignedIn | None:
        now = time.time()
        if now - session.get(_SINCE, 0) > ABSOLUTE.total_seconds() or not session.get(_ID):
            return None
        actor = people.actor(person_id, session.get(_VERSION, -1), session[_ID])
        if actor is None:
            return None
        if now - session.get(_SEEN, 0) > RENEW.total_seconds():
            session[_SEEN] = int(now)
        return SignedIn(actor)


def current_actor() -> Actor:
    """The person who is signed in, or the visitor."""
    return current_user.actor


def begin_session(actor: Actor) -> None:
    """Sign a person in, in a session that keeps nothing of the one before, which has ended."""
    end_session()
    session.permanent = True
    now = int(time.time())
    own = secrets.token_urlsafe(_ID_BYTES)
    session.update({_ID: own, _VERSION: actor.session_version, _SINCE: now, _SEEN: now})
    login_user(SignedIn(actor))


def continue_session(actor: Actor) -> None:
    """Go on in the present session after the password changed."""
    session[_VERSION] = actor.session_version
    login_user(SignedIn(actor))


def end_session() -> None:
    """Sign out, forget everything about the session, and let no copy of it in again."""
    own, since = session.get(_ID), session.get(_SINCE, 0)
    logout_user()
    session.clear()
    if own:
        until = datetime.fromtimestamp(since, UTC) + ABSOLUTE
        current_app.extensions[_PEOPLE].sign_out(own, until)


def client_address() -> str:
    """The network address a request comes from, for counting wrong passwords."""
    return request.remote_addr or "unknown"
