"""The report as one HTML file that needs nothing else. Each line names its source and quote."""

import re

from jinja2 import ChoiceLoader, PackageLoader
from markupsafe import Markup, escape

from trucewatch.publish.labels import labels
from trucewatch.publish.page import environment
from trucewatch.publish.tracker import phrases
from trucewatch.report.sitrep import Sitrep

FIGURES = re.compile(r"\d[\d:,.–\-]*\d|\d")


def html(told: Sitrep) -> str:
    """The whole file."""
    known = labels(told.language)
    page = environment()
    assert page.loader is not None
    page.loader = ChoiceLoader([PackageLoader("trucewatch.report"), page.loader])
    page.filters["figures"] = figures
    return page.get_template("report.html.j2").render(known=known, put=phrases(known, "report", "tracker"), told=told) + "\n"


def figures(text: str) -> Markup:
    """Figures and days kept from left to right inside any text."""
    return Markup(FIGURES.sub(lambda found: f'<bdi dir="ltr">{found[0]}</bdi>', str(escape(text))))
