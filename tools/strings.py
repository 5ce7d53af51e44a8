"""The catalogues of translated strings: collect them from the code, or say what is not translated."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("es",)
# A date of its own would change the file at every collection.
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)


def collected() -> Catalog:
    """Every string of the code and the templates, in English."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    catalogue = Catalog(project="Waymark", charset="utf-8", fuzzy=False)
    for name, line, message, comments, context in extract_from_dir(
        ROOT, methods, options, keywords={"_": None, "gettext": None, "ngettext": (1, 2), "N_": None}
    ):
        # Without line numbers a catalogue changes only when a string does.
        del line
        catalogue.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalogue


def path_of(language: str) -> Path:
    """Where a language's catalogue is kept."""
    return ROOT / "translations" / language / "LC_MESSAGES" / "messages.po"


def catalogue_of(language: str) -> Catalog:
    """A language's catalogue as it is kept."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, project="Waymark", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def untranslated(language: str) -> list[str]:
    """The strings of the code that a language has no translation for."""
    kept = catalogue_of(language)
    return [_name(message.id) for message in collected() if message.id and not _translated(kept, message)]


def update(language: str) -> None:
    """Bring a language's catalogue to the strings that the code has now."""
    kept = catalogue_of(language)
    kept.update(collected(), no_fuzzy_matching=True)
    kept.obsolete.clear()
    kept.header_comment = "# The words of Waymark. Collected by: make strings"
    kept.creation_date = kept.revision_date = WRITTEN
    kept.project, kept.version, kept.msgid_bugs_address = "Waymark", "1", ""
    kept.last_translator, kept.language_team = "Waymark", language
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    content = BytesIO()
    write_po(content, kept, width=100, sort_output=True, include_lineno=False, ignore_obsolete=True)
    path.write_bytes(content.getvalue())


def _translated(kept: Catalog, message) -> bool:  # type: ignore[no-untyped-def]
    found = kept.get(message.id, context=message.context)
    if found is None or found.fuzzy:
        return False
    return all(found.string) if isinstance(found.string, tuple | list) else bool(found.string)


def _name(identity: str | tuple[str, ...] | list[str]) -> str:
    return identity if isinstance(identity, str) else identity[0]


def main() -> int:
    """Collect, or with ``--check`` only tell; returns 1 when something is not translated."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say what has no translation")
    asked = parser.parse_args()
    missing = 0
    for language in LANGUAGES:
        if not asked.check:
            update(language)
        for message in untranslated(language):
            missing += 1
            print(f"{language}: no translation of {message!r}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
