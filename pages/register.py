"""Make an account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, request

from i18n import locale
from web.actor import begin_session, current_actor
from web.addresses import local_path
from web.forms import RegisterForm
from web.sign_in import PersonError, SignIn


def create_blueprint(services: Any, sign_in: SignIn, first_page: Callable[[], str]) -> Blueprint:
    """Registration views; who registers is a learner, and signed in at once."""
    views = Blueprint("register", __name__)

    @views.get("/register")
    def register():
        if current_actor().signed_in:
            return redirect(first_page(), 303)
        return render_template("register.html", form=RegisterForm(), problem=None)

    @views.post("/register")
    def check():
        form = RegisterForm()
        if not form.validate():
            return render_template("register.html", form=form, problem=None), 422
        try:
            # Trying addresses to see which have an account is guessing too.
            with sign_in.guarded(form.email.data):
                actor = services.people.register(
                    form.email.data, form.name.data, form.password.data, locale=locale()
                )
        except PersonError as error:
            return render_template("register.html", form=form, problem=error), error.status
        begin_session(actor)
        return redirect(local_path(request.args.get("next"), first_page()), 303)

    return views
