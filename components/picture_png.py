"""A picture as pixels, for documents that take no other kind."""

from __future__ import annotations

import typst

SHARPNESS = 144.0
"""Pixels an inch: twice what a screen shows."""

SHEET = """#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.picture), format: "svg")
"""


def png(svg: str) -> bytes:
    """An SVG as PNG, twice its size in pixels."""
    return bytes(typst.compile(SHEET.encode(), format="png", ppi=SHARPNESS, sys_inputs={"picture": svg}))
