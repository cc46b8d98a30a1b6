"""What the pages say, in the reader's language: sentences of templates by gettext, from `locale/<code>.po`.

The English sentence in the template is the key. Words of codes (events, states, rules) are those of data/interface, as in
reports.
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from trucewatch.publish.labels import interface


@cache
def translations(code: str) -> NullTranslations:
    """The sentences in a language; those of the templates themselves where it has no file."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    file = files("trucewatch.web") / "locale" / f"{code}.po"
    if not file.is_file():
        return NullTranslations()
    compiled = BytesIO()
    with file.open("rb") as told:
        write_mo(compiled, read_po(told, locale=code))
    compiled.seek(0)
    return GNUTranslations(compiled)


def spoken(told: str | None) -> str | None:
    """A code, if the interface speaks it."""
    return told if told in interface() else None


def wished(accept: str) -> str | None:
    """The first language of an `Accept-Language` header that the interface speaks, by its weights."""
    rows = []
    for place, each in enumerate(accept.split(",")[:20]):
        tag, _, weight = each.partition(";q=")
        try:
            rows.append((-float(weight or 1), place, tag.strip().split("-")[0].lower()))
        except ValueError:
            continue
    return next((tag for _, _, tag in sorted(rows) if spoken(tag)), None)
