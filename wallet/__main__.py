"""The command line of the wallet: ``verify FILE``, ``link TEXT``, ``link-eval FILE.csv``, ``recheck``."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import timedelta

from wallet.command import add_verify
from wallet.link_command import add_link


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the number is the process's exit code."""
    parser = argparse.ArgumentParser(prog="python -m wallet", description="Questions about credentials.")
    commands = parser.add_subparsers(dest="command", required=True)
    add_verify(commands)
    add_link(commands)
    checking = commands.add_parser("recheck", help="check the records of every wallet again that are due")
    checking.add_argument("--all", action="store_true", help="also those that were checked a moment ago")
    checking.set_defaults(run=_recheck)
    asked = parser.parse_args(arguments)
    code: int = asked.run(asked)
    return code


def _recheck(asked: argparse.Namespace) -> int:
    """Check what is due; 0 when done, 1 where another process is at it, 2 without settings to run with."""
    from config import Settings, SettingsError
    from services.container import Services
    from services.recheck import alone
    from web.demo_key import with_demo_key

    try:
        settings = Settings.from_environment(with_demo_key(os.environ))
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    every = timedelta(0) if asked.all else timedelta(hours=settings.recheck_hours or 24)
    services = Services.open(settings)
    try:
        with alone(settings.data_dir / "recheck.lock") as free:
            if not free:
                print("Another process is checking records just now.", file=sys.stderr)
                return 1
            looked, changed = services.check_due(every)
    finally:
        services.close()
    print(f"Checked {looked}; {changed} changed.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
