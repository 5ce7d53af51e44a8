"""What a person does with their account: register, sign in, choose careers."""

from __future__ import annotations

import re
from datetime import datetime

from accounts.actor import VISITOR, Account, Actor, DemoPerson
from accounts.errors import ChangeRefused, RegistrationRefused, SignInFailed, SignInPaused
from accounts.errors import marked as _
from accounts.passwords import DEMO_PASSWORD, Passwords, check_new_password
from accounts.permissions import Action, require
from accounts.roles import PersonRole
from accounts.store import Credentials, NewPerson, PersonStore

LOCALES = ("en", "es")
MOST_CAREERS = 12
LONGEST_NAME = 120

# Wide on purpose: only what can never be an address is refused (RFC 5321 for the lengths).
EMAIL = re.compile(r"[^@\s\x00-\x1f]{1,64}@[^@\s\x00-\x1f.]+(\.[^@\s\x00-\x1f.]+)+")
AREA_CODE = re.compile(r"\d{5}|\d{7}")
ROLE_CODE = re.compile(r"\d{2}-\d{4}\.\d{2}")


class PeopleService:
    """The verbs about people, each asking permission first.

    Parameters
    ----------
    people : PersonStore
        The system of record.
    passwords : Passwords, optional
        How passwords are kept; a test gives a quicker one.
    demo : bool
        Whether the demo people may come in. Their passwords are published: without it they are
        strangers, also in a database where they were made earlier.
    """

    def __init__(
        self, people: PersonStore, passwords: Passwords | None = None, *, demo: bool = False
    ) -> None:
        self._people = people
        self._demo = demo
        self._passwords = passwords or Passwords()

    def register(
        self, email: str, name: str, password: str, locale: str = "en", area: str | None = None
    ) -> Actor:
        """Make a learner's account and return them.

        Raises
        ------
        RegistrationRefused, EmailTaken, PasswordRefused
            With what to change.
        """
        require(VISITOR, Action.ACCOUNT_CREATE)
        return self._made(email, name, password, frozenset({PersonRole.LEARNER}), locale, area)

    def appoint(
        self, actor: Actor, email: str, name: str, password: str, roles: frozenset[PersonRole]
    ) -> Actor:
        """Make an account with other parts than a learner's, as an administrator.

        Raises
        ------
        RegistrationRefused, EmailTaken, PasswordRefused
            As ``register``.
        """
        require(actor, Action.ACCOUNT_APPOINT)
        return self._made(email, name, password, roles)

    def _made(
        self,
        email: str,
        name: str,
        password: str,
        roles: frozenset[PersonRole],
        locale: str = "en",
        area: str | None = None,
    ) -> Actor:
        address, called = email.strip(), " ".join(name.split())
        if len(address) > 254 or not EMAIL.fullmatch(address):
            raise RegistrationRefused(_("Enter an e-mail address such as name@example.org."))
        if not called or len(called) > LONGEST_NAME:
            raise RegistrationRefused(
                _("Enter the name you want to be called by, at most %(most)d characters."), most=LONGEST_NAME
            )
        check_new_password(password, address)
        return self._people.add(
            NewPerson(
                email=address,
                name=called,
                password_hash=self._passwords.hash(password),
                roles=roles,
                locale=locale if locale in LOCALES else "en",
                area_code=_area(area),
            )
        )

    def sign_in(self, email: str, password: str) -> Actor:
        """Return the person with this address and password.

        Raises
        ------
        SignInFailed
            If the two do not go together; the same words whichever is wrong.
        SignInPaused
            After too many wrong passwords for the address, whether or not it has an account.
        """
        known = self._people.credentials(email)
        if known is not None and known.actor.demo and not self._demo:
            known = None
        # The password of a demo person is published: a pause would protect nothing, and let one
        # guest lock the others out.
        guarded = known is None or not known.actor.demo
        if guarded and (seconds := self._people.pause_left(email)):
            raise SignInPaused(
                _("Too many wrong passwords for this address. Try again in %(seconds)d seconds."),
                retry_after=seconds,
                seconds=seconds,
            )
        if not self._passwords.verify(known.password_hash if known else None, password) or known is None:
            if guarded:
                self._people.note_wrong_password(email)
            raise SignInFailed(_("E-mail address and password do not go together. Check both."))
        if guarded:
            self._people.forget_wrong_passwords(email)
        if self._passwords.outdated(known.password_hash):
            self._people.set_password_hash(
                _id(known.actor), self._passwords.hash(password), end_sessions=False
            )
        return known.actor

    def actor(self, person_id: str, session_version: int, session_id: str | None = None) -> Actor | None:
        """Return the person of a session, or ``None`` when the session or the account has ended."""
        actor = self._people.actor(person_id, session_id)
        if actor is None or actor.session_version != session_version or (actor.demo and not self._demo):
            return None
        return actor

    def known(self, email: str) -> str | None:
        """Return the id of who has an account with this address, for what is sent to them.

        A verb of the product itself: what comes of it is shown to nobody but them.
        """
        found = self._people.credentials(email)
        return None if found is None or (found.actor.demo and not self._demo) else found.actor.person_id

    def let_in(self, person_id: str) -> Actor | None:
        """Return the person for whom a system acts that they let in: it needs none of their sessions."""
        actor = self._people.actor(person_id)
        return None if actor is None or (actor.demo and not self._demo) else actor

    def sign_out(self, session_id: str, until: datetime) -> None:
        """End one session, which would have ended at ``until``; the person's others go on."""
        self._people.end_session(session_id, until)

    def account(self, actor: Actor) -> Account:
        """Return what the person sees of their own account."""
        require(actor, Action.ACCOUNT_READ, actor.person_id)
        account = self._people.account(_id(actor))
        if account is None:
            raise ChangeRefused(_("This account no longer exists."))
        return account

    def change_password(self, actor: Actor, old: str, new: str) -> Actor:
        """Change the password and end every other session.

        Returns
        -------
        Actor
            With the new ``session_version``, to go on with in the present session.
        """
        require(actor, Action.ACCOUNT_CHANGE, actor.person_id)
        kept = self._confirmed(actor, old)
        if not (actor.demo and new == DEMO_PASSWORD):
            check_new_password(new, kept.email)
        changed = self._people.set_password_hash(_id(actor), self._passwords.hash(new), end_sessions=True)
        if changed is None:
            raise ChangeRefused(_("This account no longer exists."))
        return changed

    def set_area(self, actor: Actor, code: str | None) -> None:
        """Keep the person's home area: a county (five digits) or an OEWS area (seven)."""
        require(actor, Action.ACCOUNT_CHANGE, actor.person_id)
        self._people.set_area(_id(actor), _area(code))

    def set_locale(self, actor: Actor, code: str) -> None:
        """Keep the person's language."""
        require(actor, Action.ACCOUNT_CHANGE, actor.person_id)
        if code not in LOCALES:
            raise ChangeRefused(_("Choose English or Spanish."))
        self._people.set_locale(_id(actor), code)

    def delete_account(self, actor: Actor, password: str) -> None:
        """Remove the account and everything that is the person's, after asking the password again."""
        require(actor, Action.ACCOUNT_DELETE, actor.person_id)
        if actor.demo:
            raise ChangeRefused(_("This person is invented for everyone to try, and stays."))
        self._confirmed(actor, password)
        self._people.delete(_id(actor))

    def chosen_careers(self, actor: Actor, owner: str | None = None) -> tuple[tuple[str, str | None], ...]:
        """Return (role code, area code) of each chosen career, first chosen first."""
        person = _whose(actor, owner)
        require(actor, Action.CAREERS_READ, person)
        return self._people.chosen_careers(str(person))

    def choose_career(
        self, actor: Actor, role_code: str, area_code: str | None = None, owner: str | None = None
    ) -> None:
        """Put a career around the person; choosing it again only changes its area.

        Raises
        ------
        ChangeRefused
            If twelve are chosen already, or the code is not that of an O*NET-SOC role.
        """
        person = _whose(actor, owner)
        require(actor, Action.CAREERS_CHANGE, person)
        if not ROLE_CODE.fullmatch(role_code):
            raise ChangeRefused(_("Choose a role from the list."))
        if not self._people.choose_career(str(person), role_code, _area(area_code), MOST_CAREERS):
            raise ChangeRefused(
                _("You have chosen %(most)d careers, as many as the picture holds. Delete one first."),
                most=MOST_CAREERS,
            )

    def drop_career(self, actor: Actor, role_code: str, owner: str | None = None) -> None:
        """Take a career away; nothing happens when it was not chosen."""
        person = _whose(actor, owner)
        require(actor, Action.CAREERS_CHANGE, person)
        self._people.drop_career(str(person), role_code)

    def demo_people(self) -> tuple[DemoPerson, ...]:
        """Return the invented people for the one-click sign-in; never a real one."""
        return self._people.demo_people() if self._demo else ()

    def _confirmed(self, actor: Actor, password: str) -> Credentials:
        kept = self._people.credentials_of(_id(actor))
        if kept is None or not self._passwords.verify(kept.password_hash, password):
            raise ChangeRefused(_("Your present password is not right. Nothing was changed."))
        return kept


def _id(actor: Actor) -> str:
    # After ``require`` an own action always has a person.
    return str(actor.person_id)


def _whose(actor: Actor, owner: str | None) -> str | None:
    return actor.person_id if owner is None else owner


def _area(code: str | None) -> str | None:
    if not code:
        return None
    if not AREA_CODE.fullmatch(code):
        raise ChangeRefused(_("Choose a place from the list."))
    return code
