"""Sign in and sign out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from web.actor import current_actor, end_session
from web.addresses import local_path
from web.attempts import TooManyAttempts
from web.forms import SignInForm
from web.sign_in import DEMO_PASSWORD, PersonError, SignIn, SignInFailed


def create_blueprint(
    services: Any, sign_in: SignIn, first_page: Callable[[], str], *, demo: bool
) -> Blueprint:
    """Sign-in views.

    Parameters
    ----------
    sign_in : SignIn
        Checks e-mail and password, counts the failures, begins the session.
    first_page : callable
        Where the present person starts when they asked for no page.
    demo : bool
        Offer the demo people by one click.
    """
    views = Blueprint("login", __name__)

    def onward() -> BaseResponse:
        return redirect(local_path(request.args.get("next"), first_page()), 303)

    def page(form: SignInForm, problem: PersonError | None = None) -> Response:
        people = services.people.demo_people() if demo else ()
        answer = make_response(render_template("login.html", form=form, problem=problem, people=people))
        answer.status_code = problem.status if problem else 422 if form.errors else 200
        if (seconds := getattr(problem, "retry_after", None)) is not None:
            answer.headers["Retry-After"] = str(seconds)
        return answer

    @views.get("/login")
    def login():
        if current_actor().signed_in:
            return onward()
        return page(SignInForm())

    @views.post("/login")
    def check():
        form = SignInForm()
        if not form.validate():
            return page(form)
        try:
            sign_in(form.email.data, form.password.data)
        except (SignInFailed, TooManyAttempts) as error:
            return page(form, error)
        return onward()

    if demo:

        @views.post("/login/demo")
        def one_click():
            known = {person.email for person in services.people.demo_people()}
            email = request.form.get("email", "")
            if email not in known:
                return redirect(url_for("login.login"), 303)
            try:
                sign_in(email, DEMO_PASSWORD)
            except (SignInFailed, TooManyAttempts) as error:
                return page(SignInForm(formdata=None), error)
            return onward()

    @views.post("/logout")
    def logout():
        end_session()
        return redirect("/", 303)

    return views
