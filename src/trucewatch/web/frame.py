"""What every page has around it: language, theme, navigation, the words and filters of templates."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from trucewatch.door.house import house_of
from trucewatch.door.who import Visit, actor_of
from trucewatch.model.actor import reaches
from trucewatch.monitor import Monitor
from trucewatch.publish.labels import Labels, interface, labels, say
from trucewatch.publish.page import counted, ltr, number, span_of
from trucewatch.report import figures
from trucewatch.web.assets import asset
from trucewatch.web.words import spoken, translations, wished

THEMES = ("auto", "light", "dark")
_NOT_XML = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]")
YEAR = 365 * 24 * 3600


def N_(words: str) -> str:  # noqa: N802  (the mark by which Babel finds sentences in Python)
    """Marks a sentence that a template will say."""
    return words


# The pages of a monitor in the order of the navigation: address below /m/NAME, words, least role.
PAGES = (
    ("/today", N_("Today"), "viewer"),
    ("/claims", N_("Claims"), "viewer"),
    ("/figures", N_("Figures"), "viewer"),
    ("/tracker", N_("Tracker"), "viewer"),
    ("/timeline", N_("Timeline"), "viewer"),
    ("/sources", N_("Sources"), "viewer"),
    ("/map", N_("Map"), "viewer"),
    ("/desk", N_("Review desk"), "coder"),
    ("/access", N_("Access"), "admin"),
)
OF_AGREEMENT = frozenset({"/today", "/figures", "/tracker", "/timeline", "/sources", "/map"})  # where an agreement is watched


@dataclass(frozen=True, slots=True)
class Frame:
    """`known`: words of codes in the reader's language; `theme`: one of THEMES."""

    known: Labels
    theme: str


def frame_of(request: Request) -> Frame:
    """In which language and colours a page is shown: as its address says, else as was chosen before, else as the browser asks."""
    settings, query, kept = house_of(request).settings, request.query_params, request.cookies
    told = spoken(query.get("lang")) or spoken(kept.get("lang")) or wished(request.headers.get("accept-language", ""))
    theme = next((each for each in (query.get("theme"), kept.get("theme")) if each in THEMES), THEMES[0])
    return Frame(labels(told or settings.language), theme)


def page(request: Request, template: str, here: Visit | None = None, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page. Templates see `frame`, `here` (the monitor that is looked at), `request` and what is given by name."""
    frame = frame_of(request)
    settings = house_of(request).settings
    shown = environment(frame.known.code).get_template(template)
    text = shown.render(
        frame=frame,
        here=here,
        request=request,
        actor=actor_of(request),
        entrance=settings.entrance,
        pages=_pages(request, here),
        again=_again(request),
        **values,
    )
    answer = HTMLResponse(text, status)
    for name, value in (("lang", frame.known.code), ("theme", frame.theme)):
        if request.query_params.get(name) == value:
            answer.set_cookie(name, value, max_age=YEAR, secure=settings.secure, httponly=True, samesite="lax")
    return answer


@cache
def environment(code: str) -> Environment:
    """The templates as they speak one language."""
    found = Environment(
        loader=ChoiceLoader([PackageLoader("trucewatch.web"), PackageLoader("trucewatch.publish")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    found.install_gettext_translations(translations(code), newstyle=True)  # type: ignore[attr-defined]
    found.globals |= {
        "asset": asset,
        "say": say,
        "interface": [labels(each) for each in interface()],
        "counted": counted,
        "span_of": span_of,
        "number": number,
    }
    found.filters |= {"ltr": ltr, "figures": figures, "xml": _of_xml, "named": _named}
    return found


def attached(name: str) -> dict[str, str]:
    """The header of an answer that is kept as a file; a name may hold letters that no header can."""
    return {"content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}


def _named(id_: str, names: Callable[[str], str]) -> str:
    """For `map`: the name of an id."""
    return names(id_)


def _of_xml(text: str) -> str:
    """Words without the letters that no XML can hold."""
    return _NOT_XML.sub(" ", text)


def has(monitor: Monitor, path: str) -> bool:
    """Whether a page of the navigation has something to show of a monitor."""
    return path not in OF_AGREEMENT or monitor.agreement is not None


def first(monitor: Monitor) -> str:
    """The address below /m/NAME at which a reader begins."""
    return next(path for path, _, _ in PAGES if has(monitor, path))


def _pages(request: Request, here: Visit | None) -> list[tuple[str, str, bool]]:
    """Address, words, and whether it is the one that is open."""
    if here is None:
        return []
    open_ = request.url.path.removeprefix(f"/m/{here.name}")
    return [
        (f"/m/{here.name}{path}", words, open_.startswith(path))
        for path, words, role in PAGES
        if reaches(here.actor, here.name, role) and has(here.monitor, path)
    ]


def _again(request: Request) -> Any:
    """The address of this view with other values for some of its questions; None takes one out."""

    def again(**other: str | None) -> str:
        told: Mapping[str, str | None] = {**dict(request.query_params), **other}
        kept = [(name, value) for name, value in told.items() if value]
        return f"{request.url.path}?{urlencode(kept)}" if kept else request.url.path

    return again
