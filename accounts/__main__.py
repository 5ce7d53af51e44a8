"""People from the command line: migrate, demo people, the first admin."""

from __future__ import annotations

import argparse
import getpass
import sys

import wallet.models  # noqa: F401 - a person's records go with them
from accounts.actor import Actor
from accounts.audit import AuditLog
from accounts.consents import ConsentStore
from accounts.errors import PersonError
from accounts.migrate import upgrade
from accounts.passwords import DEMO_PASSWORD, Passwords
from accounts.postings import PostingStore
from accounts.roles import PersonRole
from accounts.store import PersonStore
from config import ROOT, Settings, SettingsError, database_url, demo_wanted
from database import Database
from services.demo import DemoUnreadable, read, refresh
from services.people import PeopleService
from wallet.store import WalletStore

# Whoever may run this on the server may do as an administrator does.
OPERATOR = Actor(person_id="operator", name="Command line", roles=frozenset({PersonRole.ADMIN}))


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m accounts", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("migrate", help="bring the system of record to the tables the code expects")
    commands.add_parser("demo", help="make or refresh the demo people (only with DEMO=1)")
    commands.add_parser("check-audit", help="prove that nothing in the log of accesses was altered")
    add = commands.add_parser("add", help="add a person; asks for the password")
    add.add_argument("--email", required=True)
    add.add_argument("--name", required=True)
    add.add_argument("--role", required=True, action="append", choices=[role.value for role in PersonRole])
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command == "migrate":
            return _migrate(database_url())
        if chosen.command == "demo":
            return _demo()
        if chosen.command == "check-audit":
            return _check_audit(database_url())
        return _add(database_url(), chosen.email, chosen.name, chosen.role)
    except (SettingsError, PersonError, DemoUnreadable) as error:
        print(error, file=sys.stderr)
        return 1


def _migrate(url: str) -> int:
    print("Tables brought up to date." if upgrade(url) else "Tables are up to date.")
    return 0


def _demo() -> int:
    if not demo_wanted():
        raise SettingsError("Demo people have published passwords: they are made only with DEMO=1.")
    settings = Settings.from_environment()
    upgrade(settings.database_url)
    database = Database(settings.database_url)
    stores = PersonStore(database), WalletStore(database), ConsentStore(database)
    done = refresh(*stores, Passwords(), read(ROOT / "demo"), PostingStore(database))
    database.close()
    print(f"Demo people, all invented, all with the password {DEMO_PASSWORD}:")
    for person in done:
        roles = ", ".join(sorted(person.roles))
        state = "a real account has this address; left alone" if person.state == "taken" else person.state
        print(f"  {person.email:<26} {person.name:<28} {roles:<10} {state}")
    return 0


def _check_audit(url: str) -> int:
    upgrade(url)
    database = Database(url)
    found = AuditLog(database).check()
    database.close()
    for fault in found.faults:
        print(fault, file=sys.stderr)
    if not found.holds:
        return 1
    print(f"{found.links} accesses, chained whole; {found.erased} of them of people who have left.")
    return 0


def _add(url: str, email: str, name: str, roles: list[str]) -> int:
    upgrade(url)
    if sys.stdin.isatty():
        password = getpass.getpass("Password: ")
        if getpass.getpass("The same again: ") != password:
            print("The two are not the same. Nobody was added.", file=sys.stderr)
            return 1
    else:
        password = sys.stdin.readline().rstrip("\n")
    database = Database(url)
    service = PeopleService(PersonStore(database))
    service.appoint(OPERATOR, email, name, password, frozenset(PersonRole(role) for role in roles))
    database.close()
    print(f"{name} can sign in with {email.strip().lower()}: {', '.join(sorted(set(roles)))}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
