"""Dead links in the project's own documents: every relative one must lead to a file and its heading."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)


def dead(document: Path) -> list[str]:
    """The relative links of one document that lead nowhere."""
    text = FENCE.sub("", document.read_text(encoding="utf-8"))
    return [
        target
        for target in LINK.findall(text)
        if not re.match(r"[a-z][a-z+.-]*:|//", target) and not _leads_somewhere(document, target)
    ]


def anchors(document: Path) -> set[str]:
    """The headings of a document as addresses, as GitHub makes them."""
    text = FENCE.sub("", document.read_text(encoding="utf-8"))
    return {
        re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", heading.replace("`", "")).strip().lower())
        for heading in HEADING.findall(text)
    }


def _leads_somewhere(document: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    file = (document.parent / path).resolve() if path else document
    if not file.exists():
        return False
    return not anchor or file.suffix != ".md" or anchor in anchors(file)


def main() -> int:
    """Print what is dead; returns 1 when anything is."""
    listed = subprocess.run(["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True)
    found = [(name, target) for name in listed.stdout.split("\n") if name for target in dead(ROOT / name)]
    for name, target in found:
        print(f"{name}: {target} leads nowhere")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
