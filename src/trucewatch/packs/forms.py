"""Inflected forms of a term, spelt out by the paradigms of its language. Knows no language: a paradigm is data
(docs/rules.md)."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from trucewatch.errors import PackError

_SLOT = re.compile(r"\{(-?\d*)\}")


def _fill(template: str, part: str) -> str:
    """`{}` the part, `{1}` without its first letter, `{-1}` without its last."""

    def put(match: re.Match[str]) -> str:
        cut = int(match.group(1) or 0)
        return part[cut:] if cut > 0 else part[:cut] if cut < 0 else part

    return _SLOT.sub(put, template)


def _ending(part: str, how: str) -> str:
    """`ed` is added; `-1ied` cuts a letter first; `+ed` doubles the last letter first."""
    if how.startswith("+"):
        return part + part[-1] + how[1:]
    match = re.match(r"-(\d)", how)
    return part[: -int(match.group(1))] + how[2:] if match else part + how


def forms(term: str, paradigm: str, paradigms: Mapping[str, Any], place: str) -> Iterator[tuple[str, str]]:
    """(form, feature) of a term; without a paradigm the term alone with feature "". Of several words the first is inflected."""
    parts = [part.strip() for part in term.split("|")]
    named = [part.strip() for part in paradigm.split("|") if part.strip()]
    paradigm = named.pop(0) if named and not named[0].startswith("+") else ""
    extra = named
    for form in extra:
        word, sign, feature = form.removeprefix("+").partition(":")
        if not form.startswith("+") or not sign:
            raise PackError(f"{place}: '{form}' is no extra form. Write +form:feature behind the paradigm.")
        yield word.strip(), feature.strip()
    if not paradigm:
        if len(parts) > 1:
            raise PackError(f"{place}: several parts but no paradigm. Name one in the column forms.")
        yield parts[0], ""
        return
    table = paradigms.get(paradigm)
    if table is None:
        raise PackError(f"{place}: unknown paradigm '{paradigm}'. Known here: {', '.join(sorted(paradigms))}.")
    names = table["parts"]
    if len(parts) != len(names):
        raise PackError(f"{place}: paradigm '{paradigm}' needs {len(names)} parts ({' | '.join(names)}), found {len(parts)}.")
    if "rules" in table:
        first, _, rest = parts[0].partition(" ")
        tail = f" {rest}" if rest else ""
        for rule in table["rules"]:
            if re.search(f"{rule['end']}$", first):
                for feature, how in rule["forms"].items():
                    yield _ending(first, str(how)) + tail, feature
                return
        raise PackError(f"{place}: no ending of paradigm '{paradigm}' fits '{first}'. Choose another paradigm.")
    if "forms" not in table:
        for part, feature in zip(parts, names, strict=True):
            yield part, feature
        return
    for part, name in zip(parts, names, strict=True):
        first, _, rest = part.partition(" ")
        tail = f" {rest}" if rest else ""
        for feature, templates in table["forms"].get(name, {}).items():
            for template in templates:
                yield _fill(template, first) + tail, feature
