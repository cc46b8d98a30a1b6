"""Bring the files of sentences up to date with the pages: src/trucewatch/web/locale/<code>.po.

    python -m tools.sentences            add the sentences that are new, drop those that no page says any more
    python -m tools.sentences --check    change nothing; fail where something is missing

What is new stands there without words, to be translated. A language is added with an empty file of its name.
"""

import argparse
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

WEB = Path(__file__).resolve().parent.parent / "src" / "trucewatch" / "web"
HOW = [("**.py", "python"), ("templates/**.j2", "jinja2.ext:babel_extract")]


def said() -> Catalog:
    """All sentences of pages and templates."""
    found = Catalog(charset="utf-8")
    for _, _, message, comments, _ in extract_from_dir(WEB, HOW, options_map={"**": {"trimmed": "true"}}):
        found.add(message, auto_comments=comments)
    return found


def brought(file: Path) -> bytes:
    """The file as it should be. English sentences are kept as the pages say them; nothing is guessed from what is alike."""
    with file.open("rb") as told:
        held = read_po(told, locale=file.stem, charset="utf-8")
    made = Catalog(locale=file.stem, charset="utf-8", fuzzy=False)
    for message in said():
        if message.id:
            old = held.get(message.id) if not isinstance(message.id, tuple) else held.get(message.id[0])
            made.add(message.id, old.string if old else None)
    out = BytesIO()
    write_po(out, made, omit_header=True, sort_output=True, no_location=True, width=0)
    plural = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {made.plural_forms}\\n"\n\n'
    return plural.encode() + out.getvalue()


def missing(file: Path) -> list[str]:
    """What the pages say and the file has no words for, in every form that its language counts by."""
    with file.open("rb") as told:
        held = read_po(told, locale=file.stem, charset="utf-8")
    out = []
    for message in said():
        if not message.id:
            continue
        key = message.id[0] if isinstance(message.id, tuple) else message.id
        found = held.get(key)
        words = found.string if found else ""
        whole = len(words) == held.num_plurals and all(words) if isinstance(words, tuple) else bool(words)
        if not whole or isinstance(words, tuple) != isinstance(message.id, tuple):
            out.append(str(key))
    return sorted(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="change nothing, tell what is missing")
    check = parser.parse_args().check
    left = 0
    for file in sorted((WEB / "locale").glob("*.po")):
        if not check:
            file.write_bytes(brought(file))
        for key in missing(file):
            left += 1
            print(f"{file.name}: no words for: {key}", file=sys.stderr)
    sys.exit(1 if left else 0)


if __name__ == "__main__":
    main()
