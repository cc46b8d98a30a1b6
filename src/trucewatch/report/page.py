"""The report as one HTML file that needs nothing else. Each line names its source and quote."""

import re
from typing import Any

from jinja2 import ChoiceLoader, PackageLoader
from markupsafe import Markup, escape

from trucewatch.publish.labels import labels
from trucewatch.publish.page import environment
from trucewatch.publish.tracker import phrases
from trucewatch.report.sitrep import Sitrep
from trucewatch.report.style import FONT, Style, name_of, uri

FIGURES = re.compile(r"\d[\d:,.–\-]*\d|\d")
_ESCAPED = re.compile(rf"&#\d+;|({FIGURES.pattern})")  # a letter that is escaped is no figure
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # letters that turn around all that stands behind them


def html(told: Sitrep, style: Style | None = None) -> str:
    """The whole file, in the dress of an organisation where one is given."""
    known = labels(told.language)
    page = environment()
    assert page.loader is not None
    page.loader = ChoiceLoader([PackageLoader("trucewatch.report"), page.loader])
    page.filters["figures"] = figures
    quoted = {cite.claim for part in told.parts for line in part.items for cite in (*line.cites, *line.counter)}
    put = phrases(known, "report", "tracker")
    dress = _dress(style, told.language) if style else None
    template = page.get_template("report.html.j2")
    return template.render(known=known, put=put, told=told, dress=dress, quoted=quoted, anchored=set()) + "\n"


def _dress(style: Style, language: str) -> dict[str, Any]:
    return {
        "name": name_of(style, language),
        "logo": uri(*style.logo) if style.logo else None,
        "accent": style.accent,
        "accent_dark": style.accent_dark,
        "fonts": [(weight, uri(data, "font/ttf")) for weight, data in style.fonts],
        "family": FONT,
    }


def figures(text: str) -> Markup:
    """Figures and days kept from left to right inside any text; names in it turn nothing around that is not theirs."""
    out, at, kept = [], 0, Markup(TURNS.sub("", text)) if isinstance(text, Markup) else TURNS.sub("", str(text))
    for found in _ESCAPED.finditer(kept):
        if found[1] is None:
            continue
        out += [escape(kept[at : found.start()]), Markup('<bdi dir="ltr">{}</bdi>').format(found[1])]
        at = found.end()
    return Markup("").join([*out, escape(kept[at:])])
