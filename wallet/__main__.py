"""The command line of the wallet: ``python -m wallet verify FILE``, ``link TEXT``, ``link-eval FILE.csv``."""

from __future__ import annotations

import argparse
import sys

from wallet.command import add_verify
from wallet.link_command import add_link


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the number is the process's exit code."""
    parser = argparse.ArgumentParser(prog="python -m wallet", description="Questions about credentials.")
    commands = parser.add_subparsers(dest="command", required=True)
    add_verify(commands)
    add_link(commands)
    asked = parser.parse_args(arguments)
    code: int = asked.run(asked)
    return code


if __name__ == "__main__":
    sys.exit(main())
