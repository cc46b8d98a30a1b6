"""What languages write together with the next word before it: an article, "and the". Search takes it off."""

from pathlib import Path

from trucewatch.packs.load import files, languages
from trucewatch.packs.schema import PackFile, validate
from trucewatch.packs.strict import read_yaml
from trucewatch.text.fold import fold_text


def joined(folder: Path | None = None) -> tuple[str, ...]:
    """Of all languages, folded: the article, what is always split off, and a proclitic with the article behind it."""
    found: set[str] = set()
    for language in languages(folder):
        for path in files(f"languages/{language}", "pack.yaml", folder):
            pack = validate(PackFile, read_yaml(path), path)
            before = [clitic for slot in pack.prefixes for clitic in slot]
            found.update((*pack.article, *pack.always, *(clitic + word for clitic in before for word in pack.article)))
    return tuple(sorted(word for word in map(fold_text, found) if word.isalpha()))
