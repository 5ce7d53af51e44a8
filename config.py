"""Every setting, read from the environment in one place.

Nothing else in the product reads the environment. ``Settings.from_environment`` is called
by the edges (``app.py`` and the ``__main__`` modules) and handed on.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent
DEMO_KEY_PREFIX = "demo-"
USUAL_DEMO_WALLETS = 20_000


class SettingsError(ValueError):
    """A setting that the product cannot serve with; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the product runs with.

    Attributes
    ----------
    host, port : str, int
        ``HOST`` (127.0.0.1) and ``PORT`` (8050).
    data_dir : Path
        ``DATA_DIR`` (``var`` beside the code): everything the product writes.
    database_url : str
        ``DATABASE_URL``: the system of record (SQLite in ``DATA_DIR`` by default).
    secret_key : str
        ``SECRET_KEY``: signs sessions and forms. Required unless ``DEMO`` is on.
    demo : bool
        ``DEMO`` (0): demo people and one-click sign-in. Refused with a production key.
    threads : int
        ``THREADS`` (8): requests served side by side by one worker.
    secure_cookies : bool
        ``SECURE_COOKIES``: cookies over https only; on unless ``DEMO`` is.
    log_level : str
        ``LOG_LEVEL`` (INFO).
    offline : bool
        ``OFFLINE`` (0): no other host is ever asked, for keys of issuers or status lists either.
    recheck_hours : int
        ``RECHECK_HOURS`` (24): how often records are checked again; 0 for never.
    public_url : str
        ``PUBLIC_URL`` (``http://127.0.0.1:PORT``): where others reach this installation. It stands in
        the credentials that are issued here; only behind an https address on port 443 can other
        verifiers fetch keys and status lists.
    key_encryption_key : str
        ``KEY_ENCRYPTION_KEY`` (``SECRET_KEY``): seals issuers' signing keys in the system of record. When
        it changes, each issuer makes a new key; what was signed before stays valid.
    demo_wallets : int
        ``DEMO_WALLETS`` (20000 with ``DEMO``, else 0): invented wallets of Spokane County that its regional
        figures count, marked so wherever they are shown. Refused without ``DEMO``.
    smtp_host, smtp_port : str, int
        ``SMTP_HOST`` (none: no mail is sent, links are passed on by hand) and ``SMTP_PORT`` (587; 465
        speaks TLS from the start).
    smtp_user, smtp_password : str
        ``SMTP_USER`` and ``SMTP_PASSWORD``: to sign in to the mail server with, where it asks for that.
    smtp_starttls : bool
        ``SMTP_STARTTLS`` (1): speak TLS before anything is sent.
    smtp_from : str
        ``SMTP_FROM``: the address that mail comes from; needed with ``SMTP_HOST``.
    """

    host: str
    port: int
    data_dir: Path
    database_url: str
    secret_key: str
    demo: bool
    threads: int
    secure_cookies: bool
    log_level: str
    offline: bool
    recheck_hours: int
    public_url: str
    key_encryption_key: str
    demo_wallets: int = 0
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    smtp_starttls: bool = True
    smtp_from: str = ""

    @property
    def labor_path(self) -> Path:
        """The labour-market database, built by ``python -m data build``."""
        return self.data_dir / "labor.duckdb"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read and check the settings.

        Raises
        ------
        SettingsError
            If a value cannot be used; the message is for the person who set it.
        """
        env = os.environ if environ is None else environ
        demo = _flag(env, "DEMO", default=False)
        data_dir = data_directory(env)
        key = env.get("SECRET_KEY", "")
        if demo and key and not key.startswith(DEMO_KEY_PREFIX):
            raise SettingsError(
                "DEMO=1 adds people whose passwords are published, so it is refused together "
                "with a SECRET_KEY. Unset one of the two."
            )
        if not demo and len(key) < 16:
            raise SettingsError(
                "SECRET_KEY is needed (16 characters or more) unless DEMO=1. Make one with: "
                "python -c 'import secrets; print(secrets.token_urlsafe(48))'"
            )
        sealing = env.get("KEY_ENCRYPTION_KEY", "")
        if sealing and len(sealing) < 16:
            raise SettingsError("KEY_ENCRYPTION_KEY needs 16 characters or more.")
        invented = _whole(env, "DEMO_WALLETS", USUAL_DEMO_WALLETS if demo else 0, 0, 200_000)
        if invented and not demo:
            raise SettingsError(
                "DEMO_WALLETS counts invented people in the regional figures, so it is refused"
                " without DEMO=1."
            )
        key = key or DEMO_KEY_PREFIX + secrets.token_urlsafe(32)
        port = _whole(env, "PORT", 8050, 1, 65535)
        return cls(
            host=env.get("HOST") or "127.0.0.1",
            port=port,
            data_dir=data_dir,
            database_url=database_url(env),
            secret_key=key,
            demo=demo,
            threads=_whole(env, "THREADS", 8, 1, 256),
            secure_cookies=_flag(env, "SECURE_COOKIES", default=not demo),
            log_level=(env.get("LOG_LEVEL") or "INFO").upper(),
            offline=_flag(env, "OFFLINE", default=False),
            recheck_hours=_whole(env, "RECHECK_HOURS", 24, 0, 8760),
            public_url=_public_url(env.get("PUBLIC_URL") or f"http://127.0.0.1:{port}"),
            key_encryption_key=sealing or key,
            demo_wallets=invented,
            **_mail(env),
        )


def data_directory(environ: Mapping[str, str] | None = None) -> Path:
    """``DATA_DIR``, for command lines that need nothing else."""
    env = os.environ if environ is None else environ
    return Path(env.get("DATA_DIR") or ROOT / "var").expanduser().resolve()


def database_url(environ: Mapping[str, str] | None = None) -> str:
    """``DATABASE_URL``, for command lines that need nothing else."""
    env = os.environ if environ is None else environ
    return env.get("DATABASE_URL") or f"sqlite:///{data_directory(env) / 'waymark.sqlite'}"


def demo_wanted(environ: Mapping[str, str] | None = None) -> bool:
    """``DEMO``, for command lines that have something to say when it is off."""
    return _flag(os.environ if environ is None else environ, "DEMO", default=False)


def offline(environ: Mapping[str, str] | None = None) -> bool:
    """``OFFLINE``: whether no other host may be asked."""
    return _flag(os.environ if environ is None else environ, "OFFLINE", default=False)


def _public_url(text: str) -> str:
    parts = urlsplit(text.strip().rstrip("/"))
    if (
        parts.scheme not in ("http", "https")
        or not parts.netloc
        or parts.query
        or parts.fragment
        or parts.path
    ):
        raise SettingsError(
            f"PUBLIC_URL is {text!r}; it takes an address without a path, such as https://wallet.example.org."
        )
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _mail(env: Mapping[str, str]) -> dict[str, Any]:
    host, user, sender = (env.get(name, "").strip() for name in ("SMTP_HOST", "SMTP_USER", "SMTP_FROM"))
    port = _whole(env, "SMTP_PORT", 587, 1, 65535)
    tls = _flag(env, "SMTP_STARTTLS", default=True) or port == 465
    if not host:
        return {}
    if not re.fullmatch(r"[^@\s<>]+@[A-Za-z0-9.-]+", sender):
        raise SettingsError(
            f"SMTP_FROM is {sender!r}; with SMTP_HOST it takes an address: wallet@example.org."
        )
    if user and not tls and host not in ("localhost", "127.0.0.1", "::1"):
        raise SettingsError("SMTP_USER with SMTP_STARTTLS=0 would send the password in the clear. Unset one.")
    return {
        "smtp_host": host,
        "smtp_port": port,
        "smtp_user": user,
        "smtp_password": env.get("SMTP_PASSWORD", ""),
        "smtp_starttls": tls,
        "smtp_from": sender,
    }


def _flag(env: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = env.get(name, "").strip().lower()
    if value in ("", "1", "true", "yes", "on", "0", "false", "no", "off"):
        return default if value == "" else value in ("1", "true", "yes", "on")
    raise SettingsError(f"{name} is {value!r}; it takes 1 or 0.")


def _whole(env: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    value = env.get(name, "").strip() or str(default)
    if not value.isdigit() or not least <= int(value) <= most:
        raise SettingsError(f"{name} is {value!r}; it takes a whole number from {least} to {most}.")
    return int(value)
