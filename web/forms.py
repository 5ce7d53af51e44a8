"""Forms of the plain pages; their words stand in the templates.

Messages are English sentences, looked up in the reader's language where they are shown.
"""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from accounts.errors import marked as _

LONGEST = 1000


def _asked(message: str, most: int = LONGEST) -> list[object]:
    return [InputRequired(message), Length(max=most, message=_("That is longer than can be kept."))]


class SignInForm(FlaskForm):
    """E-mail address and password."""

    email = StringField(validators=_asked(_("Enter your e-mail address."), 254))
    password = PasswordField(validators=_asked(_("Enter your password.")))


class RegisterForm(FlaskForm):
    """What a new account needs."""

    name = StringField(validators=_asked(_("Enter the name you want to be called by.")))
    email = StringField(validators=_asked(_("Enter your e-mail address."), 254))
    password = PasswordField(validators=_asked(_("Choose a password.")))


class PasswordForm(FlaskForm):
    """The present password and the new one."""

    present = PasswordField(validators=_asked(_("Enter your present password.")))
    new = PasswordField(validators=_asked(_("Choose a new password.")))


class AreaForm(FlaskForm):
    """A home area, by its code; empty for none."""

    area = StringField(validators=[Length(max=7)])


class ConsentForm(FlaskForm):
    """Whether one's skills may be counted."""

    regional = BooleanField()


class DeleteForm(FlaskForm):
    """The password, once more."""

    confirm = PasswordField(validators=_asked(_("Enter your password.")))
