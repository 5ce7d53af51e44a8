"""Finds a Python that is new enough and lets ``tools/bootstrap.py`` do the work with it.

This file alone runs under whatever ``python3`` a machine has, so it is written for old ones.
"""

import os
import shutil
import subprocess
import sys

NEEDED = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
HERE = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120


def version():
    """The version of this interpreter; ``WAYMARK_PYTHON_VERSION`` stands in for it in tests."""
    told = os.environ.get("WAYMARK_PYTHON_VERSION")
    return tuple(int(part) for part in told.split(".")) if told else sys.version_info[:2]


def newer():
    """Another interpreter on this machine that is new enough, or ``None``."""
    for name in NEWER:
        path = shutil.which(name)
        check = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))"
        # A version manager may have a name on the path that starts nothing.
        if path and subprocess.call([path, "-c", check], stderr=subprocess.DEVNULL) == 0:
            return path
    return None


def main():
    """Go on in a Python that is new enough, or say what is missing."""
    found = version()
    if found >= NEEDED:
        sys.path.insert(0, os.path.dirname(HERE))  # noqa: PTH120
        from tools import bootstrap

        return bootstrap.main(sys.argv[1:])
    other = newer() if "WAYMARK_PYTHON_VERSION" not in os.environ else None
    if other:
        os.execv(other, [other, os.path.abspath(__file__)] + sys.argv[1:])  # noqa: PTH100, RUF005, S606
    sys.stderr.write(
        "Waymark needs Python 3.11 or newer; this machine's python3 is {}.\n"
        "Install one from https://www.python.org/downloads/ and run the same command again.\n".format(
            ".".join(str(part) for part in found)
        )
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
