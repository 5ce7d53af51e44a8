"""``make screenshots``: the pictures of README.md, taken of a running demonstration.

``python -m tools.screenshots [ADDRESS]`` takes them of the server at ADDRESS, or of one of its
own, started for that. The demo people's data, Chromium, no network.
"""

from __future__ import annotations

import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config import ROOT
from tools.bench_browser import browser, sign_in
from tools.bench_server import environment, serving

FOLDER = ROOT / "docs" / "img"
LARGEST = 1_500_000
"""Bytes of all pictures together."""
SETTLED = 900
"""Milliseconds for what is drawn after the last answer."""
SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture to take, as Pete unless ``who`` is empty."""

    name: str
    path: str
    width: int
    height: int
    dark: bool = False
    who: str = "pete"
    ready: str = "main h1"


PICTURES = (
    Picture("home-1440", "/", 1440, 900, who=""),
    Picture("network-1440", "/network?open=43-5061.00", 1440, 900, ready="#net-panel h2"),
    Picture("network-dark", "/network?open=43-5061.00", 1440, 900, dark=True, ready="#net-panel h2"),
    Picture("network-390", "/network", 390, 844, ready="#net-panel h2"),
    Picture("table-1440", "/network?view=table", 1440, 900, ready="#net-table table"),
    Picture("gap-1440", "/gap/43-5061.00", 1440, 900, ready="#gap-content h2"),
    Picture("gap-390", "/gap/43-5061.00", 390, 844, ready="#gap-content h2"),
    Picture("wallet-1440", "/wallet", 1440, 900, ready="#wallet-records h2"),
)


def main(arguments: list[str]) -> int:
    """Take all pictures; returns 1 when they are too large to keep."""
    with _server(arguments[0] if arguments else None) as address, browser() as running:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for picture in PICTURES:
            taken = smaller(take(running, address, picture))
            (FOLDER / f"{picture.name}.png").write_bytes(taken)
            print(f"docs/img/{picture.name}.png: {len(taken) / 1000:.0f} kB")
    total = sum(path.stat().st_size for path in FOLDER.glob("*.png"))
    if total > LARGEST:
        print(f"The pictures are {total:,} bytes together, and may be {LARGEST:,}.", file=sys.stderr)
        return 1
    return 0


def take(running: Any, address: str, picture: Picture) -> bytes:
    """The page as PNG, once what it draws is there."""
    context = running.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.dark else "light",
        locale="en-US",
    )
    if picture.who:
        sign_in(context, address, picture.who)
    page = context.new_page()
    page.goto(address + picture.path, wait_until="networkidle")
    page.wait_for_selector(picture.ready, timeout=20_000)
    page.wait_for_timeout(SETTLED)
    taken = page.screenshot(animations="disabled", caret="hide")
    context.close()
    return bytes(taken)


def smaller(png: bytes) -> bytes:
    """The same picture with its data compressed as far as it goes, and nothing beside the picture.

    Examples
    --------
    >>> blank = SIGNATURE + b"".join(_chunk(*part) for part in (
    ...     (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
    ...     (b"tEXt", b"Software"), (b"IDAT", zlib.compress(b"\\0\\0")), (b"IEND", b"")))
    >>> b"tEXt" in smaller(blank), smaller(smaller(blank)) == smaller(blank)
    (False, True)
    """
    parts = list(_chunks(png))
    pixels = zlib.decompress(b"".join(body for kind, body in parts if kind == b"IDAT"))
    head = next(body for kind, body in parts if kind == b"IHDR")
    tightest = min(
        (_deflated(pixels, strategy) for strategy in (zlib.Z_DEFAULT_STRATEGY, zlib.Z_FILTERED)), key=len
    )
    kept = [(b"IHDR", head), *((k, b) for k, b in parts if k in (b"PLTE", b"tRNS", b"sRGB"))]
    return SIGNATURE + b"".join(_chunk(*part) for part in [*kept, (b"IDAT", tightest), (b"IEND", b"")])


def _deflated(pixels: bytes, strategy: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 15, 9, strategy)
    return packer.compress(pixels) + packer.flush()


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


@contextmanager
def _server(address: str | None) -> Iterator[str]:
    """The address given, or that of a server of one's own."""
    if address is not None:
        yield address.rstrip("/")
        return
    with tempfile.TemporaryDirectory(prefix="waymark-screenshots-") as folder:
        subprocess.run(
            [sys.executable, "-m", "data", "build"],
            cwd=ROOT,
            env=environment(Path(folder)),
            stdout=subprocess.DEVNULL,
            check=True,
        )
        with serving(Path(folder)) as served:
            yield served.address


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
